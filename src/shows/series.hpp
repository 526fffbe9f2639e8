#pragma once
// Shows that come again: on chosen weekdays at a time of day in a time zone. One show of a series
// is planned at a time; the next one follows once that is live, over, or long past its start.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::shows {

using SeriesId = Id<struct SeriesTag>;

inline constexpr std::int64_t kRepeatsMax = 200;
inline constexpr std::size_t kTimeZoneMax = 64;       // bytes
inline constexpr std::size_t kRunningSeriesMax = 10;  // of a shop
// A show that has not begun so long after its start is taken as one that will not.
inline constexpr std::chrono::hours kMissedAfter{12};

enum class Weekday : std::uint8_t { mon, tue, wed, thu, fri, sat, sun };
std::string_view to_text(Weekday day);
std::optional<Weekday> parse_weekday(std::string_view text);

struct Repeat {
  std::vector<Weekday> weekdays;     // one at least, in their order
  std::string time_zone;             // IANA name
  std::optional<Instant> until;      // no show begins after it
  std::optional<std::int64_t> left;  // shows that are still to be planned
};

struct Series {
  SeriesId id;
  ShopId shop;
  std::string title;
  Repeat repeat;
  int minute_of_day = 0;
  std::int64_t planned = 0;
};

// The minute of the day that clocks in the zone show then. Fails with invalid-field (/time_zone)
// for a zone that is not known. Any thread.
Result<int> minute_of_day(Instant instant, const std::string& time_zone);
// The first start after `after`, whatever clocks do meanwhile: a time that clocks jump over is the
// first one behind the jump, and one that they show twice is the first of both. None once `until`
// has passed or nothing is left.
std::optional<Instant> next_start(const Series& series, Instant after);

// The running series that the show is of.
std::optional<Series> series_of(store::Tx& tx, ShowId show);
// Makes the show the newest of a series, or gives the one it is of another rule; at the time of day
// of its start. Fails with show-not-found, show-status-conflict when it has ended, invalid-field
// and series-limit.
Result<Series> repeat_show(store::Tx& tx, ShowId show, const Repeat& repeat);
// Nothing more is planned; what is planned stays. Does nothing to a show of no running series.
void stop_series(store::Tx& tx, ShowId show, Instant now);
// What shows to come are called, and when in the day they begin. Fails with invalid-field.
Result<void> change_series(store::Tx& tx, const Series& series, const Show& like);
// What shows to come offer, whatever a show that is planned already has in its own bag. A new
// series begins with the bag of its show. Fails as check_bag().
std::vector<ProductId> series_bag(store::Tx& tx, SeriesId series);
Result<void> set_series_bag(store::Tx& tx, SeriesId series, std::span<const ProductId> products);

// A series that lacks its next show, and the newest one, which that is to be like.
struct DueSeries {
  Series series;
  Show newest;
};
// At most `count`.
std::vector<DueSeries> series_to_plan(store::Tx& tx, std::int64_t count, Instant now);
// True: the next show is for the caller to make. It takes one off what is left. `starts_at`: none
// ends the series.
bool take_turn(store::Tx& tx, const Series& series, std::optional<Instant> starts_at, Instant now);
void put_in_series(store::Tx& tx, ShowId show, SeriesId series);

}  // namespace geili::shows
