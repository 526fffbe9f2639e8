#include "media/dtls/farewell.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/ssl.h>

#include "media/byte_reader.hpp"
#include "media/dtls/transport.hpp"

namespace geili::media::dtls {
namespace {

constexpr std::size_t kRandomBytes = 32;
constexpr std::size_t kMasterSecretBytes = 48;
// RFC 6347 section 4.1.
constexpr std::size_t kRecordHeadBytes = 13;
constexpr unsigned kAlertType = 21;
constexpr unsigned kVersion = 0xFEFD;
// RFC 5288 section 3.
constexpr std::size_t kExplicitNonceBytes = 8;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kAlertBytes = 2;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("openssl: ") + what);
}

unsigned char* raw(std::byte* bytes) {
  return static_cast<unsigned char*>(static_cast<void*>(bytes));
}
const unsigned char* raw(const std::byte* bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes));
}

struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// RFC 5246 section 6.3: client key, server key, client salt, server salt.
template <std::size_t Size>
std::array<std::byte, Size> key_block(SSL* ssl) {
  std::array<unsigned char, kMasterSecretBytes> secret{};
  std::array<unsigned char, 2 * kRandomBytes> seed{};
  must(SSL_SESSION_get_master_key(SSL_get_session(ssl), secret.data(), secret.size()) ==
           secret.size(),
       "master secret");
  SSL_get_server_random(ssl, seed.data(), kRandomBytes);
  SSL_get_client_random(ssl, seed.data() + kRandomBytes, kRandomBytes);
  static const std::unique_ptr<EVP_KDF, FreeKdf> kdf(EVP_KDF_fetch(nullptr, "TLS1-PRF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, FreeKdf> context(EVP_KDF_CTX_new(kdf.get()));
  std::string digest = "SHA256";
  std::string label = "key expansion";
  const std::array parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, label.data(), label.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, seed.data(), seed.size()),
      OSSL_PARAM_construct_end()};
  std::array<std::byte, Size> block{};
  must(context && EVP_KDF_derive(context.get(), raw(block.data()), Size, parameters.data()) == 1,
       "key expansion");
  OPENSSL_cleanse(secret.data(), secret.size());
  return block;
}

}  // namespace

std::optional<Farewell> Farewell::of(ssl_st* ssl, Role role, Datagrams& datagrams) {
  const SSL_CIPHER* cipher = SSL_get_current_cipher(ssl);
  const bool fits = cipher != nullptr && SSL_CIPHER_get_cipher_nid(cipher) == NID_aes_128_gcm &&
                    SSL_version(ssl) == DTLS1_2_VERSION;
  if (!fits) return std::nullopt;
  Farewell farewell;
  const auto block = key_block<2 * (kKeyBytes + kSaltBytes)>(ssl);
  const std::size_t side = role == Role::server ? 0 : 1;  // whose the peer's are
  std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(side * kKeyBytes), kKeyBytes,
              farewell.key_.begin());
  std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(2 * kKeyBytes + side * kSaltBytes),
              kSaltBytes, farewell.salt_.begin());
  auto before = std::exchange(datagrams.outgoing, {});
  must(SSL_alloc_buffers(ssl) == 1, "buffers");
  SSL_shutdown(ssl);
  auto written = std::exchange(datagrams.outgoing, std::move(before));
  must(!written.empty(), "close_notify");
  farewell.goodbye_ = std::move(written.back());
  return farewell;
}

bool Farewell::is_goodbye(ByteView datagram) const {
  ByteReader reader(datagram);
  while (reader.ok() && reader.remaining() > 0) {
    const ByteView head = reader.bytes(kRecordHeadBytes);
    if (!reader.ok()) return false;
    ByteReader fields(head);
    const unsigned type = fields.u8();
    const unsigned version = fields.u16();
    fields.bytes(kExplicitNonceBytes);  // epoch and sequence number
    const ByteView fragment = reader.bytes(fields.u16());
    if (!reader.ok() || version != kVersion) return false;
    if (type == kAlertType && is_ending_alert(head, fragment)) return true;
  }
  return false;
}

bool Farewell::is_ending_alert(ByteView record_head, ByteView fragment) const {
  if (fragment.size() != kExplicitNonceBytes + kAlertBytes + kTagBytes) return false;
  std::array<std::byte, kSaltBytes + kExplicitNonceBytes> nonce{};
  std::ranges::copy(salt_, nonce.begin());
  std::ranges::copy(fragment.first(kExplicitNonceBytes), nonce.begin() + kSaltBytes);
  // Epoch and sequence number, type, version, length of what was encrypted.
  std::array<std::byte, kRecordHeadBytes> additional{};
  std::ranges::copy(record_head.subspan(3, 8), additional.begin());
  std::ranges::copy(record_head.first(3), additional.begin() + 8);
  additional[12] = static_cast<std::byte>(kAlertBytes);
  const ByteView body = fragment.subspan(kExplicitNonceBytes, kAlertBytes);
  std::array<std::byte, kTagBytes> tag{};
  std::ranges::copy(fragment.last(kTagBytes), tag.begin());

  const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> cipher(EVP_CIPHER_CTX_new());
  std::array<std::byte, kAlertBytes> alert{};
  int size = 0;
  const bool is_authentic =
      cipher != nullptr &&
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, raw(key_.data()),
                         raw(nonce.data())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, raw(additional.data()),
                        static_cast<int>(additional.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), raw(alert.data()), &size, raw(body.data()),
                        static_cast<int>(body.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagBytes),
                          tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), raw(alert.data()) + size, &size) == 1;
  constexpr std::byte kFatal{2};
  constexpr std::byte kCloseNotify{0};
  return is_authentic && (alert[0] == kFatal || alert[1] == kCloseNotify);
}

}  // namespace geili::media::dtls
