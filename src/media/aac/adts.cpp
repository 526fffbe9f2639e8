#include "media/aac/adts.hpp"

#include "media/bit_reader.hpp"

namespace geili::media::aac {
namespace {

constexpr unsigned kSyncWord = 0xFFF;
constexpr unsigned kSampleRateIndexMax = 12;
constexpr std::size_t kChecksumBytes = 2;

std::array<std::byte, 2> config_of(unsigned object_type, unsigned rate_index, unsigned channels) {
  const unsigned bits = object_type << 11 | rate_index << 7 | channels << 3;
  return {static_cast<std::byte>(bits >> 8), static_cast<std::byte>(bits & 0xFFU)};
}

}  // namespace

Result<AdtsHeader> parse_adts_header(ByteView bytes) {
  BitReader in(bytes);
  const unsigned sync = in.bits(12);
  in.bits(1);  // MPEG-4 or MPEG-2
  const unsigned layer = in.bits(2);
  const bool has_checksum = !in.flag();
  const unsigned object_type = in.bits(2) + 1;
  const unsigned rate_index = in.bits(4);
  in.bits(1);  // private
  const unsigned channels = in.bits(3);
  in.bits(4);  // original, home, copyright identification
  AdtsHeader header;
  header.frame_bytes = in.bits(13);
  in.bits(11);  // buffer fullness
  const unsigned more_blocks = in.bits(2);
  if (!in.ok()) return fail(ErrorKind::invalid, "adts-truncated", "An ADTS header ends early.");
  header.header_bytes = kAdtsHeaderBytesMin + (has_checksum ? kChecksumBytes : 0);
  if (sync != kSyncWord || layer != 0 || rate_index > kSampleRateIndexMax ||
      header.frame_bytes <= header.header_bytes) {
    return fail(ErrorKind::invalid, "adts-header", "No ADTS frame begins here.");
  }
  if (more_blocks != 0) {
    return fail(ErrorKind::unsupported_media, "audio-format",
                "The encoder packs several AAC frames into one; choose one frame each.");
  }
  header.config = config_of(object_type, rate_index, channels);
  return header;
}

}  // namespace geili::media::aac
