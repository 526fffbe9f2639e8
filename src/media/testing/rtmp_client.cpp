#include "media/testing/rtmp_client.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "media/byte_writer.hpp"
#include "media/rtmp/handshake.hpp"

namespace geili::media::testing {
namespace asio = boost::asio;
using amf0::Null;
using amf0::Object;
using amf0::Value;
namespace {

Value text(const std::string& value) {
  return Value{value};
}

std::string from_hex_text(std::string_view hex) {
  const Bytes bytes = from_hex(hex).value_or(Bytes{});
  return std::string(as_text(bytes));
}

}  // namespace

std::string client_handshake() {
  return '\x03' + std::string(2 * rtmp::kHandshakeBytes, '\x5A');
}

std::string client_message(rtmp::MessageType type, std::uint32_t timestamp_ms,
                           const std::string& body, std::uint32_t stream_id) {
  constexpr unsigned kChunkStream = 6;
  constexpr std::uint32_t kExtended = 0xFFFFFF;
  const bool extended = timestamp_ms >= kExtended;
  ByteWriter out;
  out.u8(kChunkStream);
  out.u24(extended ? kExtended : timestamp_ms);
  out.u24(body.size());
  out.u8(static_cast<unsigned>(type));
  for (int shift = 0; shift < 32; shift += 8) out.u8(stream_id >> shift & 0xFF);
  if (extended) out.u32(timestamp_ms);
  for (std::size_t at = 0; at < body.size(); at += rtmp::kChunkBytesDefault) {
    if (at > 0) {
      out.u8(0xC0 | kChunkStream);
      if (extended) out.u32(timestamp_ms);
    }
    out.text(std::string_view(body).substr(at, rtmp::kChunkBytesDefault));
  }
  return std::move(out).take();
}

std::string client_command(const std::vector<Value>& values, std::uint32_t stream_id) {
  return client_message(rtmp::MessageType::command_amf0, 0, amf0::encode(values), stream_id);
}

std::string connect_command(const std::string& app) {
  return client_command({text("connect"), Value{1.0},
                         Value{Object{{"app", text(app)}, {"type", text("nonprivate")}}}});
}

std::string publish_command(const std::string& key) {
  return client_command({text("createStream"), Value{2.0}, Value{Null{}}}) +
         client_command({text("publish"), Value{3.0}, Value{Null{}}, text(key), text("live")}, 1);
}

std::string avc_config_tag() {
  return from_hex_text(
      "17000000000142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa8"
      "01000468ce0fc8");
}

std::string avc_frame_tag(bool key, std::int32_t composition_ms) {
  ByteWriter out;
  out.u8(key ? 0x17 : 0x27);
  out.u8(1);
  out.u24(static_cast<std::uint32_t>(composition_ms) & 0xFFFFFF);
  out.u32(5);
  out.u8(key ? 0x65 : 0x41);
  out.u32(0x88840A0B);
  return std::move(out).take();
}

std::string aac_config_tag() {
  return from_hex_text(
      "af00"
      "1190");
}
std::string aac_frame_tag() {
  return from_hex_text(
      "af01"
      "2100490002190023");
}

RtmpClient::RtmpClient(std::uint16_t port) {
  socket_.connect({asio::ip::make_address("127.0.0.1"), port});
}

void RtmpClient::send(const std::string& bytes) {
  boost::system::error_code ignored;  // the server may have closed already
  asio::write(socket_, asio::buffer(bytes), ignored);
}

bool RtmpClient::receive() {
  std::array<std::byte, 4096> buffer;
  boost::system::error_code failed;
  const std::size_t count = socket_.read_some(asio::buffer(buffer), failed);
  if (failed) return false;
  const std::size_t skipped = std::min(count, handshake_left_);
  handshake_left_ -= skipped;
  chunks_.append(ByteView(buffer).first(count).subspan(skipped));
  return true;
}

std::string RtmpClient::read_status() {
  while (true) {
    auto message = chunks_.next();
    if (!message) return "!" + message.error().code;
    if (!*message) {
      if (!receive()) return "";
      continue;
    }
    if ((*message)->type != rtmp::MessageType::command_amf0) continue;
    const auto values = amf0::decode((*message)->payload);
    if (!values || values->size() < 4 || *(*values)[0].text() != "onStatus") continue;
    const Value* code = (*values)[3].find("code");
    return code == nullptr ? "" : *code->text();
  }
}

void RtmpClient::wait_for_close() {
  while (receive()) {
  }
}

std::string RtmpClient::publish(const std::string& key, const std::string& app) {
  send(client_handshake() + connect_command(app) + publish_command(key));
  return read_status();
}

}  // namespace geili::media::testing
