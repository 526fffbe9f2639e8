#include "media/testing/hls_follower.hpp"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "media/testing/mp4_fragments.hpp"

namespace geili::media::testing {
namespace {

constexpr double kRoundingS = 0.00002;
constexpr std::uint32_t kVideo = 1;
constexpr std::uint32_t kAudio = 2;

const ListedSegment* find(const HlsPlaylist& list, std::uint64_t number) {
  for (const ListedSegment& segment : list.segments) {
    if (segment.number == number) return &segment;
  }
  return nullptr;
}

}  // namespace

bool HlsFollower::begin(std::chrono::seconds patience) {
  const Instant end = clock_.now() + patience;
  while (!HlsPlaylist::parse(fetch_(name_, ""))) {
    if (clock_.now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return reload();
}

bool HlsFollower::reload() {
  std::string query;
  std::uint64_t number = 0;
  std::size_t part = 0;
  if (has_list_) {
    if (list_.ended) return false;
    const ListedSegment& last = list_.segments.back();
    const bool open = last.uri.empty();
    number = open ? last.number : last.number + 1;
    part = open ? last.parts.size() : 0;
    query = fmt::format("_HLS_msn={}&_HLS_part={}&_HLS_skip=YES", number, part);
  }
  const std::string text = fetch_(name_, query);
  auto next = HlsPlaylist::parse(text);
  if (!next) {
    fault("no playlist for " + query + ": " + text.substr(0, 40));
    return false;
  }
  ++reloads_;
  const std::string hint = list_.hint;
  const bool merged = merge(std::move(*next));
  if (!merged) return false;
  if (const ListedSegment* asked = find(list_, number);
      asked != nullptr && part < asked->parts.size()) {
    if (asked->parts[part].uri != hint)
      fault("the hint named another part than " + asked->parts[part].uri);
  }
  for (const ListedSegment& segment : list_.segments) {
    play(segment);
    check_parts(segment);
    if (!segment.uri.empty() && checked_.insert(segment.number).second) check_segment(segment);
  }
  return true;
}

// Puts the segments that a delta update left out back in.
bool HlsFollower::merge(HlsPlaylist next) {
  check_list(next);
  std::vector<ListedSegment> whole;
  for (std::size_t i = 0; i < next.skipped; ++i) {
    const ListedSegment* known = find(list_, next.media_sequence + i);
    if (known == nullptr) {
      fault("a delta update skips what the player does not have");
      return false;
    }
    whole.push_back(*known);
  }
  std::string map = whole.empty() ? "" : whole.back().map;
  for (ListedSegment& segment : next.segments) {
    if (segment.map.empty()) segment.map = map;
    map = segment.map;
    if (const ListedSegment* known = find(list_, segment.number)) {
      if (!known->uri.empty() && (known->uri != segment.uri || known->map != segment.map ||
                                  known->duration_s != segment.duration_s)) {
        fault("segment " + known->uri + " was changed");
      }
    }
    whole.push_back(std::move(segment));
  }
  next.segments = std::move(whole);
  list_ = std::move(next);
  has_list_ = true;
  return !list_.segments.empty();
}

void HlsFollower::check_list(const HlsPlaylist& next) {
  if (!next.can_block_reload) fault("CAN-BLOCK-RELOAD is missing");
  if (next.part_hold_back_s < 3 * next.part_target_s) fault("PART-HOLD-BACK is below three parts");
  if (next.can_skip_until_s < 6 * next.target_s) fault("CAN-SKIP-UNTIL is below six targets");
  if (next.ended != next.hint.empty()) fault("hint and end do not go together");
  if (!has_list_) return;
  if (next.target_s != list_.target_s) fault("TARGETDURATION changed");
  if (next.part_target_s != list_.part_target_s) fault("PART-TARGET changed");
  if (next.media_sequence < list_.media_sequence) fault("MEDIA-SEQUENCE went back");
  if (next.discontinuity_sequence < list_.discontinuity_sequence)
    fault("DISCONTINUITY-SEQUENCE went back");
}

void HlsFollower::check_parts(const ListedSegment& segment) {
  for (std::size_t i = 0; i < segment.parts.size(); ++i) {
    const ListedPart& part = segment.parts[i];
    if (part.duration_s > list_.part_target_s + kRoundingS) fault(part.uri + " is too long");
    const bool may_be_short =
        part.independent || part.gap || (!segment.uri.empty() && i + 1 == segment.parts.size());
    const bool last_known = segment.uri.empty() && i + 1 == segment.parts.size();
    if (!may_be_short && !last_known && part.duration_s < 0.85 * list_.part_target_s - kRoundingS) {
      fault(fmt::format("{} is too short: {}", part.uri, part.duration_s));
    }
  }
}

void HlsFollower::check_segment(const ListedSegment& segment) {
  if (std::lround(segment.duration_s) > list_.target_s) fault(segment.uri + " exceeds the target");
  if (segment.parts.empty()) return;
  double sum_s = 0;
  std::string joined;
  for (const ListedPart& part : segment.parts) {
    sum_s += part.duration_s;
    joined += played_[part.uri];
  }
  if (std::abs(sum_s - segment.duration_s) > 0.001)
    fault(segment.uri + " lasts not as long as its parts");
  if (fetch_(segment.uri, "") != joined) fault(segment.uri + " is not its parts put together");
}

void HlsFollower::play(const ListedSegment& segment) {
  if (segment.discontinuity && !segment.parts.empty() && !played_.contains(segment.parts[0].uri)) {
    if (const auto sound = ends_.find(kAudio); sound != ends_.end()) sound_before_ = sound->second;
    ends_.clear();
  }
  double end_s = 0;
  for (const ListedPart& part : segment.parts) {
    end_s += part.duration_s;
    if (part.gap || played_.contains(part.uri)) continue;
    if (map_ != segment.map) {
      map_ = segment.map;
      media_ += fetch_(map_, "");
    }
    const std::string body = fetch_(part.uri, "");
    if (const auto begun = parse_rfc3339(segment.date_time); begun && reloads_ > 1) {
      const double age_us = static_cast<double>((clock_.now() - *begun).count());
      delays_ms_.push_back(age_us / 1e3 - end_s * 1e3);
    }
    played_[part.uri] = body;
    media_ += body;
    check_media(part, body);
  }
}

void HlsFollower::check_media(const ListedPart& part, const std::string& body) {
  const auto fragments = read_fragments(body);
  if (fragments.empty()) fault(part.uri + " is no fragment: " + body.substr(0, 40));
  for (const TrackFragment& fragment : fragments) {
    const auto end = ends_.find(fragment.track);
    if (end != ends_.end() && end->second != fragment.dts) {
      fault(fmt::format("{}: track {} goes on at {} instead of {}", part.uri, fragment.track,
                        fragment.dts, end->second));
    }
    if (fragment.track == kAudio) check_sound(part, fragment.dts);
    ends_[fragment.track] = fragment.dts + fragment.duration;
    if (fragment.track == kVideo && part.independent != fragment.has_sync) {
      fault(part.uri + " says wrongly whether it is independent");
    }
  }
}

// The stream's time goes on over a discontinuity. A browser that misses a frame of sound there may
// pass over all pictures up to the next key frame.
void HlsFollower::check_sound(const ListedPart& part, std::int64_t dts) {
  constexpr std::int64_t kOtherRate = 40'000;  // so far away another timescale counts
  const auto before = std::exchange(sound_before_, std::nullopt);
  if (before && dts > *before && dts < *before + kOtherRate) {
    fault(fmt::format("{}: {} of sound are lost before it", part.uri, dts - *before));
  }
}

}  // namespace geili::media::testing
