#include "shows/series.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/calendar.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "shows/bag.hpp"
#include "shows/show_row.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
constexpr std::int64_t kMs_us = 1'000;
constexpr int kMinutesOfHour = 60;
constexpr int kDaysLookedAhead = 8;  // a week, and one more where clocks jump over the time
constexpr Instant kEarliest{-2'208'988'800'000'000};  // 1900
constexpr Instant kLatest{253'402'300'799'000'000};   // 9999

using Calendar = std::unique_ptr<icu::Calendar>;

// None for a zone that is not known.
Calendar calendar_of(const std::string& time_zone) {
  if (time_zone.empty() || time_zone.size() > kTimeZoneMax) return nullptr;
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Calendar calendar(icu::Calendar::createInstance(zone.release(), icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return nullptr;
  calendar->setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
  calendar->setRepeatedWallTimeOption(UCAL_WALLTIME_FIRST);
  return calendar;
}

void set_time(icu::Calendar& calendar, Instant instant) {
  UErrorCode status = U_ZERO_ERROR;
  calendar.setTime(static_cast<UDate>(instant.us / kMs_us), status);
}

int field_of(icu::Calendar& calendar, UCalendarDateFields field) {
  UErrorCode status = U_ZERO_ERROR;
  return calendar.get(field, status);
}

Weekday weekday_of(icu::Calendar& calendar) {
  const int from_sunday = field_of(calendar, UCAL_DAY_OF_WEEK) - UCAL_SUNDAY;
  return static_cast<Weekday>((from_sunday + 6) % 7);
}

std::int64_t bits_of(const std::vector<Weekday>& days) {
  std::int64_t bits = 0;
  for (const Weekday day : days) bits |= std::int64_t{1} << static_cast<int>(day);
  return bits;
}

std::vector<Weekday> days_of(std::int64_t bits) {
  std::vector<Weekday> days;
  for (int day = 0; day < 7; ++day) {
    if ((bits >> day & 1) != 0) days.push_back(static_cast<Weekday>(day));
  }
  return days;
}

#define GEILI_SERIES_COLUMNS                                                     \
  "r.id, r.shop_id, r.title, r.weekdays, r.minute_of_day, r.time_zone, r.until," \
  " r.left_count, r.planned_count"

Series read_series(const store::Row& row) {
  return {.id = row.id<SeriesId>(0),
          .shop = row.id<ShopId>(1),
          .title = row.string(2),
          .repeat = {.weekdays = days_of(row.integer(3)),
                     .time_zone = row.string(5),
                     .until = row.optional_instant(6),
                     .left = row.optional_integer(7)},
          .minute_of_day = static_cast<int>(row.integer(4)),
          .planned = row.integer(8)};
}

Result<void> check_count(store::Tx& tx, ShopId shop) {
  const auto running = tx.integer(
      "SELECT COUNT(*) FROM show_series WHERE shop_id = $1 AND stopped_at IS NULL", shop);
  if (running.value_or(0) < static_cast<std::int64_t>(kRunningSeriesMax)) return {};
  return fail(Error::make(ErrorKind::conflict, "series-limit",
                          "The shop has as many shows that come again as may be.")
                  .with("series_max", static_cast<std::int64_t>(kRunningSeriesMax)));
}

}  // namespace

std::string_view to_text(Weekday day) {
  return store::name_of(kWeekdays, day);
}
std::optional<Weekday> parse_weekday(std::string_view text) {
  return store::parse_name<Weekday>(kWeekdays, text);
}

Result<int> minute_of_day(Instant instant, const std::string& time_zone) {
  const Calendar calendar = calendar_of(time_zone);
  if (!calendar) return fail(Error::invalid_field("/time_zone", "is not a known time zone"));
  set_time(*calendar, instant);
  return field_of(*calendar, UCAL_HOUR_OF_DAY) * kMinutesOfHour + field_of(*calendar, UCAL_MINUTE);
}

std::optional<Instant> next_start(const Series& series, Instant after) {
  if (series.repeat.left && *series.repeat.left <= 0) return std::nullopt;
  if (after < kEarliest || after > kLatest) return std::nullopt;
  const Calendar calendar = calendar_of(series.repeat.time_zone);
  if (!calendar) return std::nullopt;
  set_time(*calendar, after);
  const int year = field_of(*calendar, UCAL_YEAR);
  const int month = field_of(*calendar, UCAL_MONTH);
  const int day = field_of(*calendar, UCAL_DATE);
  for (int ahead = 0; ahead <= kDaysLookedAhead; ++ahead) {
    calendar->clear();
    calendar->set(year, month, day + ahead, series.minute_of_day / kMinutesOfHour,
                  series.minute_of_day % kMinutesOfHour, 0);
    UErrorCode status = U_ZERO_ERROR;
    const Instant start{static_cast<std::int64_t>(calendar->getTime(status)) * kMs_us};
    if (U_FAILURE(status) != 0 || start <= after) continue;
    if (std::ranges::find(series.repeat.weekdays, weekday_of(*calendar)) ==
        series.repeat.weekdays.end()) {
      continue;
    }
    if (series.repeat.until && start > *series.repeat.until) return std::nullopt;
    return start;
  }
  return std::nullopt;
}

std::optional<Series> series_of(store::Tx& tx, ShowId show) {
  return tx.one(read_series,
                "SELECT " GEILI_SERIES_COLUMNS
                " FROM show s JOIN show_series r ON r.id = s.series_id"
                " WHERE s.id = $1 AND r.stopped_at IS NULL",
                show);
}

Result<Series> repeat_show(store::Tx& tx, ShowId id, const Repeat& repeat) {
  auto show = find_show(tx, id);
  if (!show) return fail_as(show);
  if (show->status == ShowStatus::ended) {
    return fail(ErrorKind::conflict, "show-status-conflict", "The show has ended.");
  }
  const auto minute = minute_of_day(show->starts_at, repeat.time_zone);
  if (!minute) return std::unexpected(minute.error());
  const auto before = series_of(tx, id);
  if (before) {
    tx.exec(
        "UPDATE show_series SET title = $2, weekdays = $3, minute_of_day = $4, time_zone = $5,"
        " until = $6, left_count = $7 WHERE id = $1",
        before->id, show->title, bits_of(repeat.weekdays), std::int64_t{*minute}, repeat.time_zone,
        repeat.until, repeat.left);
  } else {
    if (auto fits = check_count(tx, show->shop); !fits) return fail_as(fits);
    const auto made = tx.integer(
        "INSERT INTO show_series (shop_id, title, weekdays, minute_of_day, time_zone, until,"
        " left_count, planned_count) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) RETURNING id",
        show->shop, show->title, bits_of(repeat.weekdays), std::int64_t{*minute}, repeat.time_zone,
        repeat.until, repeat.left);
    put_in_series(tx, id, SeriesId{*made});
    auto kept = set_series_bag(tx, SeriesId{*made}, bag_of(tx, id));
    if (!kept) return fail_as(kept);
  }
  return *series_of(tx, id);
}

void stop_series(store::Tx& tx, ShowId show, Instant now) {
  const auto series = series_of(tx, show);
  if (!series) return;
  tx.exec("UPDATE show_series SET stopped_at = $2 WHERE id = $1", series->id, now);
}

Result<void> change_series(store::Tx& tx, const Series& series, const Show& like) {
  const auto minute = minute_of_day(like.starts_at, series.repeat.time_zone);
  if (!minute) return std::unexpected(minute.error());
  tx.exec("UPDATE show_series SET title = $2, minute_of_day = $3 WHERE id = $1", series.id,
          like.title, std::int64_t{*minute});
  return {};
}

std::vector<ProductId> series_bag(store::Tx& tx, SeriesId series) {
  std::vector<ProductId> products;
  tx.each([&](const store::Row& row) { products.push_back(row.id<ProductId>(0)); },
          "SELECT product_id FROM show_series_product WHERE series_id = $1 ORDER BY position",
          series);
  return products;
}

Result<void> set_series_bag(store::Tx& tx, SeriesId series, std::span<const ProductId> products) {
  if (auto fits = check_bag(products); !fits) return fits;
  tx.exec("DELETE FROM show_series_product WHERE series_id = $1", series);
  std::int64_t position = 0;
  for (const ProductId product : products) {
    tx.exec("INSERT INTO show_series_product (series_id, product_id, position) VALUES ($1, $2, $3)",
            series, product, position++);
  }
  return {};
}

std::vector<DueSeries> series_to_plan(store::Tx& tx, std::int64_t count, Instant now) {
  std::vector<Series> due;
  tx.each([&](const store::Row& row) { due.push_back(read_series(row)); },
          "SELECT " GEILI_SERIES_COLUMNS
          " FROM show_series r WHERE r.stopped_at IS NULL AND NOT EXISTS (SELECT 1 FROM show s"
          " WHERE s.series_id = r.id AND s.status = 'scheduled' AND s.starts_at > $1)"
          " ORDER BY r.id LIMIT $2",
          now - kMissedAfter, count);
  std::vector<DueSeries> all;
  for (Series& series : due) {
    auto newest = tx.one(read_show,
                         "SELECT id, shop_id, title, status, starts_at, started_at, ended_at,"
                         " pinned_product_id, sold_count, version FROM show"
                         " WHERE series_id = $1 ORDER BY starts_at DESC, id DESC LIMIT 1",
                         series.id);
    if (newest) all.push_back({std::move(series), *std::move(newest)});
  }
  return all;
}

bool take_turn(store::Tx& tx, const Series& series, std::optional<Instant> starts_at, Instant now) {
  if (!starts_at) {
    tx.exec("UPDATE show_series SET stopped_at = $2 WHERE id = $1 AND stopped_at IS NULL",
            series.id, now);
    return false;
  }
  // The condition is looked at again by who had to wait for another process's change.
  return tx.exec(
             "UPDATE show_series SET planned_count = planned_count + 1,"
             " left_count = left_count - 1 WHERE id = $1 AND planned_count = $2"
             " AND stopped_at IS NULL",
             series.id, series.planned) > 0;
}

void put_in_series(store::Tx& tx, ShowId show, SeriesId series) {
  tx.exec("UPDATE show SET series_id = $2, version = version + 1 WHERE id = $1", show, series);
}

}  // namespace geili::shows
