#include "media/egress/record/recording.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace geili::media::record {
namespace {

using std::chrono::microseconds;

// Several groups make one segment: a playlist of hours stays small.
constexpr std::int64_t kSegmentUsGoal = 5'500'000;

struct Segment {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::int64_t duration_us = 0;
};

// Each begins where decoding can begin, but for what follows a key frame that comes too late.
std::vector<Segment> segments_of(const SectionIndex& index) {
  std::vector<Segment> segments;
  for (const FragmentEntry& entry : index.fragments) {
    const bool begins =
        segments.empty() || (entry.independent &&
                             segments.back().duration_us + entry.duration_us / 2 >= kSegmentUsGoal);
    if (begins) segments.push_back({.offset = entry.offset});
    segments.back().length += entry.size;
    segments.back().duration_us += entry.duration_us;
  }
  return segments;
}

}  // namespace

std::int64_t Recording::duration_us() const {
  return sections_.empty() ? 0 : sections_.back().start_us + sections_.back().index.duration_us();
}

std::uint64_t Recording::bytes() const {
  std::uint64_t bytes = 0;
  for (const Section& section : sections_) bytes += section.index.bytes();
  return bytes;
}

Instant Recording::started_at() const {
  return sections_.front().index.fragments.front().captured;
}

Instant Recording::ended_at() const {
  const FragmentEntry& last = sections_.back().index.fragments.back();
  return last.captured + microseconds(last.duration_us);
}

void Recording::add(unsigned number, SectionIndex index) {
  if (index.fragments.empty()) return;
  sections_.push_back({number, duration_us(), std::move(index)});
}

void Recording::grow(unsigned number, std::uint32_t init_bytes, const FragmentEntry& entry) {
  if (sections_.empty() || sections_.back().number != number) {
    add(number, {.init_bytes = init_bytes, .fragments = {entry}});
  } else {
    sections_.back().index.fragments.push_back(entry);
  }
}

std::int64_t Recording::offset_us(Instant at) const {
  const Section* in = nullptr;
  const FragmentEntry* last = nullptr;
  for (const Section& section : sections_) {
    const auto& fragments = section.index.fragments;
    const auto next = std::ranges::upper_bound(fragments, at, {}, &FragmentEntry::captured);
    if (next == fragments.begin()) break;
    in = &section;
    last = &*std::prev(next);
  }
  if (last == nullptr) return 0;
  const std::int64_t into_us =
      std::clamp<std::int64_t>((at - last->captured).count(), 0, last->duration_us);
  return in->start_us + last->start_us + into_us;
}

Result<ClipRange> Recording::clip_range(std::int64_t from_us, std::int64_t to_us) const {
  if (to_us > duration_us()) {
    return fail(ErrorKind::unprocessable, "clip-outside", "The recording ends before the clip.");
  }
  const auto shared_us = [&](const Section& section) {
    return std::min(to_us, section.start_us + section.index.duration_us()) -
           std::max(from_us, section.start_us);
  };
  const Section& section = *std::ranges::max_element(sections_, {}, shared_us);
  const auto& fragments = section.index.fragments;
  auto first = fragments.begin();
  auto end = fragments.begin();
  for (auto it = fragments.begin(); it != fragments.end(); ++it) {
    const std::int64_t start_us = section.start_us + it->start_us;
    if (it->independent && start_us <= from_us) first = it;
    if (start_us < to_us) end = std::next(it);
  }
  ClipRange range{.section = section.number, .init_bytes = section.index.init_bytes};
  range.offset = first->offset;
  const FragmentEntry& last = *std::prev(end);
  range.length = last.offset + last.size - first->offset;
  range.from_us = section.start_us + first->start_us;
  range.to_us = section.start_us + last.end_us();
  range.section_from_us = first->start_us;
  return range;
}

std::string render_replay(const Recording& recording) {
  std::int64_t longest_us = 1'000'000;
  std::string list;
  auto out = std::back_inserter(list);
  for (const Section& section : recording.sections()) {
    const std::string name = fmt::format("{}.mp4", section.number);
    if (!list.empty()) list += "#EXT-X-DISCONTINUITY\n";
    fmt::format_to(out, "#EXT-X-MAP:URI=\"{}\",BYTERANGE=\"{}@0\"\n", name,
                   section.index.init_bytes);
    fmt::format_to(out, "#EXT-X-PROGRAM-DATE-TIME:{}\n",
                   to_rfc3339(section.index.fragments.front().captured));
    for (const Segment& segment : segments_of(section.index)) {
      longest_us = std::max(longest_us, segment.duration_us);
      fmt::format_to(out, "#EXTINF:{}.{:06},\n#EXT-X-BYTERANGE:{}@{}\n{}\n",
                     segment.duration_us / 1'000'000, segment.duration_us % 1'000'000,
                     segment.length, segment.offset, name);
    }
  }
  const std::int64_t target_s = (longest_us + 500'000) / 1'000'000;
  return fmt::format(
             "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:0\n"
             "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n",
             target_s) +
         list + "#EXT-X-ENDLIST\n";
}

std::optional<unsigned> parse_section_name(std::string_view name) {
  constexpr std::string_view kSuffix = ".mp4";
  if (!name.ends_with(kSuffix) || name.starts_with('0')) return std::nullopt;
  name.remove_suffix(kSuffix.size());
  unsigned number = 0;
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (fault != std::errc{} || end != name.data() + name.size() || number == 0) return std::nullopt;
  return number;
}

}  // namespace geili::media::record
