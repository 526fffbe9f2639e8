#include "shows/draw_rule.hpp"

#include <algorithm>
#include <limits>

#include "store/canon.hpp"

namespace geili::shows {
namespace {

std::uint64_t first_64_bits(const Bytes& hash) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | std::to_integer<std::uint64_t>(hash.at(i));
  return bits;
}

}  // namespace

Bytes commitment_of(ByteView seed) {
  return store::Canon{}.add(seed).sha256();
}

Bytes hash_of(const DrawTerms& terms) {
  return store::Canon{}
      .add(std::string_view("draw"))
      .add(terms.show.value)
      .add(terms.draw.value)
      .add(std::string_view(terms.prize))
      .add(terms.winners_max)
      .add(terms.opened_at.us)
      .add(ByteView(terms.commitment))
      .sha256();
}

Bytes hash_of(ByteView before, const DrawEntry& entry) {
  return store::Canon{}
      .add(before)
      .add(entry.number)
      .add(std::string_view(entry.mark))
      .add(entry.entered_at.us)
      .sha256();
}

std::vector<std::int64_t> winners_of(ByteView seed, ByteView head, std::int64_t entries,
                                     std::int64_t winners_max) {
  std::vector<std::int64_t> winners;
  const std::int64_t count = std::min(entries, winners_max);
  if (count <= 0) return winners;
  const auto all = static_cast<std::uint64_t>(entries);
  // 2^64 mod entries, in 64 bits.
  const std::uint64_t partial = (std::numeric_limits<std::uint64_t>::max() % all + 1) % all;
  for (std::int64_t turn = 1; std::ssize(winners) < count; ++turn) {
    const std::uint64_t x = first_64_bits(store::Canon{}.add(seed).add(head).add(turn).sha256());
    if (partial != 0 && x >= std::numeric_limits<std::uint64_t>::max() - partial + 1) continue;
    const auto number = static_cast<std::int64_t>(x % all) + 1;
    if (std::ranges::find(winners, number) == winners.end()) winners.push_back(number);
  }
  return winners;
}

std::optional<std::string> fault_of(const DrawLog& log) {
  if (commitment_of(log.seed) != log.terms.commitment)
    return "the seed is not that of the commitment";
  Bytes head = hash_of(log.terms);
  Instant last = log.terms.opened_at;
  std::int64_t number = 0;
  for (const DrawEntry& entry : log.entries) {
    ++number;
    const std::string name = "entry " + std::to_string(number);
    if (entry.number != number) return name + " is missing";
    if (entry.entered_at < last) return name + " is earlier than the one before";
    if (hash_of(head, entry) != entry.hash) return name + " does not continue the chain";
    head = entry.hash;
    last = entry.entered_at;
  }
  if (log.is_cancelled) {
    if (log.winners.empty()) return std::nullopt;
    return "a cancelled draw has winners";
  }
  if (winners_of(log.seed, head, number, log.terms.winners_max) != log.winners) {
    return "the winners do not follow from seed and entries";
  }
  return std::nullopt;
}

}  // namespace geili::shows
