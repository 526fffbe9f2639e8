#pragma once
// The Opus packet as far as a server must know it (RFC 6716 section 3).

#include <optional>

#include "base/bytes.hpp"
#include "media/unit.hpp"

namespace geili::media::opus {

inline constexpr unsigned kSampleRateHz = 48'000;  // of all clocks, whatever was recorded
inline constexpr unsigned kSamplesMax = 5'760;     // 120 ms, the longest packet

// How many samples the packet lasts; none when it is not an Opus packet.
std::optional<unsigned> samples_of(ByteView packet);

// What a stream tells its readers. `channels` 1 or 2: what a decoder is to give.
CodecConfig describe(unsigned channels, unsigned samples_per_packet);

// A packet of silence of that length; none when no packet has it. Multiples of 20 ms up to 120 ms,
// and 10, 5 and 2.5 ms.
std::optional<Bytes> silent_packet(unsigned channels, unsigned samples);

}  // namespace geili::media::opus
