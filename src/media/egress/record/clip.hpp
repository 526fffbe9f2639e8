#pragma once
// Makes a clip: a progressive MP4 with its index in front, so that every player and messenger takes
// it. Nothing is re-encoded.

#include <string>

#include "base/result.hpp"
#include "media/egress/record/recording.hpp"

namespace geili::media::record {

// Reads the range of `section_path` and writes `path`, which appears when it is whole. Takes about
// as long as copying the bytes twice. Error: unavailable "clip-failed".
Result<void> make_clip(const std::string& section_path, const ClipRange& range,
                       const std::string& path);

}  // namespace geili::media::record
