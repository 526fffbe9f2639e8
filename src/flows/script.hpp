#pragma once
// The beats of a show's script as the host goes through them.

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/script.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct BeginBeat {
  ShowId show;
  shows::BeatId beat;
  bool pins = false;  // the product that the beat speaks of, too
};
// As shows::begin_beat(); with `pins` it fails as flows::pin() does, and nothing is begun then.
Result<bool> begin_beat(store::Tx& tx, const BeginBeat& wish, const Clock& clock);

}  // namespace geili::flows
