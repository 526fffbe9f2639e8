// Flash deals in a room: announced once, counted, ended once, whatever order the facts come in.
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};

DealCard deal(std::int64_t id = 3, std::int64_t left = 5) {
  return {.id = DealId{id},
          .product = ProductId{5},
          .price = {9'900, *Currency::parse("CNY")},
          .units = 5,
          .left = left,
          .units_per_buyer_max = 2,
          .vouchers_max = 0,
          .starts_at = kNoon + seconds(10),
          .ends_at = kNoon + seconds(70)};
}

EndDeal end(std::int64_t id = 3) {
  return {DealId{id}, ProductId{5}, DealEnd::withdrawn};
}

std::vector<std::int64_t> deals_in(const Room& room) {
  std::vector<std::int64_t> ids;
  for (const DealCard& one : room.snapshot().deals) ids.push_back(one.id.value);
  return ids;
}

using Ids = std::vector<std::int64_t>;

TEST(RoomDeals, AreToldAtOnceAndKeptUntilTheyEnd) {
  Room room({});
  const auto announced = room.apply_once(10, AnnounceDeal{deal()}, kNoon);
  ASSERT_TRUE(announced);
  EXPECT_EQ(announced->lane, Lane::immediate);
  std::string told;
  append_event(told, *announced->events.front());
  EXPECT_EQ(told,
            R"({"type":"deal_announced","seq":1,"at":"2026-11-18T11:06:40.000Z","deal":)"
            R"({"deal_id":"3","product_id":"5","price":{"minor":9900,"currency":"CNY"},)"
            R"("units":5,"left":5,"units_per_buyer_max":2,"vouchers_max":0,)"
            R"("starts_at":"2026-11-18T11:06:50.000Z","ends_at":"2026-11-18T11:07:50.000Z"}})");
  EXPECT_EQ(deals_in(room), Ids{3});
  const auto ended = room.apply_once(12, end(), kNoon);
  ASSERT_EQ(ended->events.size(), 1U);
  EXPECT_EQ(ended->lane, Lane::immediate);
  told.clear();
  append_event(told, *ended->events.front());
  EXPECT_EQ(told, R"({"type":"deal_ended","seq":2,"at":"2026-11-18T11:06:40.000Z","deal_id":"3",)"
                  R"("product_id":"5","reason":"withdrawn"})");
  EXPECT_TRUE(deals_in(room).empty());
}

TEST(RoomDeals, UnitsAreAStateOfWhichTheNewestCounts) {
  Room room({.outbox_id = 5, .deals = {deal()}});
  EXPECT_EQ(room.apply_once(12, SetDealLeft{DealId{3}, 3}, kNoon)->lane, Lane::tick);
  EXPECT_EQ(room.take_changes().deals, (std::vector<DealLeft>{{DealId{3}, 3}}));
  ASSERT_TRUE(room.apply_once(11, SetDealLeft{DealId{3}, 4}, kNoon));
  EXPECT_TRUE(room.take_changes().deals.empty());
  EXPECT_EQ(room.apply_once(13, SetDealLeft{DealId{3}, 0}, kNoon)->lane, Lane::immediate);
  EXPECT_EQ(room.apply_once(14, SetDealLeft{DealId{3}, 1}, kNoon)->lane, Lane::immediate);
  std::string told;
  append_state(told, room.take_changes());
  EXPECT_EQ(told, R"({"deals":[{"deal_id":"3","left":1}]})");
  EXPECT_TRUE(room.apply_once(15, SetDealLeft{DealId{8}, 1}, kNoon)) << "of one that has ended";
  EXPECT_FALSE(room.has_changes());
}

TEST(RoomDeals, AnEndThatCameFirstIsNotForgotten) {
  Room room({});
  EXPECT_TRUE(room.apply_once(12, end(), kNoon)->events.empty());
  EXPECT_TRUE(room.apply_once(10, AnnounceDeal{deal()}, kNoon)->events.empty());
  EXPECT_TRUE(deals_in(room).empty());
}

TEST(RoomDeals, CatchingUpMendsWhatNoMessageTold) {
  Room room({.outbox_id = 5, .deals = {deal(3), deal(4)}});
  ASSERT_TRUE(room.apply_once(21, AnnounceDeal{deal(7)}, kNoon));
  ASSERT_TRUE(room.apply_once(22, end(4), kNoon));
  // Read when the outbox stood at 20: 3 has gone, 4 had not, 6 is new, 7 was not there yet.
  const auto caught = room.apply(CatchUp{.outbox_id = 20, .deals = {deal(4), deal(6)}}, kNoon);
  ASSERT_TRUE(caught);
  EXPECT_EQ(caught->events.size(), 2U);
  EXPECT_EQ(deals_in(room), (Ids{6, 7}));
}

TEST(RoomDeals, TheSnapshotTellsThemAndTheTime) {
  Room room({.epoch = "e", .deals = {deal(3, 2)}});
  const std::string frame =
      SnapshotFrame(room.snapshot()).for_viewer(Role::viewer, "", kNoon + seconds(1));
  EXPECT_NE(frame.find(R"("deals":[{"deal_id":"3",)"), std::string::npos) << frame;
  EXPECT_NE(frame.find(R"(],"messages":[],"now":"2026-11-18T11:06:41.000Z","you":{)"),
            std::string::npos)
      << frame;
  EXPECT_NE(frame.find(R"("deals":[{"deal_id":"3","left":2}]})"), std::string::npos) << frame;
}

TEST(RoomDeals, BadOnesAreRefused) {
  RoomLimits limits;
  limits.deals_max = 1;
  Room room({}, limits);
  const auto path_of = [&](auto change) {
    DealCard card = deal();
    change(card);
    const auto result = room.apply(AnnounceDeal{card}, kNoon);
    return result ? std::string() : result.error().fields.at(0).path;
  };
  EXPECT_EQ(path_of([](auto& card) { card.id = {}; }), "/deal_id");
  EXPECT_EQ(path_of([](auto& card) { card.product = {}; }), "/product_id");
  EXPECT_EQ(path_of([](auto& card) { card.price.minor = -1; }), "/price");
  EXPECT_EQ(path_of([](auto& card) { card.units = 0; }), "/units");
  EXPECT_EQ(path_of([](auto& card) { card.left = 6; }), "/left");
  EXPECT_EQ(path_of([](auto& card) { card.left = -1; }), "/left");
  EXPECT_EQ(path_of([](auto& card) { card.units_per_buyer_max = 0; }), "/units_per_buyer_max");
  EXPECT_EQ(path_of([](auto& card) { card.vouchers_max = -1; }), "/vouchers_max");
  EXPECT_EQ(path_of([](auto& card) { card.ends_at = card.starts_at; }), "/ends_at");
  ASSERT_TRUE(room.apply(AnnounceDeal{deal()}, kNoon));
  EXPECT_EQ(room.apply(SetDealLeft{DealId{3}, -1}, kNoon).error().fields.at(0).path, "/left");
  EXPECT_EQ(room.apply(AnnounceDeal{deal(4)}, kNoon).error().code, "deals-limit");
}

}  // namespace
}  // namespace geili::live
