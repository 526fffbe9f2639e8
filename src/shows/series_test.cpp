#include "shows/series.hpp"

#include <gtest/gtest.h>

#include "shows/show.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shows {
namespace {

using store::Tx;
using store::testing::field_of;
using enum Weekday;

Instant at(std::string_view text) {
  return *parse_rfc3339(text);
}
std::string text(std::optional<Instant> instant) {
  return instant ? to_rfc3339(*instant) : "none";
}
Series weekly(std::vector<Weekday> days, int minute, std::string zone) {
  Series series;
  series.repeat = {
      .weekdays = std::move(days), .time_zone = std::move(zone), .until = {}, .left = {}};
  series.minute_of_day = minute;
  return series;
}
constexpr int kHalfPastSeven = 19 * 60 + 30;

TEST(NextStart, IsTheNextChosenDayAtTheTimeOfTheZone) {
  const Series series = weekly({mon, thu}, kHalfPastSeven, "Asia/Shanghai");
  // A Wednesday.
  EXPECT_EQ(text(next_start(series, at("2026-05-06T12:00:00Z"))), "2026-05-07T11:30:00.000Z");
  EXPECT_EQ(text(next_start(series, at("2026-05-07T11:29:59Z"))), "2026-05-07T11:30:00.000Z");
  EXPECT_EQ(text(next_start(series, at("2026-05-07T11:30:00Z"))), "2026-05-11T11:30:00.000Z");
  // The day is the zone's: Monday has begun there.
  const Series early = weekly({mon}, 60, "Asia/Shanghai");
  EXPECT_EQ(text(next_start(early, at("2026-05-10T16:00:00Z"))), "2026-05-10T17:00:00.000Z");
  const Series alone = weekly({thu}, kHalfPastSeven, "Asia/Shanghai");
  EXPECT_EQ(text(next_start(alone, at("2026-12-31T11:30:00Z"))), "2027-01-07T11:30:00.000Z");
}

TEST(NextStart, KeepsTheTimeOfDayWhenClocksChange) {
  const std::vector<Weekday> every{mon, tue, wed, thu, fri, sat, sun};
  const Series evening = weekly(every, kHalfPastSeven, "Europe/Paris");
  EXPECT_EQ(text(next_start(evening, at("2027-03-27T12:00:00Z"))), "2027-03-27T18:30:00.000Z");
  EXPECT_EQ(text(next_start(evening, at("2027-03-28T12:00:00Z"))), "2027-03-28T17:30:00.000Z");
  EXPECT_EQ(text(next_start(evening, at("2027-10-30T12:00:00Z"))), "2027-10-30T17:30:00.000Z");
  EXPECT_EQ(text(next_start(evening, at("2027-10-31T12:00:00Z"))), "2027-10-31T18:30:00.000Z");
  const Series night = weekly({sun}, 2 * 60 + 30, "Europe/Paris");
  // Clocks jump from 2:00 to 3:00, and show 2:30 twice in autumn.
  EXPECT_EQ(text(next_start(night, at("2027-03-27T12:00:00Z"))), "2027-03-28T01:00:00.000Z");
  EXPECT_EQ(text(next_start(night, at("2027-10-30T12:00:00Z"))), "2027-10-31T00:30:00.000Z");
  EXPECT_EQ(text(next_start(night, at("2027-10-31T00:30:00Z"))), "2027-11-07T01:30:00.000Z");
}

TEST(NextStart, EndsWithTheLastDayAndTheCount) {
  Series series = weekly({thu}, kHalfPastSeven, "Asia/Shanghai");
  series.repeat.until = at("2026-05-07T11:30:00Z");
  EXPECT_EQ(text(next_start(series, at("2026-05-06T12:00:00Z"))), "2026-05-07T11:30:00.000Z");
  EXPECT_EQ(text(next_start(series, at("2026-05-07T11:30:00Z"))), "none");
  series.repeat = {.weekdays = {thu}, .time_zone = "Asia/Shanghai", .until = {}, .left = 0};
  EXPECT_EQ(text(next_start(series, at("2026-05-06T12:00:00Z"))), "none");
  EXPECT_EQ(text(next_start(series, Instant{INT64_MAX})), "none");
}

TEST(MinuteOfDay, RefusesZonesThatNobodyKnows) {
  EXPECT_EQ(*minute_of_day(at("2026-05-07T11:30:00Z"), "Asia/Shanghai"), kHalfPastSeven);
  for (const char* zone : {"", "Nowhere", "Asia/Nowhere", "珍珠", "../etc/passwd", "a\nb"}) {
    const auto minute = minute_of_day(at("2026-05-07T11:30:00Z"), zone);
    ASSERT_FALSE(minute) << zone;
    EXPECT_EQ(field_of(minute.error()), "/time_zone");
  }
}

class SeriesTest : public store::testing::StoreTest {
 protected:
  ShowId create() {
    return write([&](Tx& tx) {
             return create_show(tx,
                                {.shop = ShopId{1}, .title = "Evening", .starts_at = clock_.now()});
           })
        ->id;
  }
  Result<Series> repeat(ShowId show) {
    return write([&](Tx& tx) {
      return repeat_show(
          tx, show, {.weekdays = {fri}, .time_zone = "Asia/Shanghai", .until = {}, .left = {}});
    });
  }
};

TEST_F(SeriesTest, HasAsManyOfAShopAsMayBe) {
  for (std::size_t i = 0; i < kRunningSeriesMax; ++i) ASSERT_TRUE(repeat(create()));
  const ShowId one = create();
  EXPECT_EQ(repeat(one).error().code, "series-limit");
  const ShowId newest{one.value - 1};
  EXPECT_TRUE(repeat(newest)) << "another rule of one that runs";
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    stop_series(tx, newest, clock_.now());
    return {};
  }));
  EXPECT_TRUE(repeat(one));
}

TEST_F(SeriesTest, IsForNoShowThatHasEnded) {
  const ShowId show = create();
  ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show, clock_.now()); }));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show, clock_.now()); }));
  EXPECT_EQ(repeat(show).error().code, "show-status-conflict");
  EXPECT_EQ(repeat(ShowId{999}).error().code, "show-not-found");
}

TEST_F(SeriesTest, OneOfTwoProcessesTakesTheTurn) {
  const auto series = repeat(create());
  ASSERT_TRUE(series);
  const auto take = [&] {
    return *write(
        [&](Tx& tx) -> Result<bool> { return take_turn(tx, *series, clock_.now(), clock_.now()); });
  };
  EXPECT_TRUE(take());
  EXPECT_FALSE(take());
}

}  // namespace
}  // namespace geili::shows
