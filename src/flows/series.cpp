#include "flows/series.hpp"

#include <algorithm>

#include "catalog/photo.hpp"
#include "shows/bag.hpp"
#include "shows/trailer.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kPlannedAtOnce = 10;

void plan(store::Tx& tx, const shows::DueSeries& due, Instant now) {
  const shows::Show& newest = due.newest;
  const auto starts_at = shows::next_start(due.series, std::max(now, newest.starts_at));
  if (!shows::take_turn(tx, due.series, starts_at, now)) return;
  const auto made = shows::create_show(
      tx, {.shop = newest.shop, .title = due.series.title, .starts_at = *starts_at});
  if (!made) return;
  shows::put_in_series(tx, made->id, due.series.id);
  const auto bag = shows::series_bag(tx, due.series.id);
  if (!bag.empty()) (void)shows::set_bag(tx, made->id, bag);
  catalog::copy_photos(tx, catalog::PhotoOwner::of(newest.id), catalog::PhotoOwner::of(made->id));
  if (const auto trailer = shows::trailer_of(tx, newest.id)) {
    (void)shows::set_trailer(tx, made->id, *trailer);
  }
}

}  // namespace

bool plan_series(store::Tx& tx, const Clock& clock) {
  const auto due = shows::series_to_plan(tx, kPlannedAtOnce, clock.now());
  for (const shows::DueSeries& one : due) plan(tx, one, clock.now());
  return static_cast<std::int64_t>(due.size()) == kPlannedAtOnce;
}

}  // namespace geili::flows
