#pragma once
// How often a room may send. One send costs about 5 us, so what a core can carry is a number of
// sends a second, whatever the chat rate: the more viewers, the fewer frames.

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace geili::live {

enum class Urgency : std::uint8_t {
  counts,     // only the number of viewers changed
  tick,       // chat, hearts, stock
  immediate,  // pins, sold, sold out, the state of the show
};

inline constexpr std::chrono::milliseconds kTickMin{50};
inline constexpr std::chrono::milliseconds kTickMax{250};
inline constexpr std::chrono::seconds kCountsInterval{1};
// A room counts beats since it last told everybody something; at this many it sends an empty frame,
// so that no line is silent for longer than 25 s (api/live-events.yaml).
inline constexpr std::chrono::seconds kKeepAliveBeat{5};
inline constexpr int kQuietBeatsMax = 5;

// The least time between two frames. 25 us a viewer: 50 ms up to 2,000 viewers, 250 ms from 10,000,
// so that a room's ticks take 40,000 sends a second at most. `viewers_per_thread` counts all rooms:
// many middling rooms slow each other down at 100,000 sends a second. What is immediate waits for
// nothing when it comes alone; a rush of it (a hot item selling) is told at 100,000 sends a second.
inline std::chrono::microseconds frame_interval(Urgency urgency, std::int64_t viewers,
                                                std::int64_t viewers_per_thread) {
  using std::chrono::microseconds;
  if (urgency == Urgency::counts) return kCountsInterval;
  if (urgency == Urgency::immediate) {
    return std::clamp<microseconds>(microseconds(10 * viewers), microseconds(2000), kTickMax);
  }
  return std::clamp<microseconds>(microseconds(std::max(25 * viewers, 10 * viewers_per_thread)),
                                  kTickMin, kTickMax);
}

}  // namespace geili::live
