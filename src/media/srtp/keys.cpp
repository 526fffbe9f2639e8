#include "media/srtp/keys.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "media/srtp/wire.hpp"

namespace geili::media::srtp {
namespace {

void must(int done, const char* what) {
  if (done != 1) throw std::runtime_error(std::string("openssl: ") + what);
}

// The pseudo-random function of RFC 3711 section 4.3.3: AES in counter mode from label and salt.
void generate(const MasterKey& master, std::uint8_t label, std::span<std::byte> out) {
  constexpr std::size_t kLabelAt = 7;
  std::array<std::byte, 16> iv{};
  std::ranges::copy(master.salt, iv.begin());
  iv[kLabelAt] ^= std::byte{label};
  const Cipher cipher(EVP_CIPHER_CTX_new());
  must(EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_ctr(), nullptr, raw(master.key.data()),
                          raw(iv.data())),
       "aes-128-ctr");
  std::ranges::fill(out, std::byte{0});
  int written = 0;
  must(EVP_EncryptUpdate(cipher.get(), raw(out.data()), &written, raw(out.data()),
                         static_cast<int>(out.size())),
       "key derivation");
}

}  // namespace

void FreeCipher::operator()(evp_cipher_ctx_st* context) const {
  EVP_CIPHER_CTX_free(context);
}
void FreeMac::operator()(evp_mac_ctx_st* context) const {
  EVP_MAC_CTX_free(context);
}

SessionKeys derive(const MasterKey& master, Kind kind) {
  constexpr std::uint8_t kFirstRtcpLabel = 3;
  const std::uint8_t first = kind == Kind::rtp ? 0 : kFirstRtcpLabel;
  SessionKeys keys;
  generate(master, first, keys.key);
  generate(master, static_cast<std::uint8_t>(first + 1), keys.auth);
  generate(master, static_cast<std::uint8_t>(first + 2), keys.salt);
  return keys;
}

Cipher make_cipher(Profile profile, Direction direction, const SessionKeys& keys) {
  Cipher cipher(EVP_CIPHER_CTX_new());
  if (!cipher) throw std::bad_alloc();
  const bool is_gcm = profile == Profile::aead_aes_128_gcm;
  // Counter mode runs the same way in both directions.
  const int encrypts = !is_gcm || direction == Direction::encrypt ? 1 : 0;
  must(EVP_CipherInit_ex(cipher.get(), is_gcm ? EVP_aes_128_gcm() : EVP_aes_128_ctr(), nullptr,
                         raw(keys.key.data()), nullptr, encrypts),
       "cipher");
  return cipher;
}

Mac make_mac(const SessionKeys& keys) {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  Mac mac(hmac == nullptr ? nullptr : EVP_MAC_CTX_new(hmac));
  EVP_MAC_free(hmac);
  if (!mac) throw std::runtime_error("openssl: HMAC");
  char digest[] = "SHA1";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  must(EVP_MAC_init(mac.get(), raw(keys.auth.data()), keys.auth.size(), parameters), "HMAC key");
  return mac;
}

}  // namespace geili::media::srtp
