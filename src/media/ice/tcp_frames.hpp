#pragma once
// Packets on a TCP connection (RFC 4571, as ICE-TCP uses it: RFC 6544): each behind its length in
// two bytes.

#include <cstddef>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::ice {

// More than a packet of any sender on the way to us: WebRTC keeps below the Ethernet MTU.
inline constexpr std::size_t kTcpFrameBytesMax = 2'048;
inline constexpr std::size_t kTcpFrameHeaderBytes = 2;

// Single-threaded; one for each connection. Holds at most the bytes of one push and one unfinished
// frame.
class TcpFrameReader {
 public:
  // What was received. next() must have answered none (or failed) since the push before.
  void push(ByteView received);

  // The next whole packet, none when more bytes are needed; the view holds until the next push.
  // Empty frames are skipped. Error (invalid): "tcp-frame-limit", for good: the connection has lost
  // its framing and is to be closed.
  Result<std::optional<ByteView>> next();

 private:
  Bytes buffer_;
  std::size_t read_ = 0;  // how much of buffer_ has been handed out
};

// Appends `packet` (at most 65,535 bytes) behind its length.
void append_tcp_frame(ByteView packet, std::string& out);

}  // namespace geili::media::ice
