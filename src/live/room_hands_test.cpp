#include <gtest/gtest.h>

#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};
constexpr ProductId kPearls{5};
constexpr ProductId kRing{6};

Actor person(std::uint64_t key) {
  return {.key = key, .address = key, .device = DeviceId{static_cast<std::int64_t>(key)}};
}
RaiseHand raises(std::uint64_t key, ProductId product = kPearls) {
  return {person(key), product, true};
}
RaiseHand lowers(std::uint64_t key, ProductId product = kPearls) {
  return {person(key), product, false};
}
RoomStart start() {
  return {.status = ShowStatus::live, .stock = {{kPearls, 3}, {kRing, 1}}, .chat_rules = {}};
}
ProductCard card(ProductId id) {
  return {.id = id, .title = "Pearls", .price = {1, *Currency::parse("CNY")}, .photo_url = ""};
}
std::string code_of(const Result<Applied>& result) {
  return result ? "none" : result.error().code;
}
std::string state_of(Room& room) {
  std::string out;
  append_state(out, room.take_changes());
  return out;
}

TEST(RoomHands, AreCountedOncePerPersonAndProductAndToldWhenTheyChange) {
  Room room(start());
  for (const std::uint64_t key : {1, 2, 2}) ASSERT_TRUE(room.apply(raises(key), kNoon));
  ASSERT_TRUE(room.apply(raises(1, kRing), kNoon));
  EXPECT_EQ(state_of(room),
            R"({"hands":[{"product_id":"5","count":2},{"product_id":"6","count":1}]})");
  ASSERT_TRUE(room.apply(raises(2), kNoon));
  EXPECT_EQ(state_of(room), "{}");
  ASSERT_TRUE(room.apply(lowers(2), kNoon));
  ASSERT_TRUE(room.apply(lowers(9), kNoon));
  EXPECT_EQ(state_of(room), R"({"hands":[{"product_id":"5","count":1}]})");
  EXPECT_EQ(room.snapshot().hands, (std::vector<HandsUp>{{kPearls, 1}, {kRing, 1}}));
}

TEST(RoomHands, GoDownWhenTheProductIsShown) {
  Room room(start());
  for (const ProductId id : {kPearls, kRing}) ASSERT_TRUE(room.apply(raises(1, id), kNoon));
  ASSERT_TRUE(room.apply(PinProduct{Role::host, card(kPearls)}, kNoon));
  EXPECT_EQ(room.snapshot().hands, (std::vector<HandsUp>{{kPearls, 0}, {kRing, 1}}))
      << "who comes back hears that they are down";
  room.take_changes();
  ASSERT_TRUE(room.apply(raises(2), kNoon));
  EXPECT_EQ(state_of(room), "{}") << "it is shown already";
  ASSERT_TRUE(room.apply(UnpinProduct{Role::host}, kNoon));
  ASSERT_TRUE(room.apply(raises(1), kNoon));
  EXPECT_EQ(state_of(room), R"({"hands":[{"product_id":"5","count":1}]})");
}

TEST(RoomHands, AreForWhatTheShowOffers) {
  Room room(start());
  EXPECT_EQ(code_of(room.apply(raises(1, ProductId{7}), kNoon)), "product-not-in-bag");
  EXPECT_EQ(code_of(room.apply(raises(1, ProductId{}), kNoon)), "product-not-in-bag");
}

TEST(RoomHands, GoDownWithTheShow) {
  Room room(start());
  ASSERT_TRUE(room.apply(raises(1), kNoon));
  ASSERT_TRUE(room.apply(SetStatus{ShowStatus::ended}, kNoon));
  EXPECT_EQ(state_of(room), R"({"hands":[{"product_id":"5","count":0}]})");
  EXPECT_EQ(code_of(room.apply(raises(1), kNoon)), "show-not-live");
}

TEST(RoomHands, OfSomebodyBannedDoNothing) {
  RoomStart banned = start();
  banned.chat_rules.sanctions = {{DeviceId{1}, SanctionKind::ban, std::nullopt}};
  Room room(std::move(banned));
  EXPECT_EQ(code_of(room.apply(raises(1), kNoon)), "none");
  EXPECT_EQ(state_of(room), "{}");
}

TEST(RoomHands, GoUpAndDownAtAPace) {
  Room room(start());
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(room.apply(raises(1), kNoon));
    ASSERT_TRUE(room.apply(lowers(1), kNoon));
  }
  const auto early = room.apply(raises(1), kNoon);
  ASSERT_EQ(code_of(early), "rate-limited");
  EXPECT_EQ(early.error().figures.at(0).second, 1'000);
  EXPECT_TRUE(room.apply(raises(1), kNoon + seconds(1)));
}

TEST(RoomHands, AreNoMoreThanCanBeCounted) {
  Room room(start(), {.hands_max = 2});
  ASSERT_TRUE(room.apply(raises(1), kNoon));
  ASSERT_TRUE(room.apply(raises(2), kNoon));
  EXPECT_EQ(code_of(room.apply(raises(3), kNoon)), "hands-limit");
  ASSERT_TRUE(room.apply(PinProduct{Role::host, card(kPearls)}, kNoon));
  EXPECT_EQ(code_of(room.apply(raises(3, kRing), kNoon)), "none");
}

}  // namespace
}  // namespace geili::live
