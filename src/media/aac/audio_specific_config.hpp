#pragma once
// AAC's AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1) and frames of silence.

#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::aac {

struct AudioSpecificConfig {
  unsigned object_type =
      0;  // 2 AAC-LC, 5 with spectral band replication, 29 with parametric stereo
  unsigned sample_rate_hz = 0;     // of the coded frames
  unsigned extension_rate_hz = 0;  // of the output with spectral band replication; else 0
  unsigned channels = 0;           // 1 to 8
  unsigned samples_per_frame = 1024;
};

// Errors: invalid "asc-truncated", "asc-value"; unsupported_media "audio-format" for other object
// types and for channel layouts in a program config element.
Result<AudioSpecificConfig> parse_audio_specific_config(ByteView config);

// What a stream tells its readers. Errors: those of parse_audio_specific_config.
Result<CodecConfig> describe(ByteView config);

// One frame of silence; none for layouts other than mono and stereo.
std::optional<Bytes> silent_frame(unsigned channels);

}  // namespace geili::media::aac
