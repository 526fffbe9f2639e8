#include "media/testing/impairment/line.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::testing {
namespace {

constexpr double kWhole = 1'000;  // permille
// What may leave at once after a silence: the depth of the token bucket.
constexpr std::size_t kBucketBytes = 3'000;

}  // namespace

double Line::draw_one() {
  // Not of std::uniform_real_distribution, whose numbers are each library's own.
  constexpr int kBits = 53;
  return static_cast<double>(random_() >> (64 - kBits)) /
         static_cast<double>(std::uint64_t{1} << kBits);
}

Line::Chance Line::draw() {
  Chance chance{};
  chance.loss = draw_one();
  chance.duplicate = draw_one();
  chance.jitter = draw_one();
  return chance;
}

bool Line::loses(double chance) {
  const double share = settings_.loss_permille / kWhole;
  if (settings_.burst_packets <= 1 || share <= 0 || share >= 1) return chance < share;
  const double ends = 1.0 / settings_.burst_packets;
  const double begins = std::min(1.0, ends * share / (1 - share));
  is_bad_ = is_bad_ ? chance >= ends : chance < begins;
  return is_bad_;
}

std::int64_t Line::cost_us(std::size_t bytes) const {
  return static_cast<std::int64_t>(bytes) * 8'000 / settings_.rate_kbps;
}

std::int64_t Line::queued_us(Instant now) const {
  return std::max<std::int64_t>(0, (busy_until_ - now).count());
}

Instant Line::leaves(std::size_t bytes, Instant now) {
  if (settings_.rate_kbps == 0) return now;
  const std::chrono::microseconds bucket(cost_us(kBucketBytes));
  busy_until_ = std::max(busy_until_, now - bucket) + std::chrono::microseconds(cost_us(bytes));
  return std::max(busy_until_, now);
}

Instant Line::arrives(std::size_t bytes, double jitter, Instant now) {
  const auto extra_us = static_cast<std::int64_t>(jitter * settings_.jitter_ms * 1'000);
  return leaves(bytes, now) + std::chrono::milliseconds(settings_.delay_ms) +
         std::chrono::microseconds(extra_us);
}

bool Line::is_full(Instant now) const {
  if (under_way_.size() >= kParcelsMax) return true;
  return settings_.rate_kbps != 0 && queued_us(now) >= cost_us(settings_.queue_bytes);
}

void Line::send(Parcel datagram, Instant now) {
  const Chance chance = draw();
  ++figures_.packets;
  figures_.bytes += datagram.bytes.size();
  if (is_cut_) {
    ++figures_.cut_dropped;
    return;
  }
  if (loses(chance.loss)) {
    ++figures_.lost;
    return;
  }
  const bool fits = settings_.rate_kbps == 0 || queued_us(now) + cost_us(datagram.bytes.size()) <=
                                                    cost_us(settings_.queue_bytes);
  if (!fits || under_way_.size() >= kParcelsMax) {
    ++figures_.queue_dropped;
    return;
  }
  Instant due = arrives(datagram.bytes.size(), chance.jitter, now);
  if (!settings_.reorder) due = std::max(due, last_due_);
  last_due_ = std::max(due, last_due_);
  if (chance.duplicate < settings_.duplicate_permille / kWhole) {
    ++figures_.duplicated;
    under_way_.emplace(due, datagram);
  }
  under_way_.emplace(due, std::move(datagram));
}

void Line::send_stream(Parcel segment, StreamPlace& place, std::chrono::microseconds retransmission,
                       Instant now) {
  const Chance chance = draw();
  ++figures_.packets;
  figures_.bytes += segment.bytes.size();
  Instant due = arrives(segment.bytes.size(), chance.jitter, now);
  if (loses(chance.loss)) {
    ++figures_.stream_losses;
    due = due + retransmission;
  }
  place.due = std::max(due, place.due);
  segment.is_stream = true;
  under_way_.emplace(place.due, std::move(segment));
}

std::optional<Parcel> Line::pop(Instant now) {
  while (!under_way_.empty() && under_way_.begin()->first <= now) {
    Parcel parcel = std::move(under_way_.begin()->second);
    under_way_.erase(under_way_.begin());
    if (is_cut_ && !parcel.is_stream) {
      ++figures_.cut_dropped;
      continue;
    }
    ++figures_.forwarded;
    return parcel;
  }
  return std::nullopt;
}

std::optional<Instant> Line::next() const {
  if (under_way_.empty()) return std::nullopt;
  return under_way_.begin()->first;
}

}  // namespace geili::media::testing
