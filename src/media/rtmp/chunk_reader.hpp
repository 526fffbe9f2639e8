#pragma once
// Puts messages together from the chunk stream (RTMP 1.0 section 5.3). Set Chunk Size and Abort are
// obeyed here, because they change how the following bytes are read; they are still reported as
// messages.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/byte_reader.hpp"

namespace geili::media::rtmp {

enum class MessageType : std::uint8_t {
  set_chunk_size = 1,
  abort = 2,
  acknowledgement = 3,
  user_control = 4,
  window_ack_size = 5,
  set_peer_bandwidth = 6,
  audio = 8,
  video = 9,
  data_amf3 = 15,
  command_amf3 = 17,
  data_amf0 = 18,
  command_amf0 = 20,
  aggregate = 22,
};

struct Message {
  MessageType type{};  // may hold a number that is not named
  std::uint32_t stream_id = 0;
  std::uint32_t timestamp_ms = 0;  // wraps at 32 bits
  Bytes payload;
};

struct ChunkLimits {
  std::size_t message_bytes_max = 0;
  std::size_t chunk_streams_max = 0;
};

inline constexpr std::uint32_t kChunkBytesDefault = 128;
inline constexpr std::uint32_t kChunkBytesMax = 0xFFFFFF;

// Single-threaded. Holds at most one chunk more than what its messages may hold together.
class ChunkReader {
 public:
  explicit ChunkReader(ChunkLimits limits) : limits_(limits) {}

  void append(ByteView bytes);
  // The next whole message; none until more bytes are appended. After an error the stream cannot be
  // read any further. Errors (invalid): "rtmp-chunk-stream" (a type 2 or 3 header without a message
  // before it, or a header inside a message), "rtmp-chunk-size", "rtmp-abort"; too_large:
  // "rtmp-message-bytes", "rtmp-chunk-streams", "rtmp-buffered-bytes".
  Result<std::optional<Message>> next();
  void set_message_bytes_max(std::size_t bytes) { limits_.message_bytes_max = bytes; }

 private:
  struct ChunkStream {
    std::uint32_t field = 0;  // the last timestamp field: absolute after type 0, else a difference
    bool extended = false;    // that field did not fit 24 bits
    std::uint32_t timestamp_ms = 0;
    std::uint32_t length = 0;
    std::uint8_t type = 0;
    std::uint32_t stream_id = 0;
    bool inside = false;  // a message has begun and not ended
    Bytes partial;
  };
  struct Header {
    unsigned format = 0;
    std::uint32_t chunk_stream = 0;
    ChunkStream state;  // as it will be once the chunk is taken, without partial
  };

  std::optional<Header> read_header(ByteReader& in, Result<void>& verdict) const;
  static void read_extended(ByteReader& in, unsigned format, ChunkStream& state);
  Result<void> obey(const Message& message);
  void consume(std::size_t bytes);

  ChunkLimits limits_;
  std::map<std::uint32_t, ChunkStream> streams_;
  std::size_t partial_bytes_ = 0;  // over all chunk streams
  std::uint32_t chunk_bytes_ = kChunkBytesDefault;
  Bytes in_;
  std::size_t at_ = 0;
};

}  // namespace geili::media::rtmp
