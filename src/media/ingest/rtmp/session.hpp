#pragma once
// One RTMP publisher's connection without the network: bytes in, bytes out, and what it means to
// the listener. RTMP 1.0 sections 5 to 7; command names as OBS, FFmpeg, librtmp and GStreamer send
// them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/flv/amf0.hpp"
#include "media/flv/flv_units.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/control.hpp"
#include "media/rtmp/handshake.hpp"
#include "media/unit.hpp"

namespace geili::media::rtmp {

// Called inside Session::feed.
class SessionListener {
 public:
  virtual ~SessionListener() = default;
  virtual void received(SourceUnit unit) = 0;
  virtual void unpublished() = 0;
};

struct PublishRequest {
  std::string app;
  std::string stream_key;
};

// Single-threaded. `listener` outlives it.
class Session {
 public:
  Session(ChunkLimits limits, Bytes nonce, SessionListener& listener);

  // After an error what is left in output() is to be sent and the connection closed. The error's
  // code is the reason, which a publisher is told as NetStream.Failed. Bytes behind a publish
  // command wait until accept() or refuse().
  Result<void> feed(ByteView bytes);
  // What is to be sent; cleared by the caller.
  std::string& output() { return out_; }

  // Set while the publish command waits for accept() or refuse().
  const std::optional<PublishRequest>& request() const { return request_; }
  // Call feed({}) afterwards for the bytes that waited.
  void accept();
  // NetStream.Publish.BadName.
  void refuse(std::string_view why);
  bool is_publishing() const { return state_ == State::publishing; }

 private:
  enum class State : std::uint8_t { handshake, connecting, connected, requested, publishing };
  using Values = std::vector<amf0::Value>;

  Result<void> handle_bytes(ByteView bytes);
  Result<void> handle(const Message& message);
  Result<void> handle_command(ByteView body, std::uint32_t stream_id);
  Result<void> handle_media(const Message& message);
  Result<void> handle_aggregate(const Message& message);
  Result<void> connect(const Values& command);
  Result<void> publish(const Values& command, std::uint32_t stream_id);
  void unpublish();

  void send_command(Lane lane, std::uint32_t stream_id, const Values& values);
  void send_result(double transaction, amf0::Value value);
  void send_status(std::string_view level, std::string_view code, std::string_view description);

  const ChunkLimits limits_;
  SessionListener& listener_;
  State state_ = State::handshake;
  Handshake handshake_;
  ChunkReader chunks_;
  ChunkWriter writer_;
  std::string out_;
  std::string app_;
  std::optional<PublishRequest> request_;
  std::uint32_t publish_stream_ = 1;
  flv::FlvUnits units_;
  Control control_;
};

}  // namespace geili::media::rtmp
