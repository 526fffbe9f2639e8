#include "media/rtp/track_receiver.hpp"

#include <utility>
#include <variant>

#include "media/rtp/h264_depacketizer.hpp"
#include "media/rtp/opus_depacketizer.hpp"
#include "media/rtp/vp8_depacketizer.hpp"

namespace geili::media::rtp {

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
  nack_.received(placed->sequence, now);
  reorder_.push({placed->sequence, header.timestamp, header.marker,
                 Bytes(packet.payload.begin(), packet.payload.end())},
                now);
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
