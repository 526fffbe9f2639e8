#pragma once
// A message that only one browser can read (RFC 8291): the push service that carries it cannot.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/p256.hpp"

namespace geili::push {

inline constexpr std::size_t kAuthBytes = 16;
inline constexpr std::size_t kSaltBytes = 16;
// Of one record of 4096 bytes, which every push service carries (RFC 8030 section 7.2).
inline constexpr std::size_t kPlainBytesMax = 3'993;

// What a browser gives with its subscription.
struct Keys {
  Bytes p256dh;  // a point of P-256
  Bytes auth;    // kAuthBytes
};

// base64url without padding, as browsers write it. None: not of that form, or no such key.
std::optional<Bytes> parse_p256dh(std::string_view text);
std::optional<Bytes> parse_auth(std::string_view text);

// The body of content coding aes128gcm (RFC 8188), one record. `once` and `salt` (kSaltBytes) are
// fresh for each message. Asserts that `plain` is not longer than kPlainBytesMax. Pure; any thread.
// Fails with p256-point-invalid.
Result<std::string> encrypted(std::string_view plain, const Keys& to, const crypto::P256Pair& once,
                              ByteView salt);

}  // namespace geili::push
