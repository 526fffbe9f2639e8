#pragma once
// Cuts messages into chunks (RTMP 1.0 section 5.3), each with a full header: a server says little.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "media/ingest/rtmp/chunk_reader.hpp"

namespace geili::media::rtmp {

// Chunk streams below 64, as servers use them.
enum class Lane : std::uint8_t { control = 2, command = 3, status = 5 };

class ChunkWriter {
 public:
  // For the messages after this call; at least 1.
  void set_chunk_bytes(std::uint32_t bytes) { chunk_bytes_ = bytes; }
  void write(Lane lane, MessageType type, std::uint32_t stream_id, ByteView payload,
             std::string& out) const;

 private:
  std::uint32_t chunk_bytes_ = kChunkBytesDefault;
};

}  // namespace geili::media::rtmp
