#include "flows/script.hpp"

#include <algorithm>

#include "flows/show.hpp"

namespace geili::flows {

Result<bool> begin_beat(store::Tx& tx, const BeginBeat& wish, const Clock& clock) {
  auto begun = shows::begin_beat(tx, wish.show, wish.beat, clock.now());
  if (!begun || !wish.pins) return begun;
  const auto beats = shows::script_of(tx, wish.show);
  const auto beat = std::ranges::find(beats, wish.beat, &shows::Beat::id);
  if (beat == beats.end() || !beat->product) return begun;
  if (auto pinned = pin(tx, wish.show, *beat->product, clock); !pinned) return fail_as(pinned);
  return begun;
}

}  // namespace geili::flows
