#include "flows/demo.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "flows/demo_goods.hpp"
#include "flows/test_market.hpp"
#include "shows/bag.hpp"

namespace geili::flows {
namespace {

std::optional<catalog::Picture> any_photo(std::string_view) {
  return catalog::Picture{9, 9, Bytes(1), Bytes(2), Bytes(3)};
}

class Demo : public Market {
 protected:
  DemoVillage seed() {
    return *write([&](Tx& tx) { return seed_demo(tx, any_photo, clock_); });
  }
  // Rows of real life beside which the demo comes and goes; the outbox is emptied by the relay.
  std::string real_rows() {
    told();
    std::string kept;
    std::string all = rows();
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = all.find('\n', at);
      const std::string line = all.substr(at, end - at);
      if (!line.starts_with("schema_migration")) kept += line + "\n";
      at = end + 1;
    }
    return kept;
  }
};

TEST_F(Demo, HasTwoShopsALiveShowAndTwelveNecklaces) {
  const DemoVillage village = seed();
  const auto pearls = *read([&](Tx& tx) { return catalog::find_shop(tx, village.pearls.shop); });
  const auto stone = *read([&](Tx& tx) { return catalog::find_shop(tx, village.stone.shop); });
  EXPECT_TRUE(pearls.demo && stone.demo);
  EXPECT_EQ(pearls.currency, kCny);
  EXPECT_EQ(stone.currency, kMxn);
  EXPECT_TRUE(pearls.cover);
  EXPECT_EQ(left(village.necklace), 12);
  const auto live = *read([&](Tx& tx) { return shows::find_show(tx, village.pearls.show); });
  EXPECT_EQ(live.status, shows::ShowStatus::live);
  EXPECT_EQ(live.pinned, village.necklace);
  const auto next = *read([&](Tx& tx) { return shows::find_show(tx, village.stone.show); });
  EXPECT_EQ(next.status, shows::ShowStatus::scheduled);
  EXPECT_GT(next.starts_at, clock_.now());
}

TEST_F(Demo, SeedingAgainChangesNothing) {
  const DemoVillage first = seed();
  ASSERT_TRUE(write([&](Tx& tx) { return change_stock(tx, first.necklace, -5, clock_); }));
  const std::string before = rows();
  clock_.advance(std::chrono::hours(48));
  const DemoVillage again = seed();
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(again.necklace, first.necklace);
  EXPECT_EQ(again.stone.show, first.stone.show);
}

TEST_F(Demo, AfterAnEndedShowAnotherGoesOnTheAir) {
  const DemoVillage first = seed();
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, first.pearls.show, clock_); }));
  const DemoVillage again = seed();
  EXPECT_EQ(again.pearls.shop, first.pearls.shop);
  EXPECT_NE(again.pearls.show, first.pearls.show);
  EXPECT_EQ(again.necklace, first.necklace);
}

TEST_F(Demo, GoesWithoutATraceInRealData) {
  ASSERT_TRUE(place(wish()));
  const std::string before = real_rows();
  const DemoVillage village = seed();
  PlaceOrder request = wish(2);
  request.shop = village.pearls.shop;
  request.show = village.pearls.show;
  request.lines = {{village.necklace, 1}};
  request.expected_total.minor += kDemoPearls.shipping_minor;
  const auto order = place(request);
  ASSERT_TRUE(order);
  request.show.reset();
  request.idempotency_key = "key-00002";
  ASSERT_TRUE(place(request));
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order->order.token, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, village.necklace, clock_); }));
  EXPECT_EQ(*write([](Tx& tx) -> Result<int> { return remove_demo(tx); }), 2);
  EXPECT_EQ(real_rows(), before);
  EXPECT_EQ(*write([](Tx& tx) -> Result<int> { return remove_demo(tx); }), 0);
}

TEST_F(Demo, ComesWithoutPhotosWhereThereAreNone) {
  ASSERT_TRUE(write([&](Tx& tx) {
    return seed_demo(
        tx, [](std::string_view) { return std::optional<catalog::Picture>(); }, clock_);
  }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM photo"), 0);
}

TEST(DemoPhotoNames, AreFilesOfTheAssets) {
  const auto names = demo_photo_names();
  EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
  for (const std::string_view name : names) {
    const std::string path = GEILI_SOURCE_DIR "/assets/demo/photos/" + std::string(name) + ".jpg";
    EXPECT_TRUE(std::filesystem::exists(path)) << path;
  }
}

}  // namespace
}  // namespace geili::flows
