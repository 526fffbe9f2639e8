#include "identity/demo_people.hpp"

#include <gtest/gtest.h>

#include "identity/entry_links.hpp"
#include "identity/people.hpp"
#include "identity/sessions.hpp"
#include "store/testing/test_store.hpp"

namespace geili::identity {
namespace {

TEST(DemoPeople, GoWithoutATraceAndLeaveOthersAlone) {
  store::testing::TempDatabase database;
  const ManualClock clock;
  auto job = [&](store::Tx& tx) -> Result<bool> {
    const auto ana = add_person(tx, clock, {"Ana", "ana", "$hash", Role::seller});
    const auto lin = demo_seller(tx, clock, "demo-lin", "Lin", {ShopId{1}, ShopId{2}});
    const auto again = demo_seller(tx, clock, "demo-lin", "Lin", {ShopId{1}});
    EXPECT_EQ(*again, *lin);
    EXPECT_EQ(shops_of(tx, *lin).size(), 2U);
    EXPECT_TRUE(open_session(tx, clock, *lin));
    EXPECT_TRUE(make_sign_in_link(tx, clock, std::nullopt, *lin));
    remove_demo_people(tx);
    EXPECT_FALSE(find_person(tx, *lin));
    EXPECT_TRUE(find_person(tx, *ana));
    return true;
  };
  EXPECT_TRUE(store::write_and_wait(*database, job));
}

TEST(DemoPeople, NobodyWithAPasswordHasADemoLogin) {
  store::testing::TempDatabase database;
  const ManualClock clock;
  auto job = [&](store::Tx& tx) {
    return add_person(tx, clock, {"Eve", "Demo-eve", "$hash", Role::seller});
  };
  const auto eve = store::write_and_wait(*database, job);
  ASSERT_FALSE(eve);
  EXPECT_EQ(eve.error().fields.at(0).path, "/login");
}

}  // namespace
}  // namespace geili::identity
