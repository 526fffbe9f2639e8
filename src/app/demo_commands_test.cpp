#include <gtest/gtest.h>

#include "app/commands.hpp"
#include "base/money.hpp"
#include "catalog/shop.hpp"
#include "flows/demo.hpp"
#include "identity/access.hpp"
#include "identity/demo_people.hpp"
#include "identity/invitations.hpp"
#include "identity/people.hpp"
#include "store/testing/test_store.hpp"

namespace geili::app {
namespace {

using store::Tx;

std::optional<catalog::Picture> no_photo(std::string_view) {
  return std::nullopt;
}

class DemoRemoval : public store::testing::StoreTest {};

TEST_F(DemoRemoval, LeavesNothingOfADemoShopToRealPeople) {
  auto job = [&](Tx& tx) -> Result<PersonId> {
    auto own =
        catalog::create_shop(tx, {.name = "Ana's", .currency = *Currency::parse("CNY")}, clock_);
    const auto village = flows::seed_demo(tx, no_photo, clock_);
    const auto ana =
        identity::add_person(tx, clock_, {"Ana", "ana", "$hash", identity::Role::seller});
    const auto lin = identity::demo_seller(tx, clock_, "demo-lin", "Lin", {village->pearls.shop});
    for (const ShopId shop : {own->id, village->pearls.shop, village->stone.shop}) {
      EXPECT_TRUE(identity::add_membership(tx, clock_, *ana, shop));
    }
    EXPECT_TRUE(identity::add_membership(tx, clock_, *lin, own->id));
    const identity::Actor actor{
        .person = *ana, .role = identity::Role::seller, .shops = identity::shops_of(tx, *ana)};
    for (const ShopId shop : {own->id, village->pearls.shop}) {
      EXPECT_TRUE(identity::invite(tx, clock_, actor, identity::Role::helper, shop, "Hua"));
    }
    EXPECT_EQ(take_demo_out(tx), 2);
    EXPECT_EQ(identity::shops_of(tx, *ana), std::vector<ShopId>{own->id});
    EXPECT_EQ(identity::members_of(tx, own->id).size(), 1U);
    return *ana;
  };
  ASSERT_TRUE(write(job));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM membership"), 1);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM invitation"), 1);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM shop"), 1);
}

}  // namespace
}  // namespace geili::app
