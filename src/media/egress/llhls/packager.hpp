#pragma once
// Turns the items of one stream into the segments and parts of one window: waits until it is clear
// which tracks there are, writes init segments and fragments, and begins anew when a configuration
// changes.

#include <array>
#include <cstdint>
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

// Single-threaded.
class Packager {
 public:
  explicit Packager(std::uint64_t first_number) : window_(first_number) {}

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
  void begin(const Beginning& beginning);
  void push(const UnitPtr& unit);
  void pause(const Pause& pause);
  void close(std::int64_t end_us);
  void store(std::vector<CutPart> parts);

  Window window_;
  TrackSettler settler_;
  std::array<CodecConfigPtr, kTrackCount> configs_;
  std::array<CodecConfigPtr, kTrackCount> refused_;
  std::optional<Error> refusal_;
  std::optional<PartCutter> cutter_;
  std::string init_;
  std::uint32_t fragments_ = 0;
  std::int64_t segment_us_max_ = kTargetSMax * 1'000'000;
};

}  // namespace geili::media::llhls
