#include "media/rtp/packet_store.hpp"

#include <algorithm>
#include <utility>

#include "media/ticks.hpp"

namespace geili::media::rtp {

std::uint32_t PacketStore::timestamp_of(std::int64_t stream_us) const {
  return timestamp_offset_ + static_cast<std::uint32_t>(ticks_of(stream_us, rate_hz_));
}

Result<SharedPacketsPtr> PacketStore::add(const Unit& unit, Instant now) {
  auto payloads = packetize(unit);
  if (!payloads) return fail_as(payloads);
  auto packets = std::make_shared<SharedPackets>();
  packets->first_sequence = next_sequence_;
  packets->timestamp = timestamp_of(unit.pts_us);
  packets->is_video = unit.track == Track::video;
  packets->keyframe = unit.keyframe;
  packets->added = now;
  packets->payloads = std::move(*payloads);
  next_sequence_ = packets->end_sequence();
  if (packets->is_video && packets->keyframe) key_sequence_ = packets->first_sequence;
  kept_.push_back(packets);
  trim(now);
  return SharedPacketsPtr(std::move(packets));
}

void PacketStore::trim(Instant now) {
  while (kept_.size() > 1) {
    const SharedPackets& oldest = *kept_.front();
    const bool is_old = (now - oldest.added).count() > limits_.keep_us;
    const bool in_group = key_sequence_ && oldest.first_sequence >= *key_sequence_;
    const bool is_full = next_sequence_ - oldest.first_sequence > limits_.packets_max;
    if (!is_full && (!is_old || in_group)) return;
    kept_.pop_front();
  }
}

std::optional<PacketRef> PacketStore::find(std::uint16_t sequence) const {
  if (kept_.empty()) return std::nullopt;
  // The newest packet of that number.
  const auto back = static_cast<std::uint16_t>(next_sequence_ - 1 - sequence);
  const std::int64_t wanted = next_sequence_ - 1 - back;
  const auto behind = std::ranges::upper_bound(
      kept_, wanted, {}, [](const SharedPacketsPtr& packets) { return packets->first_sequence; });
  if (behind == kept_.begin()) return std::nullopt;
  const SharedPacketsPtr& packets = *std::prev(behind);
  return PacketRef{packets, static_cast<std::size_t>(wanted - packets->first_sequence)};
}

std::vector<SharedPacketsPtr> PacketStore::since_key() const {
  if (!key_sequence_) return {};
  const auto key = std::ranges::lower_bound(
      kept_, *key_sequence_, {},
      [](const SharedPacketsPtr& packets) { return packets->first_sequence; });
  if (key == kept_.end() || (*key)->first_sequence != *key_sequence_) return {};
  return {key, kept_.end()};
}

}  // namespace geili::media::rtp
