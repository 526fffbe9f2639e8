#include "media/srtp/transform.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "media/srtp/wire.hpp"

namespace geili::media::srtp {
namespace {

constexpr int kSha1Bytes = 20;

void mix(std::byte* at, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i, value >>= 8) at[i] ^= static_cast<std::byte>(value & 0xFF);
}

}  // namespace

Transform::Transform(Profile profile, Direction direction, Kind kind, const SessionKeys& keys)
    : profile_(profile), kind_(kind), salt_(keys.salt) {
  cipher_ = make_cipher(profile, direction, keys);
  if (profile == Profile::aes128_cm_sha1_80) mac_ = make_mac(keys);
}

// RFC 7714 sections 8.1 and 9.1; RFC 3711 section 4.1.1.
std::array<std::byte, 16> Transform::vector_of(std::uint32_t ssrc, std::uint64_t index) const {
  std::array<std::byte, 16> iv{};
  if (profile_ == Profile::aead_aes_128_gcm) {
    std::copy_n(salt_.begin(), salt_bytes(profile_), iv.begin());
    mix(&iv[2], ssrc, 4);
    mix(&iv[6], index, 6);
  } else {
    std::copy_n(salt_.begin(), salt_bytes(profile_), iv.begin());
    mix(&iv[4], ssrc, 4);
    mix(&iv[8], index, 6);
  }
  return iv;
}

void Transform::hash(ByteView head, ByteView body, ByteView trailer, std::byte* tag) {
  std::array<std::byte, kSha1Bytes> whole;
  std::size_t size = 0;
  EVP_MAC_CTX* mac = mac_.get();
  int done = EVP_MAC_init(mac, nullptr, 0, nullptr);
  done &= EVP_MAC_update(mac, raw(head.data()), head.size());
  done &= EVP_MAC_update(mac, raw(body.data()), body.size());
  done &= EVP_MAC_update(mac, raw(trailer.data()), trailer.size());
  done &= EVP_MAC_final(mac, raw(whole.data()), &size, whole.size());
  assert(done == 1 && size == whole.size());
  static_cast<void>(done);
  std::copy_n(whole.begin(), tag_size(), tag);
}

void Transform::seal(std::uint32_t ssrc, std::uint64_t index, ByteView head, ByteView trailer,
                     ByteView in, std::byte* out, std::byte* tag) {
  const auto iv = vector_of(ssrc, index);
  EVP_CIPHER_CTX* cipher = cipher_.get();
  int ignored = 0;
  int done = EVP_EncryptInit_ex(cipher, nullptr, nullptr, nullptr, raw(iv.data()));
  const bool is_gcm = profile_ == Profile::aead_aes_128_gcm;
  if (is_gcm) {
    done &= EVP_EncryptUpdate(cipher, nullptr, &ignored, raw(head.data()),
                              static_cast<int>(head.size()));
    if (kind_ == Kind::rtcp) {
      done &= EVP_EncryptUpdate(cipher, nullptr, &ignored, raw(trailer.data()),
                                static_cast<int>(trailer.size()));
    }
  }
  if (!in.empty()) {
    done &=
        EVP_EncryptUpdate(cipher, raw(out), &ignored, raw(in.data()), static_cast<int>(in.size()));
  }
  if (is_gcm) {
    done &= EVP_EncryptFinal_ex(cipher, raw(tag), &ignored);
    done &= EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_size()), tag);
  } else {
    hash(head, {out, in.size()}, trailer, tag);
  }
  assert(done == 1);
  static_cast<void>(done);
}

bool Transform::open(std::uint32_t ssrc, std::uint64_t index, ByteView head, ByteView trailer,
                     ByteView in, ByteView tag, std::byte* out) {
  const auto iv = vector_of(ssrc, index);
  EVP_CIPHER_CTX* cipher = cipher_.get();
  int ignored = 0;
  if (profile_ == Profile::aes128_cm_sha1_80) {
    std::array<std::byte, kSha1Bytes> expected;
    hash(head, in, trailer, expected.data());
    if (CRYPTO_memcmp(expected.data(), tag.data(), tag_size()) != 0) return false;
    return EVP_EncryptInit_ex(cipher, nullptr, nullptr, nullptr, raw(iv.data())) == 1 &&
           (in.empty() || EVP_EncryptUpdate(cipher, raw(out), &ignored, raw(in.data()),
                                            static_cast<int>(in.size())) == 1);
  }
  std::array<std::byte, 16> expected;
  std::ranges::copy(tag, expected.begin());
  int done = EVP_DecryptInit_ex(cipher, nullptr, nullptr, nullptr, raw(iv.data()));
  done &=
      EVP_DecryptUpdate(cipher, nullptr, &ignored, raw(head.data()), static_cast<int>(head.size()));
  if (kind_ == Kind::rtcp) {
    done &= EVP_DecryptUpdate(cipher, nullptr, &ignored, raw(trailer.data()),
                              static_cast<int>(trailer.size()));
  }
  if (!in.empty()) {
    done &=
        EVP_DecryptUpdate(cipher, raw(out), &ignored, raw(in.data()), static_cast<int>(in.size()));
  }
  done &= EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_size()),
                              expected.data());
  return done == 1 && EVP_DecryptFinal_ex(cipher, raw(expected.data()), &ignored) == 1;
}

}  // namespace geili::media::srtp
