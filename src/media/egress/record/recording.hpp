#pragma once
// A recording as it is played: its sections one after another on one timeline without a hole.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "media/egress/record/section_index.hpp"

namespace geili::media::record {

struct Section {
  unsigned number = 0;        // from 1; a number may be missing
  std::int64_t start_us = 0;  // on the recording's timeline
  SectionIndex index;         // with at least one fragment
};

// Whole groups of pictures of one section.
struct ClipRange {
  unsigned section = 0;
  std::uint32_t init_bytes = 0;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::int64_t from_us = 0;  // on the recording's timeline
  std::int64_t to_us = 0;
  std::int64_t section_from_us = 0;  // the same as from_us, from the section's start
};

class Recording {
 public:
  const std::vector<Section>& sections() const { return sections_; }
  std::int64_t duration_us() const;
  std::uint64_t bytes() const;
  // UTC of the first frame and of the last one's end; there is a section.
  Instant started_at() const;
  Instant ended_at() const;

  // Without fragments it is left out.
  void add(unsigned number, SectionIndex index);
  // To the section that was added last, or a new one when it has another number.
  void grow(unsigned number, std::uint32_t init_bytes, const FragmentEntry& entry);

  // Where the moment `at` is shown. Moments before the first frame are at 0, those while nobody
  // published where the picture goes on, those after the end at the end.
  std::int64_t offset_us(Instant at) const;
  // The groups of pictures that hold `from_us` to `to_us`, 0 <= from_us < to_us. A range over
  // several sections gets those of the section that it has most of. Error: unprocessable
  // "clip-outside" when the recording ends before `to_us`.
  Result<ClipRange> clip_range(std::int64_t from_us, std::int64_t to_us) const;

 private:
  std::vector<Section> sections_;
};

// The VOD playlist (RFC 8216 section 4.3.3.5). Sections are named "<number>.mp4", relative to the
// playlist's own address.
std::string render_replay(const Recording& recording);
// The number in such a name.
std::optional<unsigned> parse_section_name(std::string_view name);

}  // namespace geili::media::record
