#pragma once
// AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1): how FLV and MP4 carry H.264's
// parameter sets.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::h264 {

struct DecoderConfig {
  unsigned length_bytes = 4;  // of the NAL lengths in the access units: 1, 2 or 4
  std::vector<Bytes> sps;     // with their header byte; never empty
  std::vector<Bytes> pps;
  friend bool operator==(const DecoderConfig&, const DecoderConfig&) = default;
};

inline constexpr std::size_t kParameterSetBytesMax = 4'096;

// Errors (invalid): "avcc-version", "avcc-truncated", "avcc-empty" (no parameter sets),
// "avcc-value".
Result<DecoderConfig> parse_avcc(ByteView record);

// A record with 4-byte lengths. `config` has at least one SPS of four bytes or more.
Bytes write_avcc(const DecoderConfig& config);

// What a stream tells its readers; the first SPS describes the picture. Errors: those of parse_sps,
// and unsupported_media "video-format" for what browsers do not decode (not 4:2:0 with 8 bits).
Result<CodecConfig> describe(const DecoderConfig& config);

}  // namespace geili::media::h264
