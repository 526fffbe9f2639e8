#pragma once
// The client's side of the RTMP handshake (Adobe, "RTMP specification 1.0" section 5.2), in its
// simple form, which every server takes.

#include <cstddef>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/rtmp/handshake.hpp"

namespace geili::media::rtmp {

class ClientHandshake {
 public:
  // Appends C0 and C1 to `out`. `nonce` is kHandshakeBytes - 8 bytes of any content.
  ClientHandshake(ByteView nonce, std::string& out);

  // Takes what it needs from the front of `in` and returns how much that was; C2 is appended to
  // `out` when S1 is whole. Error: invalid "rtmp-version" at the first byte of anything but RTMP.
  Result<std::size_t> feed(ByteView in, std::string& out);
  bool done() const { return received_ == 1 + 2 * kHandshakeBytes; }

 private:
  std::size_t received_ = 0;
  std::string s1_;
};

}  // namespace geili::media::rtmp
