#pragma once
// Turns the items of one stream into the segments and parts of one window: waits until it is clear
// which tracks there are, writes init segments and fragments, and begins anew when a configuration
// changes.

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/egress/llhls/part_cutter.hpp"
#include "media/egress/llhls/window.hpp"
#include "media/stream.hpp"
#include "media/track_settler.hpp"
#include "media/unit.hpp"

namespace geili::media::llhls {

// Where a part of the window begins and ends on the stream's timeline.
struct Cut {
  PartNumber number;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
  std::int64_t sound_end_us = 0;  // later sound was not there yet, and is in the next part
  bool ends_segment = false;
  bool discontinuity = false;  // the part begins a segment that is told to be one
};

// Single-threaded.
class Packager {
 public:
  explicit Packager(std::uint64_t first_number, std::uint64_t discontinuity_sequence = 0)
      : window_(first_number, discontinuity_sequence) {}

  // Called after each part was added; a window that follows this one is cut in the same places.
  void on_cut(std::function<void(const Cut&)> told) { on_cut_ = std::move(told); }
  // Of the segment that is under way and the one before it.
  const std::deque<Cut>& recent_cuts() const { return recent_cuts_; }
  // Where the stream was when it paused last.
  std::int64_t paused_us() const { return paused_us_; }

  // Units that fMP4 does not carry are passed over.
  void take(const StreamItem& item);
  const Window& window() const { return window_; }
  // Of the segments that are made now; null without such a track.
  const CodecConfigPtr& config(Track track) const { return configs_[index_of(track)]; }
  // The last error of fmp4::check_codec; none while everything could be carried.
  const std::optional<Error>& refusal() const { return refusal_; }

 private:
  bool is_refused(const Unit& unit);
  void settle(const UnitPtr& unit);
  void finish(const Beginning& beginning);
  void begin(const Beginning& beginning);
  void push(const UnitPtr& unit);
  void pause(const Pause& pause);
  void close(std::int64_t end_us);
  void store(std::vector<CutPart> parts);
  void note(const CutPart& cut);

  Window window_;
  TrackSettler settler_;
  std::array<CodecConfigPtr, kTrackCount> configs_;
  std::array<CodecConfigPtr, kTrackCount> refused_;
  std::optional<Error> refusal_;
  std::optional<PartCutter> cutter_;
  std::function<void(const Cut&)> on_cut_;
  std::deque<Cut> recent_cuts_;
  std::int64_t paused_us_ = INT64_MIN;
  std::int64_t sound_end_us_ = INT64_MIN;
  std::string init_;
  std::uint32_t fragments_ = 0;
  std::int64_t segment_us_max_ = kTargetSMax * 1'000'000;
};

}  // namespace geili::media::llhls
