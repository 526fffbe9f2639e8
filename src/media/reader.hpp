#pragma once
// Who reads a stream, and what of it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "media/stream_item.hpp"

namespace geili::media {

// What the picture has to be like.
enum class Picture : std::uint8_t {
  as_sent,
  h264,      // as fragmented MP4 carries it here
  in_order,  // shown in the order in which it comes, as WebRTC carries it
};

// What a reader gets of the lower picture, besides the one it reads.
enum class LowPicture : std::uint8_t {
  none,
  if_sent,  // that of a publisher who sends two
  made,     // also one that has to be made for it, where the host allows that
};

// The forms a reader can take. What the stream carries in another one is transcoded, once for all
// readers, from the first that needs it to the last.
struct Wanted {
  std::optional<Codec> audio;  // aac or opus; none: as it was sent
  Picture picture = Picture::as_sent;
  // Pictures come in order with the sound. Of the low layer only h264 can be had.
  Layer layer = Layer::source;
  LowPicture low = LowPicture::none;
  bool slate = true;     // what is shown and heard while nobody publishes
  bool watched = false;  // somebody looks at it now: a slate is worth showing
};

// A bounded ring. When it is full the video in it is given up until the next key frame of each
// layer, and counted.
class Reader {
 public:
  Reader(std::size_t units_max, std::function<void()> wake, const Wanted& wanted)
      : units_max_(units_max), wake_(std::move(wake)), wanted_(wanted) {}

  // Oldest first; none when the ring is empty.
  std::optional<StreamItem> pop();
  // Units that did not fit.
  std::uint64_t dropped() const { return dropped_; }
  // From the stream's next unit on.
  void want_low(LowPicture low) { wanted_.low = low; }
  void set_watched(bool watched) { wanted_.watched = watched; }
  const Wanted& wanted() const { return wanted_; }

  // For the stream. `wake` is called after each item that came in.
  void push(const StreamItem& item);

 private:
  std::size_t units_max_;
  std::function<void()> wake_;
  Wanted wanted_;
  std::deque<StreamItem> ring_;
  std::uint64_t dropped_ = 0;
  std::array<bool, kLayerCount> waits_for_key_{};
};

}  // namespace geili::media
