#pragma once
// From the audio and video messages of one FLV publication to units: keeps the decoder
// configurations and unwraps the 32-bit millisecond timestamps.

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/h264/avcc.hpp"
#include "media/unit.hpp"

namespace geili::media::flv {

// Single-threaded; one for each publication.
class FlvUnits {
 public:
  // None for messages that carry no access unit, and for frames before their configuration. Errors:
  // those of flv_tag, avcc, sps, nal and audio_specific_config.
  Result<std::optional<SourceUnit>> video(ByteView tag, std::uint32_t timestamp_ms);
  Result<std::optional<SourceUnit>> audio(ByteView tag, std::uint32_t timestamp_ms);

 private:
  Result<void> use(h264::DecoderConfig config);
  Result<void> use_audio_config(Codec codec, ByteView record);
  // The length of Opus packets is known from the packets alone.
  Result<void> fit_opus(ByteView packet);
  Result<std::optional<SourceUnit>> frame(ByteView body, bool flagged_key,
                                          std::int32_t composition_ms, std::int64_t dts_us);
  std::int64_t unwrap_us(std::uint32_t timestamp_ms);

  std::optional<h264::DecoderConfig> h264_;
  CodecConfigPtr video_config_;
  CodecConfigPtr audio_config_;
  unsigned opus_channels_ = 0;  // 0 until there is a header
  std::optional<std::uint32_t> last_ms_;
  std::int64_t unwrapped_ms_ = 0;
};

}  // namespace geili::media::flv
