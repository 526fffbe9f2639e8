#pragma once
// Bodies of FLV audio, video and script tags (Adobe, "Video File Format Specification" v10.1, annex
// E.4), as RTMP publishers send them: H.264 and AAC alone.

#include <string>

#include "base/bytes.hpp"
#include "media/unit.hpp"

namespace geili::media::flv {

// `config` is of h264 or aac.
std::string config_tag(const CodecConfig& config);
// A picture with 4-byte NAL lengths, or one raw AAC frame. pts - dts is rounded to milliseconds.
std::string unit_tag(const Unit& unit);
// "onMetaData" of what follows, as an RTMP data message carries it ("@setDataFrame"). Either may be
// null.
std::string metadata(const CodecConfig* video, const CodecConfig* audio);

}  // namespace geili::media::flv
