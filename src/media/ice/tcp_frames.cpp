#include "media/ice/tcp_frames.hpp"

#include <cassert>

#include "media/byte_reader.hpp"

namespace geili::media::ice {

void TcpFrameReader::push(ByteView received) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(read_));
  read_ = 0;
  buffer_.insert(buffer_.end(), received.begin(), received.end());
}

Result<std::optional<ByteView>> TcpFrameReader::next() {
  while (true) {
    ByteReader in(ByteView(buffer_).subspan(read_));
    const std::size_t size = in.u16();
    if (!in.ok()) return std::nullopt;
    if (size > kTcpFrameBytesMax) {
      return fail(ErrorKind::invalid, "tcp-frame-limit",
                  "A packet on a TCP connection is too large.");
    }
    const ByteView packet = in.bytes(size);
    if (!in.ok()) return std::nullopt;
    read_ += kTcpFrameHeaderBytes + size;
    if (size > 0) return packet;
  }
}

void append_tcp_frame(ByteView packet, std::string& out) {
  assert(packet.size() <= 0xFFFF);
  out.push_back(static_cast<char>(packet.size() >> 8U));
  out.push_back(static_cast<char>(packet.size() & 0xFFU));
  out.append(as_text(packet));
}

}  // namespace geili::media::ice
