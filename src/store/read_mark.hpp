#pragma once
// What the answer of a read rests on, so that it may be given again while nothing of it has
// changed.

#include <bitset>
#include <cstddef>
#include <cstdint>

namespace geili::store {

inline constexpr std::size_t kTablesMax = 192;  // the tables beyond share the last place
using TableSet = std::bitset<kTablesMax>;

struct ReadMark {
  std::uint64_t commit = 0;  // how many had been made before the read began
  TableSet tables;           // that it read
};

}  // namespace geili::store
