#pragma once
// One connection to another platform's RTMP server without the network: bytes in, bytes out, until
// the picture may be sent. RTMP 1.0 sections 5 to 7; the order of the commands and their names as
// OBS, FFmpeg and librtmp send them, which is what servers expect.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/rtmp_url.hpp"
#include "base/secret.hpp"
#include "media/flv/amf0.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/client_handshake.hpp"
#include "media/rtmp/control.hpp"

namespace geili::media::rtmp {

// Of what a server says.
inline constexpr std::size_t kServerMessageBytesMax = 64 * 1024;
inline constexpr std::size_t kServerChunkStreamsMax = 16;
inline constexpr std::size_t kServerBytesBeforePublishMax = 256 * 1024;

// Single-threaded.
class PublishClient {
 public:
  // `nonce` is kHandshakeBytes - 8 bytes of any content. output() holds the first bytes at once.
  PublishClient(RtmpUrl server, Secret<std::string> stream_key, ByteView nonce);

  // After an error what is left in output() is to be sent and the connection closed. Errors:
  // forbidden "rtmp-connect-refused", "rtmp-publish-refused" (the key, as a rule); unavailable
  // "rtmp-publish-ended" (the server ends what it had taken); invalid "rtmp-answer" (an answer that
  // makes no sense), "rtmp-redirect" (to another server, where nobody follows); too_large
  // "rtmp-server-bytes"; and those of ClientHandshake, ChunkReader and amf0::decode.
  Result<void> feed(ByteView bytes);
  // What is to be sent; cleared by the caller.
  std::string& output() { return out_; }

  bool is_publishing() const { return state_ == State::publishing; }
  bool has_told_key() const { return state_ >= State::creating; }
  // Of the publication, while it is one.
  void send_audio(std::uint32_t timestamp_ms, ByteView tag) {
    send(Lane::audio, MessageType::audio, timestamp_ms, tag);
  }
  void send_video(std::uint32_t timestamp_ms, ByteView tag) {
    send(Lane::video, MessageType::video, timestamp_ms, tag);
  }
  void send_metadata(ByteView body) { send(Lane::audio, MessageType::data_amf0, 0, body); }
  // Says that nothing follows; the connection is to be closed then.
  void unpublish();

 private:
  enum class State : std::uint8_t { handshake, connecting, creating, requested, publishing };
  using Values = std::vector<amf0::Value>;

  Result<void> handle(const Message& message);
  Result<void> handle_command(ByteView body);
  Result<void> handle_answer(const Values& command, bool is_error);
  Result<void> handle_status(const Values& command);

  void connect();
  void create_stream();
  void publish(std::uint32_t stream_id);
  void send(Lane lane, MessageType type, std::uint32_t timestamp_ms, ByteView body);
  void send_command(std::uint32_t stream_id, const Values& values);
  amf0::Value key() const;

  const RtmpUrl server_;
  const Secret<std::string> stream_key_;
  State state_ = State::handshake;
  std::string out_;
  ClientHandshake handshake_;
  ChunkReader chunks_;
  ChunkWriter writer_;
  std::uint32_t stream_id_ = 0;
  Control control_;
};

}  // namespace geili::media::rtmp
