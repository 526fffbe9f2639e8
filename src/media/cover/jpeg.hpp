#pragma once
// A still picture of a coded key frame, by libavcodec and libswscale.

#include <string>

#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media {

// `key_frame` is of h264 or vp8. The picture is at most `width_max` wide and keeps its proportions.
// Blocks for some tens of milliseconds; thread-safe. Errors: unprocessable "cover-decode",
// "cover-encode".
Result<std::string> key_frame_to_jpeg(const Unit& key_frame, unsigned width_max);

}  // namespace geili::media
