#pragma once
// A still picture of a coded key frame, by libavcodec and libswscale.

#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media {

// `access_unit` is a key frame with 4-byte NAL lengths. The picture is at most `width_max` wide and
// keeps its proportions. Blocks for some tens of milliseconds; thread-safe. Errors: unprocessable
// "cover-decode", "cover-encode".
Result<std::string> key_frame_to_jpeg(const CodecConfig& config, ByteView access_unit,
                                      unsigned width_max);

}  // namespace geili::media
