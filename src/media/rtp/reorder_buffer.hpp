#pragma once
// Puts packets in order: waits a bounded time for a missing one and then reports the gap.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <variant>

#include "base/bytes.hpp"
#include "base/clock.hpp"

namespace geili::media::rtp {

struct ReorderLimits {
  std::size_t packets_max = 1'024;  // held; when more come, the wait is over
  std::int64_t patience_us = 500'000;
  // How long the very first packet waits for one that was overtaken.
  std::int64_t settle_us = 30'000;
};

// A packet in its order.
struct OrderedPacket {
  std::int64_t sequence = 0;
  std::uint32_t timestamp = 0;
  bool marker = false;
  Bytes payload;
};

// Packets that never came, or that a source skipped when it began anew.
struct Gap {
  std::int64_t first = 0;
  std::int64_t count = 0;
};

// Single-threaded. Sequence numbers are unwrapped.
class ReorderBuffer {
 public:
  explicit ReorderBuffer(ReorderLimits limits = {}) : limits_(limits) {}

  // Copies behind the gap that was reported, and second copies, are dropped and counted.
  void push(OrderedPacket packet, Instant now);
  // The next packet or gap; none while it is waited for.
  std::optional<std::variant<OrderedPacket, Gap>> pop(Instant now);
  // When pop() will give up waiting; none when nothing is waited for.
  std::optional<Instant> deadline() const;

  // For gaps that are waited for as well as for later ones.
  void set_patience(std::int64_t patience_us) { limits_.patience_us = patience_us; }

  std::size_t size() const { return held_.size(); }
  std::uint64_t late() const { return late_; }
  std::uint64_t duplicates() const { return duplicates_; }

 private:
  struct Held {
    OrderedPacket packet;
    Instant gap_seen;  // when the first packet at or behind this one came
  };

  ReorderLimits limits_;
  std::map<std::int64_t, Held> held_;
  std::optional<std::int64_t> next_;  // none until the first packet was popped
  Instant begun_;                     // when it came
  std::uint64_t late_ = 0;
  std::uint64_t duplicates_ = 0;
};

}  // namespace geili::media::rtp
