#pragma once
// The initialisation segment of a CMAF presentation (ISO/IEC 23000-19): ftyp and moov, no samples.

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::fmp4 {

inline constexpr std::uint32_t kVideoTrackId = 1;
inline constexpr std::uint32_t kAudioTrackId = 2;
inline constexpr std::uint32_t kVideoTimescale = 90'000;  // audio: its sample rate

// Whether these segments and fragments can carry the codec. Errors: unsupported_media
// "codec-not-in-mp4".
Result<void> check_codec(const CodecConfig& config);

// Either may be null, not both; both pass check_codec().
std::string write_init_segment(const CodecConfig* video, const CodecConfig* audio);

}  // namespace geili::media::fmp4
