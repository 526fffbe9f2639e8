#pragma once
// Test support: real coded pictures, each with its number to be read in it, by libavcodec as an
// encoder somewhere else would make them.

#include <cstdint>
#include <optional>
#include <vector>

#include "media/unit.hpp"

struct AVFrame;

namespace geili::media::testing {

struct NumberedOptions {
  Codec codec = Codec::h264;  // h264 or vp8
  unsigned width = 320;
  unsigned height = 180;
  unsigned fps = 25;
  unsigned count = 50;
  unsigned keyframe_every = 25;
  unsigned b_frames = 0;
  unsigned first_number = 0;
  std::int64_t start_us = 0;  // pts of the first
};

// In decoding order. Throws std::runtime_error.
std::vector<UnitPtr> numbered_pictures(const NumberedOptions& options = {});

// Of a decoded picture of any size that was made of such a one; none when it cannot be read.
std::optional<unsigned> number_in(const AVFrame& picture);

struct SeenPicture {
  std::int64_t pts_us = 0;
  std::optional<unsigned> number;
  unsigned width = 0;
  unsigned height = 0;
};
// What a player shows of the units of one codec, whatever their configurations.
std::vector<SeenPicture> decode_all(const std::vector<UnitPtr>& units);

}  // namespace geili::media::testing
