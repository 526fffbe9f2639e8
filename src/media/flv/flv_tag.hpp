#pragma once
// Bodies of FLV audio and video tags (Adobe, "Video File Format Specification" v10.1, annex E.4),
// which RTMP carries as message types 8 and 9, and their extended form ("Enhanced RTMP" v2). H.264,
// AAC and Opus are taken; every other codec is refused by name.

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::flv {

struct VideoTag {
  enum class Kind : std::uint8_t {
    config,  // body is an AVCDecoderConfigurationRecord
    frame,   // body is NAL units with the configured length size
    end_of_sequence,
    ignored,  // a seek marker of on-demand servers, metadata
  };
  Kind kind = Kind::ignored;
  bool keyframe = false;
  std::int32_t composition_ms = 0;  // pts - dts
  ByteView body;                    // within the bytes given
};

struct AudioTag {
  enum class Kind : std::uint8_t {
    config,   // body is an AudioSpecificConfig, or Opus's identification header
    frame,    // body is one raw AAC frame, or one Opus packet
    ignored,  // an end, a channel layout
  };
  Kind kind = Kind::frame;
  Codec codec = Codec::aac;
  ByteView body;
};

// Errors: invalid "flv-truncated", "flv-packet-type"; unsupported_media "video-codec" or
// "audio-codec", whose detail names the codec, Enhanced RTMP's fourCC included.
Result<VideoTag> parse_video_tag(ByteView tag);
Result<AudioTag> parse_audio_tag(ByteView tag);

}  // namespace geili::media::flv
