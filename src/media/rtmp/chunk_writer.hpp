#pragma once
// Cuts messages into chunks (RTMP 1.0 section 5.3), each with a full header: the few bytes that the
// shorter ones save are nothing beside a picture.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "media/rtmp/chunk_reader.hpp"

namespace geili::media::rtmp {

// Chunk streams below 64, as servers and publishers use them.
enum class Lane : std::uint8_t { control = 2, command = 3, audio = 4, status = 5, video = 6 };

class ChunkWriter {
 public:
  // For the messages after this call; at least 1.
  void set_chunk_bytes(std::uint32_t bytes) { chunk_bytes_ = bytes; }
  // Without a time: nothing that a server says, and no command, has one.
  void write(Lane lane, MessageType type, std::uint32_t stream_id, ByteView payload,
             std::string& out) const {
    write_at(0, lane, type, stream_id, payload, out);
  }
  void write_at(std::uint32_t timestamp_ms, Lane lane, MessageType type, std::uint32_t stream_id,
                ByteView payload, std::string& out) const;

 private:
  std::uint32_t chunk_bytes_ = kChunkBytesDefault;
};

}  // namespace geili::media::rtmp
