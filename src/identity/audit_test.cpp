#include "identity/audit.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/testing/test_store.hpp"

namespace geili::identity {
namespace {

using store::Tx;
using store::testing::field_of;

constexpr PersonId kLin{1};
constexpr PersonId kRosa{2};
constexpr ShopId kPearls{1};
constexpr ShopId kSilver{2};

class Audit : public store::testing::StoreTest {
 protected:
  void did(std::optional<PersonId> person, std::string action, std::optional<ShopId> shop,
           std::string detail = "") {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
      note(tx, clock_, person, action, "product/1", shop, detail);
      return true;
    }));
  }
  std::vector<std::string> actions(const AuditFilter& filter) {
    std::vector<std::string> all;
    const auto page = read([&](Tx& tx) { return list_audit(tx, filter, {}); });
    for (const AuditEntry& entry : page->items) all.push_back(entry.action);
    return all;
  }
};

TEST_F(Audit, IsListedByPersonAndByShopNewestFirst) {
  did(kLin, "one", kPearls);
  did(kRosa, "two", kPearls);
  did(kLin, "three", kSilver);
  did(std::nullopt, "four", std::nullopt);
  using Actions = std::vector<std::string>;
  EXPECT_EQ(actions({}), (Actions{"four", "three", "two", "one"}));
  EXPECT_EQ(actions({.person = kLin}), (Actions{"three", "one"}));
  EXPECT_EQ(actions({.shop = kPearls}), (Actions{"two", "one"}));
  EXPECT_EQ(actions({.person = kLin, .shop = kPearls}), (Actions{"one"}));
  EXPECT_EQ(actions({.person = PersonId{9}}), Actions{});
}

TEST_F(Audit, IsReadInPages) {
  for (int i = 0; i < 5; ++i) did(kLin, std::to_string(i), kPearls);
  std::string cursor;
  std::string all;
  do {
    const auto page = read(
        [&](Tx& tx) { return list_audit(tx, {.shop = kPearls}, {.cursor = cursor, .limit = 2}); });
    ASSERT_TRUE(page);
    for (const AuditEntry& entry : page->items) all += entry.action;
    cursor = page->next_cursor;
  } while (!cursor.empty());
  EXPECT_EQ(all, "43210");
  EXPECT_EQ(refused([](Tx& tx) { return list_audit(tx, {}, {.cursor = "x"}); }).code, "bad-cursor");
}

TEST_F(Audit, ALongDetailIsCutBetweenTwoCharacters) {
  std::string long_text;
  for (int i = 0; i < 100; ++i) long_text += "珍";
  did(kLin, "one", kPearls, long_text);
  const auto page = read([](Tx& tx) { return list_audit(tx, {}, {}); });
  EXPECT_EQ(page->items[0].detail.size(), 198U);
  EXPECT_TRUE(long_text.starts_with(page->items[0].detail));
}

}  // namespace
}  // namespace geili::identity
