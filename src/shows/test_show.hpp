#pragma once
// For the tests of this room: shows of a shop, in a real store.

#include "shows/show.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shows {

class ShowStoreTest : public store::testing::StoreTest {
 protected:
  ShowId create(ShopId shop = ShopId{1}) {
    auto made = write([&](store::Tx& tx) {
      return create_show(tx, {.shop = shop, .title = "Evening", .starts_at = clock_.now()});
    });
    EXPECT_TRUE(made) << made.error().code;
    return made->id;
  }
  ShowId create_live() {
    const ShowId show = create();
    EXPECT_TRUE(write([&](store::Tx& tx) { return start_show(tx, show, clock_.now()); }));
    return show;
  }
};

}  // namespace geili::shows
