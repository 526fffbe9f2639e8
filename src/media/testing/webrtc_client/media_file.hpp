#pragma once
// What a publisher sends: units read from a file, or pictures without an encoder.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "media/unit.hpp"

namespace geili::media::testing {

// To be sent again and again. Units in decoding order, the first a key frame at 0; immutable.
struct Clip {
  std::vector<UnitPtr> units;
  std::int64_t duration_us = 0;
};
using ClipPtr = std::shared_ptr<const Clip>;

struct ClipOptions {
  unsigned width = 640;
  unsigned height = 360;
  unsigned fps = 30;
  unsigned video_kbps = 600;
  unsigned keyframe_every = 30;  // pictures
  unsigned seconds = 10;
  bool audio = true;  // Opus of 20 ms
  unsigned audio_kbps = 32;
};

// Encodes a test picture and a tone by ffmpeg (H.264 constrained baseline). Throws
// std::runtime_error.
ClipPtr make_clip(const ClipOptions& options = {});
// The H.264 and Opus of any file that libavformat reads. Throws std::runtime_error.
ClipPtr read_clip(const std::string& path);
// The same sizes and times at hardly any cost; its parameter sets are real, its pictures are not.
ClipPtr make_hollow_clip(const ClipOptions& options = {});

// A time carried within the picture, as a NAL unit that decoders read over (SEI). `unit` is of
// H.264.
UnitPtr stamped(const Unit& unit, Instant time);
// None in a unit without one.
std::optional<Instant> stamp_of(ByteView payload);

}  // namespace geili::media::testing
