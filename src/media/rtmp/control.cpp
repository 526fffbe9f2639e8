#include "media/rtmp/control.hpp"

#include <algorithm>

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::rtmp {
namespace {

enum UserControl : std::uint16_t { kPingRequest = 6, kPingResponse = 7 };

}  // namespace

void write_control(const ChunkWriter& writer, MessageType type, std::uint32_t value,
                   std::string& out) {
  ByteWriter body;
  body.u32(value);
  writer.write(Lane::control, type, 0, as_bytes(body.view()), out);
}

void Control::take_window(const Message& message) {
  ByteReader in(message.payload);
  const std::uint32_t bytes = in.u32();
  if (in.ok()) window_bytes_ = std::clamp(bytes, kWindowBytesMin, kWindowBytes);
}

void Control::acknowledge(const ChunkWriter& writer, std::string& out) {
  if (received_bytes_ - acknowledged_bytes_ < window_bytes_) return;
  acknowledged_bytes_ = received_bytes_;
  write_control(writer, MessageType::acknowledgement, static_cast<std::uint32_t>(received_bytes_),
                out);
}

void Control::answer(const Message& message, const ChunkWriter& writer, std::string& out) const {
  ByteReader in(message.payload);
  const unsigned event = in.u16();
  const std::uint32_t value = in.u32();
  if (!in.ok() || event != kPingRequest) return;
  ByteWriter pong;
  pong.u16(kPingResponse);
  pong.u32(value);
  writer.write(Lane::control, MessageType::user_control, 0, as_bytes(pong.view()), out);
}

}  // namespace geili::media::rtmp
