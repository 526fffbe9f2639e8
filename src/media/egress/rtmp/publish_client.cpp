#include "media/egress/rtmp/publish_client.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::rtmp {
namespace {

using amf0::Null;
using amf0::Object;
using amf0::Value;

constexpr std::uint32_t kChunkBytesOut = 4'096;

// Numbers of the commands that are answered.
constexpr double kConnect = 1;
constexpr double kRelease = 2;
constexpr double kFcPublish = 3;
constexpr double kCreateStream = 4;
constexpr double kPublish = 5;
constexpr double kFcUnpublish = 6;
constexpr double kDeleteStream = 7;

Value text(std::string_view value) {
  return Value{std::string(value)};
}

std::string_view text_at(const std::vector<Value>& values, std::size_t index) {
  const std::string* found = index < values.size() ? values[index].text() : nullptr;
  return found == nullptr ? std::string_view() : std::string_view(*found);
}

double number_at(const std::vector<Value>& values, std::size_t index) {
  const double* found = index < values.size() ? values[index].number() : nullptr;
  return found == nullptr ? 0 : *found;
}

// A member of the information object that a status or an answer ends with.
std::string_view information(const std::vector<Value>& values, std::string_view name) {
  if (values.size() < 4) return {};
  const Value* found = values[3].find(name);
  const std::string* word = found == nullptr ? nullptr : found->text();
  return word == nullptr ? std::string_view() : std::string_view(*word);
}

// What a server says of it may repeat the key: it is neither kept nor shown.
std::unexpected<Error> refused() {
  return fail(ErrorKind::forbidden, "rtmp-publish-refused", "The server did not take the stream.");
}
std::unexpected<Error> senseless() {
  return fail(ErrorKind::invalid, "rtmp-answer", "The server's answer makes no sense.");
}

}  // namespace

PublishClient::PublishClient(RtmpUrl server, Secret<std::string> stream_key, ByteView nonce)
    : server_(std::move(server)),
      stream_key_(std::move(stream_key)),
      handshake_(nonce, out_),
      chunks_({kServerMessageBytesMax, kServerChunkStreamsMax}) {}

Result<void> PublishClient::feed(ByteView bytes) {
  control_.note_received(bytes.size());
  if (!handshake_.done()) {
    auto used = handshake_.feed(bytes, out_);
    if (!used) return fail_as(used);
    bytes = bytes.subspan(*used);
    if (!handshake_.done()) return {};
    connect();
  }
  if (!is_publishing() && control_.received_bytes() > kServerBytesBeforePublishMax) {
    return fail(ErrorKind::too_large, "rtmp-server-bytes",
                "The server says much and does not let the stream in.");
  }
  chunks_.append(bytes);
  while (true) {
    auto message = chunks_.next();
    if (!message) return fail_as(message);
    if (!*message) break;
    if (auto handled = handle(**message); !handled) return handled;
  }
  control_.acknowledge(writer_, out_);
  return {};
}

Result<void> PublishClient::handle(const Message& message) {
  switch (message.type) {
    case MessageType::command_amf0:
      return handle_command(message.payload);
    case MessageType::command_amf3: {
      // AMF0 behind one byte of encoding.
      const ByteView body(message.payload);
      return handle_command(body.empty() ? body : body.subspan(1));
    }
    case MessageType::user_control:
      control_.answer(message, writer_, out_);
      return {};
    case MessageType::window_ack_size:
      control_.take_window(message);
      return {};
    case MessageType::set_peer_bandwidth: {
      ByteReader in(message.payload);
      const std::uint32_t bytes = in.u32();
      if (in.ok()) write_control(writer_, MessageType::window_ack_size, bytes, out_);
      return {};
    }
    default:
      return {};
  }
}

Result<void> PublishClient::handle_command(ByteView body) {
  auto decoded = amf0::decode(body);
  if (!decoded) return fail_as(decoded);
  const std::string_view name = text_at(*decoded, 0);
  if (name == "_result") return handle_answer(*decoded, false);
  if (name == "_error") return handle_answer(*decoded, true);
  if (name == "onStatus") return handle_status(*decoded);
  if (name == "close") {
    return fail(ErrorKind::unavailable, "rtmp-publish-ended", "The server ends the stream.");
  }
  return {};  // onBWDone, onFCPublish and whatever else servers announce
}

