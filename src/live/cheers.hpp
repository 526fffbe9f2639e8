#pragma once
// When a crowd cheers: enough different viewers give hearts or write "geili" within a few seconds.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace geili::live {

inline constexpr std::chrono::seconds kCheerWindow{5};
inline constexpr std::chrono::seconds kBurstPause{20};  // no burst follows another within it
inline constexpr std::int64_t kCheersMin = 3;
inline constexpr std::int64_t kCheersMax = 100;

// Of so many viewers a tenth, rounded up, and within the two limits above.
std::int64_t cheers_needed(std::int64_t viewers);

// geili or 给力, as a reader sees it, with signs around it; 6, 666 and the like are not.
bool is_cheer(std::string_view text);

class Cheers {
 public:
  // Somebody cheers, known by `person`. How many did when that makes a burst, else none. Whoever
  // cheers again within the window counts once.
  std::optional<std::int64_t> note(std::uint64_t person, std::int64_t viewers, Instant now);

 private:
  struct Cheer {
    std::uint64_t person = 0;
    Instant at;
  };
  std::vector<Cheer> recent_;  // fewer than kCheersMax
  std::optional<Instant> burst_at_;
};

}  // namespace geili::live
