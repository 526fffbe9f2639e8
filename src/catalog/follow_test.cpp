#include "catalog/follow.hpp"

#include <gtest/gtest.h>

#include "store/testing/test_store.hpp"

namespace geili::catalog {
namespace {

using store::Tx;

class CatalogFollow : public store::testing::StoreTest {
 protected:
  Result<void> follows(std::int64_t device, std::int64_t shop) {
    clock_.advance(std::chrono::seconds(1));
    return write([&](Tx& tx) { return follow(tx, ShopId{shop}, DeviceId{device}, clock_.now()); });
  }
  std::int64_t count(std::int64_t shop) {
    return *read([&](Tx& tx) -> Result<std::int64_t> { return count_followers(tx, ShopId{shop}); });
  }
  std::vector<ShopId> followed(std::int64_t device) {
    return *read(
        [&](Tx& tx) -> Result<std::vector<ShopId>> { return followed_by(tx, DeviceId{device}); });
  }
};

TEST_F(CatalogFollow, CountsEachDeviceOnce) {
  ASSERT_TRUE(follows(1, 7));
  ASSERT_TRUE(follows(1, 7));
  ASSERT_TRUE(follows(2, 7));
  ASSERT_TRUE(follows(1, 8));
  EXPECT_EQ(count(7), 2);
  EXPECT_EQ(followed(1), (std::vector{ShopId{8}, ShopId{7}}));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    unfollow(tx, ShopId{7}, DeviceId{1});
    return {};
  }));
  EXPECT_EQ(count(7), 1);
  EXPECT_EQ(followed(1), std::vector{ShopId{8}});
}

TEST_F(CatalogFollow, HasALimitAndSaysSo) {
  for (std::int64_t shop = 1; shop <= kFollowedMax; ++shop) ASSERT_TRUE(follows(1, shop));
  EXPECT_EQ(follows(1, kFollowedMax + 1).error().code, "followed-limit");
  EXPECT_TRUE(follows(1, kFollowedMax)) << "one that it follows";
  EXPECT_TRUE(follows(2, kFollowedMax + 1));
}

}  // namespace
}  // namespace geili::catalog
