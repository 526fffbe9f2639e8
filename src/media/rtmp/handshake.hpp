#pragma once
// The server's side of the RTMP handshake (Adobe, "RTMP specification 1.0" section 5.2), in its
// simple form. Clients that try the digest form fall back when the server's version field is zero.

#include <cstddef>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::rtmp {

inline constexpr std::size_t kHandshakeBytes = 1'536;

class Handshake {
 public:
  // `nonce` is kHandshakeBytes - 8 bytes of any content.
  explicit Handshake(Bytes nonce) : nonce_(std::move(nonce)) {}

  // Takes what it needs from the front of `in` and returns how much that was; S0, S1 and S2 are
  // appended to `out` when they are due. Error: invalid "rtmp-version" at the first byte of
  // anything else than RTMP.
  Result<std::size_t> feed(ByteView in, std::string& out);
  bool done() const { return received_ == 1 + 2 * kHandshakeBytes; }

 private:
  Bytes nonce_;
  std::size_t received_ = 0;
  std::string c1_;
};

}  // namespace geili::media::rtmp
