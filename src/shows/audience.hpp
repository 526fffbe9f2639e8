#pragma once
// How many watched a show, and when: samples of its rooms, for the report after it.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::chrono::seconds kAudienceStep{15};
inline constexpr std::int64_t kAudienceSamplesMax = 11'520;  // of one show: two days

struct RoomSample {
  std::string room;  // its epoch: one of several processes, or of several lives
  std::int64_t viewers = 0;
  std::int64_t hearts = 0;  // since the room was opened
};
// Keeps it for the step that `now` lies in; of two samples of a room in one step the larger counts.
// Nothing is kept of a show that is not there, and no more than kAudienceSamplesMax.
void note_audience(store::Tx& tx, ShowId show, const RoomSample& sample, Instant now);

struct Audience {
  Instant at;  // the beginning of a step
  std::int64_t viewers = 0;
};
// Of all rooms together, oldest first; steps in which nobody looked are left out.
std::vector<Audience> audience_of(store::Tx& tx, ShowId show);
// All that were sent in any life of the show's rooms.
std::int64_t hearts_of(store::Tx& tx, ShowId show);

}  // namespace geili::shows
