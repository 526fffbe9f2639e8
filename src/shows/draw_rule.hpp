#pragma once
// How a draw is decided, so that anybody can do it again from its log: pure functions.
//   1. Before the first entry the seed is fixed and its SHA-256, the commitment, is told.
//   2. Each entry is hashed together with the hash before it; the first with the draw's terms.
//   3. The winner of turn t = 1, 2, … is number 1 + (x mod entries), where x is the first 64 bits
//   of
//      SHA-256 over seed, newest hash and t; a turn is passed over whose x is of the last, partial
//      run of entries below 2^64 (so that all are as likely), or whose number has won before.
// The house cannot choose the winners by the seed, as it is fixed before the entries; nobody who
// enters can, as nobody knows the seed.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"

namespace geili::shows {

inline constexpr std::int64_t kDrawWinnersMax = 50;
inline constexpr std::int64_t kDrawEntriesMax = 20'000;
inline constexpr std::size_t kDrawSeedBytes = 32;

// What is fixed when a draw is opened.
struct DrawTerms {
  ShowId show;
  DrawId draw;
  std::string prize;
  std::int64_t winners_max = 1;
  Instant opened_at;
  Bytes commitment;  // commitment_of() the seed
};

struct DrawEntry {
  std::int64_t number = 0;  // 1, 2, 3, …
  std::string mark;         // 32 hexadecimal digits
  Instant entered_at;
  Bytes hash;  // SHA-256; see hash_of()
};

Bytes commitment_of(ByteView seed);
// What the first entry continues. Each text is hashed as its length, ';' and itself, each number in
// decimals with ';' behind it.
Bytes hash_of(const DrawTerms& terms);
Bytes hash_of(ByteView before, const DrawEntry& entry);

// Numbers in the order of their turns: `winners_max` of them, or all where there are fewer entries.
std::vector<std::int64_t> winners_of(ByteView seed, ByteView head, std::int64_t entries,
                                     std::int64_t winners_max);

struct DrawLog {
  DrawTerms terms;
  Bytes seed;
  std::vector<DrawEntry> entries;
  std::vector<std::int64_t> winners;
  bool is_cancelled = false;  // then nobody wins
};
// The first thing in it that does not follow from the rest; none: the draw was fair.
std::optional<std::string> fault_of(const DrawLog& log);

}  // namespace geili::shows
