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
#include "media/rtp/packet_store.hpp"
#include "media/unit.hpp"
#include "media/webrtc/viewer.hpp"

namespace geili::media::webrtc {

class FanOut final : public PacketSource {
 public:
  // `want_key` asks the publisher; it may be called often.
  explicit FanOut(std::function<void(Layer)> want_key);

  void on_unit(const Unit& unit, Instant now);

  // Packets of a viewer come once its transport is open; it begins with the last key frame that is
  // kept, or the next.
  void join(Viewer& viewer) { viewers_.push_back(&viewer); }
  void leave(Viewer& viewer);
  std::size_t viewers() const { return viewers_.size(); }
  // Units that cannot be sent as they are: "codec-not-in-rtp" and the other errors of packetize().
  std::uint64_t units_refused() const { return units_refused_; }

  const rtp::PacketStore& packets(Track track) const override { return stores_[index_of(track)]; }
  std::optional<std::int64_t> stream_us(Instant now) const override;
  void opened(Viewer& viewer, Instant now) override;
  void want_key_frame() override { want_key_(Layer::source); }

 private:
  // Whether the viewer's decoder takes what the stream is now.
  static bool fits(const Viewer& viewer, const CodecConfig& config);
  void check_picture(const Unit& unit);

  std::function<void(Layer)> want_key_;
  std::array<rtp::PacketStore, kTrackCount> stores_;
  std::vector<Viewer*> viewers_;
  CodecConfigPtr video_config_;
  std::optional<std::int64_t> captured_minus_stream_us_;
  std::uint64_t units_refused_ = 0;
};

}  // namespace geili::media::webrtc
