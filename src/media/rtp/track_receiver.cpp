#include "media/rtp/track_receiver.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "media/rtp/h264_depacketizer.hpp"
#include "media/rtp/opus_depacketizer.hpp"
#include "media/rtp/vp8_depacketizer.hpp"

namespace geili::media::rtp {
namespace {

// A question or its answer may be lost as well.
constexpr std::int64_t kRoundTripsOfPatience = 6;

}  // namespace

std::unique_ptr<Depacketizer> make_depacketizer(Codec codec) {
  switch (codec) {
    case Codec::h264:
      return std::make_unique<H264Depacketizer>();
    case Codec::vp8:
      return std::make_unique<Vp8Depacketizer>();
    case Codec::opus:
      return std::make_unique<OpusDepacketizer>();
    case Codec::aac:
      break;
  }
  return nullptr;
}

void TrackReceiver::received(const PacketView& packet, Way way, Instant now) {
  const Header& header = packet.header;
  const auto placed = sequences_.place(header.sequence);
  if (!placed) return;
  if (placed->restarted) nack_.restart(placed->sequence);
  if (way == Way::first) {
    statistics_.received(placed->sequence, placed->restarted, header.timestamp, now);
  }
  nack_.received(placed->sequence, now, way == Way::retransmitted);
  reorder_.push({placed->sequence, header.timestamp, header.marker,
                 Bytes(packet.payload.begin(), packet.payload.end())},
                now);
}

std::vector<std::uint16_t> TrackReceiver::nacks(Instant now, std::int64_t round_trip_us) {
  const std::int64_t patience_us =
      std::min(kRoundTripsOfPatience * round_trip_us, limits_.patience_us_max);
  nack_.set_give_up(std::max(limits_.nack.give_up_us, patience_us));
  reorder_.set_patience(std::max(limits_.reorder.patience_us, patience_us));
  return nack_.due(now, round_trip_us);
}

Result<void> TrackReceiver::take(Instant now, std::vector<SourceUnit>& out) {
  Result<void> result;
  const std::size_t before = out.size();
  while (auto next = reorder_.pop(now)) {
    if (std::holds_alternative<Gap>(*next)) {
      depacketizer_->gap();
      continue;
    }
    const OrderedPacket& packet = std::get<OrderedPacket>(*next);
    if (packet.payload.empty()) continue;
    const Fragment fragment{packet.timestamp, packet.marker,
                            clock_.time_us(track_, packet.timestamp, now, layer_), packet.payload};
    auto pushed = depacketizer_->push(fragment, out);
    if (!pushed && result) result = std::move(pushed);
  }
  for (std::size_t i = before; i < out.size(); ++i) out[i].layer = layer_;
  return result;
}

}  // namespace geili::media::rtp
