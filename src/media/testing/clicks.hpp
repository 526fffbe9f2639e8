#pragma once
// Test support: sound with a short beep in each second, coded by libavcodec, and when a player
// would hear the beeps.

#include <cstdint>
#include <vector>

#include "media/unit.hpp"

namespace geili::media::testing {

// `seconds` of sound on the stream's timeline from `start_us` on: 5 ms of a tone begin half a
// second after each full one. What the encoder puts before the first sample has been left out for
// AAC, whose frames stand at their own times; Opus comes 6.5 ms late, as from a browser.
std::vector<UnitPtr> clicks(Codec codec, unsigned rate_hz, unsigned channels, std::int64_t start_us,
                            int seconds);

// When the beeps in these begin, on the stream's timeline.
std::vector<std::int64_t> click_times_us(const std::vector<UnitPtr>& units);

}  // namespace geili::media::testing
