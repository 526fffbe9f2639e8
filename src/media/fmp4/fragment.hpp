#pragma once
// One CMAF chunk: a moof box with a run for each track, and its mdat (ISO/IEC 14496-12
// section 8.8).

#include <cstdint>
#include <string>
#include <vector>

#include "media/unit.hpp"

namespace geili::media::fmp4 {

// Times are ticks of the track's timescale.
struct Sample {
  UnitPtr unit;
  std::uint32_t duration = 0;
  std::int32_t composition = 0;  // pts - dts
};

struct Run {
  std::int64_t dts = 0;  // of the first sample; the others follow without a hole
  std::vector<Sample> samples;
};

// Writes video and audio runs that have samples; at least one has. `sequence` counts the fragments
// of a presentation from 1.
std::string write_fragment(std::uint32_t sequence, const Run& video, const Run& audio);

}  // namespace geili::media::fmp4
