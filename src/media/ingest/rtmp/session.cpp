#include "media/ingest/rtmp/session.hpp"

#include <algorithm>
#include <utility>

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::rtmp {
namespace {

using amf0::Null;
using amf0::Object;
using amf0::Undefined;
using amf0::Value;

constexpr std::uint32_t kChunkBytesOut = 4'096;
constexpr std::uint32_t kMessageStream = 1;  // the only one that createStream hands out
// Before somebody may publish only commands come, which are short.
constexpr std::size_t kCommandBytesMax = 64 * 1024;
constexpr std::size_t kNameBytesMax = 512;

constexpr std::uint16_t kStreamBegin = 0;  // an event of user_control

Value text(std::string_view value) {
  return Value{std::string(value)};
}

Value information(std::string_view level, std::string_view code, std::string_view description) {
  return Value{Object{{"level", text(level)},
                      {"code", text(code)},
                      {"description", text(description)},
                      {"objectEncoding", Value{0.0}}}};
}

std::string text_at(const std::vector<Value>& values, std::size_t index) {
  const std::string* found = index < values.size() ? values[index].text() : nullptr;
  return found == nullptr ? std::string() : *found;
}

double transaction_of(const std::vector<Value>& command) {
  const double* number = command.size() > 1 ? command[1].number() : nullptr;
  return number == nullptr ? 0 : *number;
}

}  // namespace

Session::Session(ChunkLimits limits, Bytes nonce, SessionListener& listener)
    : limits_(limits),
      listener_(listener),
      handshake_(std::move(nonce)),
      chunks_({std::min(limits.message_bytes_max, kCommandBytesMax), limits.chunk_streams_max}) {}

Result<void> Session::feed(ByteView bytes) {
  auto handled = handle_bytes(bytes);
  if (!handled && state_ == State::publishing) {
    send_status("error", "NetStream.Failed", handled.error().detail);
  }
  return handled;
}

Result<void> Session::handle_bytes(ByteView bytes) {
  control_.note_received(bytes.size());
  if (!handshake_.done()) {
    auto used = handshake_.feed(bytes, out_);
    if (!used) return fail_as(used);
    bytes = bytes.subspan(*used);
    if (!handshake_.done()) return {};
    state_ = State::connecting;
  }
  chunks_.append(bytes);
  while (state_ != State::requested) {
    auto message = chunks_.next();
    if (!message) return fail_as(message);
    if (!*message) break;
    if (auto handled = handle(**message); !handled) return handled;
  }
  control_.acknowledge(writer_, out_);
  return {};
}

Result<void> Session::handle(const Message& message) {
  switch (message.type) {
    case MessageType::command_amf0:
      return handle_command(message.payload, message.stream_id);
    case MessageType::command_amf3: {
      // AMF0 behind one byte of encoding.
      const ByteView body(message.payload);
      return handle_command(body.empty() ? body : body.subspan(1), message.stream_id);
    }
    case MessageType::audio:
    case MessageType::video:
      return handle_media(message);
    case MessageType::aggregate:
      return handle_aggregate(message);
    case MessageType::user_control:
      control_.answer(message, writer_, out_);
      return {};
    case MessageType::window_ack_size:
      control_.take_window(message);
      return {};
    default:
      return {};  // metadata tells nothing that the parameter sets do not tell better
  }
}

Result<void> Session::handle_media(const Message& message) {
  if (state_ != State::publishing || message.payload.empty()) return {};
  auto unit = message.type == MessageType::video
                  ? units_.video(message.payload, message.timestamp_ms)
                  : units_.audio(message.payload, message.timestamp_ms);
  if (!unit) return fail_as(unit);
  if (*unit) listener_.received(std::move(**unit));
  return {};
}

// Several FLV tags in one message (section 7.1.6); the first tag's time stands for the message's.
Result<void> Session::handle_aggregate(const Message& message) {
  ByteReader in(message.payload);
  std::optional<std::uint32_t> first_ms;
  while (in.remaining() > 0) {
    Message inner;
    inner.type = static_cast<MessageType>(in.u8());
    const std::uint32_t size = in.u24();
    const std::uint32_t low = in.u24();
    const std::uint32_t tag_ms = low | static_cast<std::uint32_t>(in.u8()) << 24;
    in.u24();  // stream id
    const ByteView body = in.bytes(size);
    in.u32();  // back pointer
    if (!in.ok()) return fail(ErrorKind::invalid, "rtmp-aggregate", "An aggregate ends early.");
    if (!first_ms) first_ms = tag_ms;
    if (inner.type != MessageType::audio && inner.type != MessageType::video) continue;
    inner.timestamp_ms = message.timestamp_ms + (tag_ms - *first_ms);
    inner.payload.assign(body.begin(), body.end());
    if (auto handled = handle_media(inner); !handled) return handled;
  }
  return {};
}

Result<void> Session::handle_command(ByteView body, std::uint32_t stream_id) {
  auto decoded = amf0::decode(body);
  if (!decoded) return fail_as(decoded);
  const Values& command = *decoded;
  const std::string name = text_at(command, 0);
  const double transaction = transaction_of(command);
  if (name.empty()) return fail(ErrorKind::invalid, "rtmp-command", "A command has no name.");
  if (name == "connect") return connect(command);
  if (state_ == State::connecting) {
    return fail(ErrorKind::invalid, "rtmp-not-connected", "The first command has to be connect.");
  }
  if (name == "createStream") {
    send_result(transaction, Value{static_cast<double>(kMessageStream)});
  } else if (name == "publish") {
    return publish(command, stream_id);
  } else if (name == "FCUnpublish" || name == "deleteStream" || name == "closeStream") {
    unpublish();
  } else if (name == "play" || name == "play2") {
    return fail(ErrorKind::invalid, "rtmp-play", "This port takes video in and gives none out.");
  } else if (transaction != 0 && !name.starts_with('_')) {
    // releaseStream, FCPublish, _checkbw and whatever a client asks before it publishes.
    send_result(transaction, Value{Undefined{}});
  }
  return {};
}

Result<void> Session::connect(const Values& command) {
  if (state_ != State::connecting) {
    return fail(ErrorKind::invalid, "rtmp-connect-twice", "A connection connects once.");
  }
  const Value* app = command.size() > 2 ? command[2].find("app") : nullptr;
  const std::string* name = app == nullptr ? nullptr : app->text();
  if (name == nullptr || name->size() > kNameBytesMax) {
    return fail(ErrorKind::invalid, "rtmp-app", "The connect command names no application.");
  }
  app_ = name->substr(0, name->find('?'));
  while (app_.ends_with('/')) app_.pop_back();
  state_ = State::connected;
  write_control(writer_, MessageType::window_ack_size, kWindowBytes, out_);
  ByteWriter bandwidth;
  bandwidth.u32(kWindowBytes);
  bandwidth.u8(2);  // dynamic
  writer_.write(Lane::control, MessageType::set_peer_bandwidth, 0, as_bytes(bandwidth.view()),
                out_);
  write_control(writer_, MessageType::set_chunk_size, kChunkBytesOut, out_);
  writer_.set_chunk_bytes(kChunkBytesOut);
  send_command(Lane::command, 0,
               {text("_result"), Value{transaction_of(command)},
                Value{Object{{"fmsVer", text("FMS/3,0,1,123")}, {"capabilities", Value{31.0}}}},
                information("status", "NetConnection.Connect.Success", "Connection succeeded.")});
  return {};
}

Result<void> Session::publish(const Values& command, std::uint32_t stream_id) {
  if (state_ != State::connected) {
    return fail(ErrorKind::invalid, "rtmp-publish-twice", "A connection publishes one stream.");
  }
  std::string key = text_at(command, 3);
  key = key.substr(0, key.find('?'));
  publish_stream_ = stream_id;
  if (key.empty() || key.size() > kNameBytesMax) {
    refuse("The stream key is missing or too long.");
    return fail(ErrorKind::invalid, "rtmp-stream-key", "The stream key is missing or too long.");
  }
  request_ = PublishRequest{app_, std::move(key)};
  state_ = State::requested;
  return {};
}

void Session::accept() {
  request_.reset();
  state_ = State::publishing;
  units_ = {};
  chunks_.set_message_bytes_max(limits_.message_bytes_max);
  ByteWriter begin;
  begin.u16(kStreamBegin);
  begin.u32(publish_stream_);
  writer_.write(Lane::control, MessageType::user_control, 0, as_bytes(begin.view()), out_);
  send_status("status", "NetStream.Publish.Start", "You are live.");
}

void Session::refuse(std::string_view why) {
  request_.reset();
  state_ = State::connected;
  send_status("error", "NetStream.Publish.BadName", why);
}

void Session::unpublish() {
  if (state_ != State::publishing) return;
  state_ = State::connected;
  send_status("status", "NetStream.Unpublish.Success", "You are off the air.");
  listener_.unpublished();
}

void Session::send_command(Lane lane, std::uint32_t stream_id, const Values& values) {
  const std::string body = amf0::encode(values);
  writer_.write(lane, MessageType::command_amf0, stream_id, as_bytes(body), out_);
}

void Session::send_result(double transaction, Value value) {
  send_command(Lane::command, 0,
               {text("_result"), Value{transaction}, Value{Null{}}, std::move(value)});
}

void Session::send_status(std::string_view level, std::string_view code,
                          std::string_view description) {
  send_command(
      Lane::status, publish_stream_,
      {text("onStatus"), Value{0.0}, Value{Null{}}, information(level, code, description)});
}

}  // namespace geili::media::rtmp
