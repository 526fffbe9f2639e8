#pragma once
// One fragment of a section as it lies in the file: a prft box, which carries the UTC time (ISO/IEC
// 14496-12 section 8.16.5), then moof and mdat.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/egress/record/fragment_cutter.hpp"
#include "media/egress/record/section_index.hpp"
#include "media/fmp4/fragment.hpp"

namespace geili::media::record {

// NTP's 64 bits: seconds since 1900 and a binary fraction (RFC 5905 section 6). There and back is
// exact to the microsecond until 2036.
std::uint64_t ntp_of(Instant instant);
Instant instant_of(std::uint64_t ntp);

// Where a track's run lies, in ticks of its clock.
struct RunSpan {
  std::int64_t dts = 0;
  std::int64_t duration = 0;
  bool begins_with_key = false;
};
// Fills in the times and `independent` of an entry: those of the picture, or of the sound where
// there is no picture. Either span may be null, not both.
void place(FragmentEntry& entry, const RunSpan* video, const RunSpan* audio,
           std::uint32_t audio_rate_hz, bool section_has_video);

struct FragmentBytes {
  std::string bytes;
  FragmentEntry entry;  // but for its offset
};
// `base_us` is the stream's time at the section's start, at or before the fragment's; `sequence`
// counts from 1.
FragmentBytes write_fragment_bytes(const CutFragment& fragment, std::int64_t base_us,
                                   std::uint32_t sequence);

}  // namespace geili::media::record
