#include "shows/red_packet_rule.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "store/canon.hpp"

namespace geili::shows {
namespace {

// From 0 to `max`, each as likely.
class Places {
 public:
  Places(ByteView seed, std::int64_t max)
      : seed_(seed), count_(static_cast<std::uint64_t>(max) + 1) {}

  std::int64_t next() {
    // 2^64 mod count, in 64 bits.
    const std::uint64_t partial = (std::numeric_limits<std::uint64_t>::max() % count_ + 1) % count_;
    for (;;) {
      const Bytes hash = store::Canon{}.add(seed_).add(++turn_).sha256();
      std::uint64_t bits = 0;
      for (std::size_t i = 0; i < 8; ++i) {
        bits = bits << 8 | std::to_integer<std::uint64_t>(hash.at(i));
      }
      if (partial != 0 && bits >= std::numeric_limits<std::uint64_t>::max() - partial + 1) continue;
      return static_cast<std::int64_t>(bits % count_);
    }
  }

 private:
  ByteView seed_;
  std::uint64_t count_;
  std::int64_t turn_ = 0;
};

std::vector<std::int64_t> split_evenly(std::int64_t total_minor, std::int64_t envelopes) {
  std::vector<std::int64_t> amounts(static_cast<std::size_t>(envelopes), total_minor / envelopes);
  for (std::int64_t i = 0; i < total_minor % envelopes; ++i) {
    ++amounts[static_cast<std::size_t>(i)];
  }
  return amounts;
}

}  // namespace

std::int64_t envelope_min_minor(std::int64_t total_minor, std::int64_t envelopes) {
  return std::max<std::int64_t>(1, total_minor / envelopes / 10);
}

std::vector<std::int64_t> split_packet(PacketSplit split, std::int64_t total_minor,
                                       std::int64_t envelopes, ByteView seed) {
  assert(envelopes >= 1 && envelopes <= total_minor);
  if (split == PacketSplit::even) return split_evenly(total_minor, envelopes);
  const std::int64_t least = envelope_min_minor(total_minor, envelopes);
  const std::int64_t rest = total_minor - least * envelopes;
  Places places(seed, rest);
  std::vector<std::int64_t> cuts(static_cast<std::size_t>(envelopes) - 1);
  for (std::int64_t& cut : cuts) cut = places.next();
  std::ranges::sort(cuts);
  cuts.push_back(rest);
  std::int64_t before = 0;
  for (std::int64_t& cut : cuts) {
    const std::int64_t share = cut - before;
    before = cut;
    cut = least + share;
  }
  return cuts;
}

}  // namespace geili::shows
