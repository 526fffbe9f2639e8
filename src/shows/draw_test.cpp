#include "shows/draw.hpp"

#include <gtest/gtest.h>

#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using std::chrono::seconds;
using store::Tx;
using store::testing::field_of;

class DrawTest : public ShowStoreTest {
 protected:
  void SetUp() override { show_ = create_live(); }

  NewDraw wish(std::int64_t winners = 1) const {
    return {.show = show_, .prize = " A bracelet ", .winners_max = winners, .length = seconds(60)};
  }
  auto opening(NewDraw draw) {
    return [this, draw = std::move(draw)](Tx& tx) { return open_draw(tx, draw, clock_.now()); };
  }
  DrawId open(std::int64_t winners = 1) { return write(opening(wish(winners)))->terms.draw; }
  auto entering(DrawId draw, std::int64_t device) {
    return [=, this](Tx& tx) { return enter(tx, draw, DeviceId{device}, "Ana", clock_.now()); };
  }
  auto closing(DrawId draw) {
    return [=, this](Tx& tx) { return close_draw(tx, draw, clock_.now()); };
  }
  DrawLog log(DrawId draw) {
    return *read([&](Tx& tx) { return draw_log(tx, draw); });
  }

  ShowId show_;
};

TEST_F(DrawTest, IsFairAsItsLogShows) {
  const DrawId draw = open(3);
  for (std::int64_t device = 1; device <= 20; ++device) {
    const auto ticket = write(entering(draw, device));
    ASSERT_TRUE(ticket) << ticket.error().code;
    EXPECT_EQ(ticket->entry.number, device);
    clock_.advance(std::chrono::milliseconds(device % 3));
  }
  const auto drawn = write(closing(draw));
  ASSERT_TRUE(drawn) << drawn.error().code;
  EXPECT_EQ(drawn->state, DrawState::drawn);
  EXPECT_EQ(fault_of(log(draw)), std::nullopt);
  EXPECT_EQ(log(draw).entries.size(), 20U);
  const auto winners =
      *read([&](Tx& tx) -> Result<std::vector<Winner>> { return winners_of(tx, draw); });
  ASSERT_EQ(winners.size(), 3U);
  EXPECT_EQ(winners[0].place, 1);
  EXPECT_EQ(winners[2].number, log(draw).winners[2]);
  EXPECT_EQ(winners[0].device.value, winners[0].number);
}

TEST_F(DrawTest, GivesADeviceOneEntry) {
  const DrawId draw = open();
  const auto first = write(entering(draw, 7)), again = write(entering(draw, 7));
  EXPECT_EQ(first->entry.mark, again->entry.mark);
  EXPECT_EQ(first->entry.mark.size(), 32U);
  EXPECT_EQ(write(entering(draw, 8))->entry.number, 2);
  EXPECT_EQ(integer("SELECT entry_count FROM draw"), 2);
}

TEST_F(DrawTest, TakesEntriesUntilItsTimeIsOver) {
  const DrawId draw = open();
  clock_.advance(seconds(60) - std::chrono::microseconds(1));
  EXPECT_TRUE(write(entering(draw, 1)));
  clock_.advance(std::chrono::microseconds(1));
  EXPECT_EQ(write(entering(draw, 2)).error().code, "draw-closed");
  EXPECT_TRUE(write(entering(draw, 1))) << "who is in it stays in it";
  const auto due = *read(
      [&](Tx& tx) -> Result<std::vector<DrawId>> { return draws_to_close(tx, clock_.now()); });
  EXPECT_EQ(due, std::vector<DrawId>{draw});
  ASSERT_TRUE(write(closing(draw)));
  EXPECT_EQ(write(closing(draw)).error().code, "draw-closed");
  EXPECT_EQ(write(entering(draw, 2)).error().code, "draw-closed");
}

TEST_F(DrawTest, KeepsItsSeedUntilItIsOver) {
  const DrawId draw = open();
  const auto early = read([&](Tx& tx) { return draw_log(tx, draw); });
  EXPECT_EQ(early.error().code, "draw-open");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_draw(tx, draw, clock_.now()); }));
  EXPECT_EQ(fault_of(log(draw)), std::nullopt);
  EXPECT_TRUE(log(draw).winners.empty());
}

TEST_F(DrawTest, IsOneAtATimeInALiveShow) {
  const DrawId draw = open();
  EXPECT_EQ(write(opening(wish())).error().code, "draw-open");
  ASSERT_TRUE(write(closing(draw)));
  EXPECT_TRUE(write(opening(wish())));
  NewDraw nowhere = wish();
  nowhere.show = ShowId{99};
  EXPECT_EQ(write(opening(nowhere)).error().code, "show-not-found");
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_.now()); }));
  EXPECT_EQ(write(opening(wish())).error().code, "show-not-live");
}

TEST_F(DrawTest, BoundsWhatIsAsked) {
  struct Case {
    const char* field;
    void (*change)(NewDraw&);
  };
  const std::vector<Case> bad{
      {"/prize", [](NewDraw& draw) { draw.prize = "  "; }},
      {"/prize", [](NewDraw& draw) { draw.prize = std::string(kPrizeMax + 1, 'x'); }},
      {"/winners", [](NewDraw& draw) { draw.winners_max = 0; }},
      {"/winners", [](NewDraw& draw) { draw.winners_max = kDrawWinnersMax + 1; }},
      {"/length_s", [](NewDraw& draw) { draw.length = kDrawLengthMin - seconds(1); }},
      {"/length_s", [](NewDraw& draw) { draw.length = kDrawLengthMax + seconds(1); }},
  };
  for (const Case& one : bad) {
    NewDraw draw = wish();
    one.change(draw);
    EXPECT_EQ(field_of(write(opening(draw)).error()), one.field);
  }
  NewDraw widest = wish(kDrawWinnersMax);
  widest.prize = std::string(kPrizeMax, 'x');
  widest.length = kDrawLengthMax;
  EXPECT_TRUE(write(opening(widest)));
}

TEST_F(DrawTest, IsFullAtItsLimit) {
  const DrawId draw = open();
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    tx.exec("UPDATE draw SET entry_count = $1", kDrawEntriesMax);
    return {};
  }));
  EXPECT_EQ(write(entering(draw, 1)).error().code, "draw-full");
  EXPECT_EQ(write(entering(DrawId{99}, 1)).error().code, "draw-not-found");
}

TEST_F(DrawTest, DoesNotGoBackWithTheClock) {
  const DrawId draw = open();
  clock_.advance(seconds(5));
  ASSERT_TRUE(write(entering(draw, 1)));
  clock_.advance(-seconds(3));
  ASSERT_TRUE(write(entering(draw, 2)));
  ASSERT_TRUE(write(closing(draw)));
  EXPECT_EQ(fault_of(log(draw)), std::nullopt);
}

TEST_F(DrawTest, GoesWithItsShop) {
  const DrawId draw = open();
  ASSERT_TRUE(write(entering(draw, 1)));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return !erase_shows(tx, ShopId{1}).empty(); }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM draw") + integer("SELECT COUNT(*) FROM draw_entry"), 0);
}

}  // namespace
}  // namespace geili::shows
