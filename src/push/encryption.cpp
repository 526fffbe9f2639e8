#include "push/encryption.hpp"

#include <array>
#include <cassert>

#include "crypto/aes128_gcm.hpp"
#include "crypto/hkdf.hpp"

namespace geili::push {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::array<std::byte, 4> kRecordSize{std::byte{0}, std::byte{0}, std::byte{0x10},
                                               std::byte{0}};
constexpr std::byte kLastRecord{2};  // RFC 8188 section 2

void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

// `words` and the zero that ends it.
Bytes info_of(std::string_view words) {
  Bytes info;
  append(info, as_bytes(words));
  info.push_back(std::byte{0});
  return info;
}

}  // namespace

std::optional<Bytes> parse_p256dh(std::string_view text) {
  auto point = from_base64url(text);
  if (!point || !crypto::is_p256_point(*point)) return std::nullopt;
  return point;
}

std::optional<Bytes> parse_auth(std::string_view text) {
  auto auth = from_base64url(text);
  if (!auth || auth->size() != kAuthBytes) return std::nullopt;
  return auth;
}

Result<std::string> encrypted(std::string_view plain, const Keys& to, const crypto::P256Pair& once,
                              ByteView salt) {
  assert(plain.size() <= kPlainBytesMax && salt.size() == kSaltBytes);
  const auto shared = crypto::p256_agree(once, to.p256dh);
  if (!shared) return std::unexpected(shared.error());
  Bytes info = info_of("WebPush: info");
  append(info, to.p256dh);
  append(info, once.point);
  const Bytes secret = crypto::hkdf_sha256(to.auth, shared->reveal(), info, kSecretBytes);
  const Bytes key = crypto::hkdf_sha256(salt, secret, info_of("Content-Encoding: aes128gcm"),
                                        crypto::kAes128KeyBytes);
  const Bytes nonce =
      crypto::hkdf_sha256(salt, secret, info_of("Content-Encoding: nonce"), crypto::kGcmNonceBytes);
  Bytes record;
  append(record, as_bytes(plain));
  record.push_back(kLastRecord);
  Bytes body;
  append(body, salt);
  append(body, kRecordSize);
  body.push_back(static_cast<std::byte>(once.point.size()));
  append(body, once.point);
  append(body, crypto::aes128_gcm_encrypt(key, nonce, record));
  return std::string(as_text(body));
}

}  // namespace geili::push
