#include "media/rtmp/chunk_writer.hpp"

#include <algorithm>

#include "media/byte_writer.hpp"

namespace geili::media::rtmp {
namespace {

constexpr std::uint32_t kExtended = 0xFFFFFF;

}  // namespace

void ChunkWriter::write_at(std::uint32_t timestamp_ms, Lane lane, MessageType type,
                           std::uint32_t stream_id, ByteView payload, std::string& out) const {
  const bool is_extended = timestamp_ms >= kExtended;
  ByteWriter chunk;
  chunk.u8(static_cast<unsigned>(lane));
  chunk.u24(is_extended ? kExtended : timestamp_ms);
  chunk.u24(payload.size());
  chunk.u8(static_cast<unsigned>(type));
  for (int shift = 0; shift < 32; shift += 8) chunk.u8(stream_id >> shift & 0xFF);
  if (is_extended) chunk.u32(timestamp_ms);
  while (true) {
    const std::size_t part = std::min<std::size_t>(chunk_bytes_, payload.size());
    chunk.bytes(payload.first(part));
    payload = payload.subspan(part);
    if (payload.empty()) break;
    chunk.u8(0xC0U | static_cast<unsigned>(lane));
    if (is_extended) chunk.u32(timestamp_ms);
  }
  out.append(chunk.view());
}

}  // namespace geili::media::rtmp