Result<void> PublishClient::handle_answer(const Values& command, bool is_error) {
  const double transaction = number_at(command, 1);
  if (transaction == kConnect && state_ == State::connecting) {
    if (is_error) {
      const bool redirects = command.size() > 3 && command[3].find("ex") != nullptr;
      if (redirects) {
        return fail(ErrorKind::unavailable, "rtmp-redirect", "The server names another one.");
      }
      return fail(ErrorKind::forbidden, "rtmp-connect-refused",
                  "The server did not take the connection.");
    }
    create_stream();
  } else if (transaction == kCreateStream && state_ == State::creating) {
    if (is_error) return refused();
    constexpr double kStreamIdMax = 0xFFFFFF;
    const double id = number_at(command, 3);
    if (!(id >= 0 && id <= kStreamIdMax) || id != std::floor(id)) return senseless();
    publish(static_cast<std::uint32_t>(id));
  } else if (transaction == kPublish && state_ == State::requested && is_error) {
    return refused();
  }
  return {};  // releaseStream and FCPublish are unknown to many servers
}

Result<void> PublishClient::handle_status(const Values& command) {
  const bool is_error = information(command, "level") == "error";
  const std::string_view code = information(command, "code");
  if (state_ == State::requested) {
    if (is_error) return refused();
    if (code == "NetStream.Publish.Start") state_ = State::publishing;
  } else if (state_ == State::publishing) {
    if (is_error || code == "NetStream.Unpublish.Success") {
      return fail(ErrorKind::unavailable, "rtmp-publish-ended", "The server ends the stream.");
    }
  } else if (is_error) {
    return refused();
  }
  return {};
}

// Some servers want nothing before it.
void PublishClient::connect() {
  state_ = State::connecting;
  send_command(0, {text("connect"), Value{kConnect},
                   Value{Object{{"app", text(server_.app)},
                                {"type", text("nonprivate")},
                                {"flashVer", text("FMLE/3.0 (compatible; Geili)")},
                                {"swfUrl", text(server_.as_told)},
                                {"tcUrl", text(server_.as_told)}}}});
}

void PublishClient::create_stream() {
  state_ = State::creating;
  write_control(writer_, MessageType::window_ack_size, kWindowBytes, out_);
  write_control(writer_, MessageType::set_chunk_size, kChunkBytesOut, out_);
  writer_.set_chunk_bytes(kChunkBytesOut);
  send_command(0, {text("releaseStream"), Value{kRelease}, Value{Null{}}, key()});
  send_command(0, {text("FCPublish"), Value{kFcPublish}, Value{Null{}}, key()});
  send_command(0, {text("createStream"), Value{kCreateStream}, Value{Null{}}});
}

void PublishClient::publish(std::uint32_t stream_id) {
  state_ = State::requested;
  stream_id_ = stream_id;
  send_command(stream_id, {text("publish"), Value{kPublish}, Value{Null{}}, key(), text("live")});
}

void PublishClient::unpublish() {
  if (!is_publishing()) return;
  send_command(0, {text("FCUnpublish"), Value{kFcUnpublish}, Value{Null{}}, key()});
  send_command(0, {text("deleteStream"), Value{kDeleteStream}, Value{Null{}},
                   Value{static_cast<double>(stream_id_)}});
  state_ = State::creating;
}

void PublishClient::send(Lane lane, MessageType type, std::uint32_t timestamp_ms, ByteView body) {
  if (!is_publishing()) return;
  writer_.write_at(timestamp_ms, lane, type, stream_id_, body, out_);
}

void PublishClient::send_command(std::uint32_t stream_id, const Values& values) {
  const std::string body = amf0::encode(values);
  const Lane lane = stream_id == 0 ? Lane::command : Lane::audio;
  writer_.write(lane, MessageType::command_amf0, stream_id, as_bytes(body), out_);
}

amf0::Value PublishClient::key() const {
  return text(stream_key_.reveal());
}

}  // namespace geili::media::rtmp
