#include "media/rtp/reorder_buffer.hpp"

#include <utility>

namespace geili::media::rtp {

void ReorderBuffer::push(OrderedPacket packet, Instant now) {
  const std::int64_t sequence = packet.sequence;
  if (next_ && sequence < *next_) {
    ++late_;
    return;
  }
  if (!next_ && held_.empty()) begun_ = now;
  const auto behind = held_.lower_bound(sequence);
  if (behind != held_.end() && behind->first == sequence) {
    ++duplicates_;
    return;
  }
  const Instant gap_seen = behind == held_.end() ? now : behind->second.gap_seen;
  held_.emplace_hint(behind, sequence, Held{std::move(packet), gap_seen});
}

std::optional<Instant> ReorderBuffer::deadline() const {
  if (held_.empty() || (next_ && held_.begin()->first == *next_)) return std::nullopt;
  if (!next_) return begun_ + std::chrono::microseconds(limits_.settle_us);
  return held_.begin()->second.gap_seen + std::chrono::microseconds(limits_.patience_us);
}

std::optional<std::variant<OrderedPacket, Gap>> ReorderBuffer::pop(Instant now) {
  if (held_.empty()) return std::nullopt;
  const auto waits_until = deadline();
  if (waits_until && now < *waits_until && held_.size() < limits_.packets_max) return std::nullopt;
  const auto front = held_.begin();
  if (!next_) next_ = front->first;
  if (front->first != *next_) {
    const Gap gap{*next_, front->first - *next_};
    next_ = front->first;
    return gap;
  }
  OrderedPacket packet = std::move(front->second.packet);
  held_.erase(front);
  ++*next_;
  return packet;
}

}  // namespace geili::media::rtp
