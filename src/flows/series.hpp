#pragma once
// Shows that come again (shows/series.hpp): the next one with the title and bag of its series, and
// cover and trailer of the one before.

#include "base/clock.hpp"
#include "base/result.hpp"
#include "shows/series.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Plans the next show of every series that lacks it, a few at a time. True: there may be more.
bool plan_series(store::Tx& tx, const Clock& clock);

}  // namespace geili::flows
