#pragma once
// AAC frames that bring their own header: ADTS (ISO/IEC 14496-3 section 1.A.2.2).

#include <array>
#include <cstddef>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::aac {

inline constexpr std::size_t kAdtsHeaderBytesMin = 7;
inline constexpr std::size_t kAdtsFrameBytesMax = 8'191;

struct AdtsHeader {
  std::size_t header_bytes = 0;  // 7, or 9 with a checksum
  std::size_t frame_bytes = 0;   // header and raw frame; more than header_bytes
  // The AudioSpecificConfig that says the same.
  std::array<std::byte, 2> config{};
};

// Of a frame that begins with `bytes`, of which kAdtsHeaderBytesMin are needed. Errors: invalid
// "adts-truncated", "adts-header" (no frame begins here); unsupported_media "audio-format" for
// several raw frames behind one header.
Result<AdtsHeader> parse_adts_header(ByteView bytes);

}  // namespace geili::media::aac
