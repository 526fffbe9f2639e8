#pragma once
// One show on one thread: each unit is made into packets once, and every viewer is sent those.
// Single-threaded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "media/rate_meter.hpp"
#include "media/rtp/packet_store.hpp"
#include "media/unit.hpp"
#include "media/webrtc/sound_joiner.hpp"
#include "media/webrtc/viewer.hpp"

namespace geili::media::webrtc {

class FanOut final : public PacketSource {
 public:
  // `want_key` asks the publisher; it may be called often. From `viewers_to_join_sound` viewers on
  // sound waits for a picture.
  FanOut(std::function<void(Layer)> want_key, std::size_t viewers_to_join_sound);

  void on_unit(const Unit& unit, Instant now);
  // To be called every 10 ms or so.
  void on_timer(Instant now);

  // A lower picture comes when one is wanted, though the publisher sends none.
  void set_can_make_low(bool can) { can_make_low_ = can; }
  // Whether a viewer is to get it; to be asked some times a second.
  bool wants_low(Instant now);

  // Packets of a viewer come once its transport is open; it begins with the last key frame that is
  // kept, or the next.
  void join(Viewer& viewer);
  void leave(Viewer& viewer);
  std::size_t viewers() const { return viewers_.size(); }
  // Units that cannot be sent as they are: "codec-not-in-rtp" and the other errors of packetize().
  std::uint64_t units_refused() const { return units_refused_; }

  const rtp::PacketStore& packets(Track track, Layer layer) const override;
  std::optional<std::int64_t> stream_us(Instant now) const override;
  LayerConditions layers(Instant now) const override;
  void opened(Viewer& viewer, Instant now) override;
  void want_key_frame(Layer layer) override { want_key_(layer); }

 private:
  struct Picture {  // one layer
    rtp::PacketStore store;
    RateMeter bytes;
    CodecConfigPtr config;
    Instant came;
  };
  void on_picture(const Unit& unit, Instant now);
  void on_sound(const Unit& unit, Instant now);
  // The sound that waits, as packets of its track; null when there is none.
  rtp::SharedPacketsPtr take_sound(Instant now);
  void send_sound(Instant now);
  // Whether the viewer's decoder takes such a picture.
  static bool fits(const Viewer& viewer, const CodecConfig& config);
  bool is_sent(const Viewer& viewer, const Unit& unit) const;
  bool has_low(Instant now) const;
  void check_source(const Unit& unit);
  void check_low(const CodecConfigPtr& config);

  std::function<void(Layer)> want_key_;
  const std::size_t viewers_to_join_sound_;
  std::array<Picture, kLayerCount> pictures_;
  rtp::PacketStore sounds_;
  SoundJoiner joiner_;
  std::vector<Viewer*> viewers_;
  bool can_make_low_ = false;
  std::optional<Instant> low_wanted_since_;
  std::optional<std::int64_t> captured_minus_stream_us_;
  std::uint64_t units_refused_ = 0;
};

}  // namespace geili::media::webrtc
