#pragma once
// The window of the lower picture: segments and parts have the numbers, the times and the
// discontinuities of the window that it follows, so that players may change between the two at any
// of them (RFC 8216bis section 6.2.4).

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "media/egress/llhls/packager.hpp"
#include "media/egress/llhls/part_samples.hpp"
#include "media/egress/llhls/window.hpp"
#include "media/stream_item.hpp"

namespace geili::media::llhls {

// Single-threaded.
class LowPackager {
 public:
  // Begins in the segment of `source` that is under way, as far back as there are pictures.
  // `source` outlives it.
  explicit LowPackager(const Packager& source);

  // Items of a reader of the low layer in h264.
  void take(const StreamItem& item);
  // What `source` tells by on_cut().
  void follow(const Cut& cut);
  // To be called after either has gone on.
  void advance();

  // Null before the first picture.
  const Window* window() const { return window_ ? &*window_ : nullptr; }
  const CodecConfigPtr& config() const { return config_; }

 private:
  bool has_paused() const { return paused_us_ && source_.paused_us() >= *paused_us_; }
  void begin();
  bool is_ready(const Cut& cut) const;
  void open_segment(const Cut& cut);
  void add(const Cut& cut);
  void leave_out_strangers(CutPart& part) const;
  void resume();

  const Packager& source_;
  std::deque<Cut> cuts_;  // that have still to be made here
  PartSamples samples_{true, 0};
  std::optional<std::int64_t> paused_us_;  // until the source has come there, too
  std::deque<StreamItem> held_;            // from behind that pause
  std::optional<Window> window_;
  CodecConfigPtr config_;  // of the pictures in the segment under way
  std::string init_;
  std::uint32_t fragments_ = 0;
};

}  // namespace geili::media::llhls
