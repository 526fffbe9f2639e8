#include "ledger/settlement.hpp"

#include <functional>

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::field_of;

class Settlements : public Books {
 protected:
  Settlement settlement(std::int64_t amount_minor) {
    return {.source = {"settlement", "po_1"},
            .provider = "stripe",
            .amount = {amount_minor, kMxn},
            .fee_minor = 100,
            .reference = "po_1",
            .memo = "",
            .occurred_at = clock_.now()};
  }
  auto settling(const Settlement& settlement) {
    return [=, this](Tx& tx) { return record_provider_settlement(tx, settlement, clock_.now()); };
  }
  Adjustment adjustment(std::int64_t amount_minor) {
    return {.source = {"adjustment", std::to_string(amount_minor)},
            .shop = kShop,
            .amount = {amount_minor, kMxn},
            .memo = "agreed on Sunday",
            .reference = "",
            .occurred_at = clock_.now()};
  }
  auto adjusting(const Adjustment& adjustment) {
    return [=, this](Tx& tx) { return record_adjustment(tx, adjustment, clock_.now()); };
  }
  auto reversing(std::int64_t number, std::string memo = "typed twice") {
    return [=, this](Tx& tx) { return reverse_entry(tx, EntryNumber{number}, memo, clock_.now()); };
  }
};

TEST_F(Settlements, MoneyOfAProviderArrivesAtTheBank) {
  sell("1");
  must(settling(settlement(13'000)));
  EXPECT_EQ(clearing(), 0);
  EXPECT_EQ(cooperative(AccountKind::bank), 13'000);
  EXPECT_EQ(account(provider_account(AccountKind::fee_expense, "stripe", kMxn)), 100);
  EXPECT_EQ(balance(), 10'500);
  EXPECT_FALSE(must(settling(settlement(13'000))).is_new);
  EXPECT_EQ(refused(settling(settlement(13'001))).code, "ledger-source-reused");
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, kMoneyMinorMax + 1}) {
    EXPECT_EQ(field_of(refused(settling(settlement(amount)))), "/amount");
  }
}

TEST_F(Settlements, AFeeIsTheCooperativesOrAHouseholds) {
  const auto charging = [&](std::optional<ShopId> shop, std::string id) {
    return [=, this](Tx& tx) {
      return record_fee(tx, {{"fee", id}, "stripe", {70, kMxn}, shop, kShow, "", "", clock_.now()},
                        clock_.now());
    };
  };
  must(charging(std::nullopt, "1"));
  EXPECT_EQ(earned().provider_fees_minor, 0);
  must(charging(kShop, "2"));
  EXPECT_EQ(earned().provider_fees_minor, 70);
  EXPECT_EQ(earned().net_minor, -70);
  EXPECT_EQ(account(provider_account(AccountKind::fee_expense, "stripe", kMxn)), 70);
  EXPECT_EQ(balance(), -70);
  EXPECT_EQ(clearing(), -140);
  EXPECT_EQ(field_of(refused(charging(ShopId{-1}, "3"))), "/shop_id");
}

TEST_F(Settlements, AHouseholdPaysWhatItOwes) {
  sell_for_cash(sale("1"));
  const auto paying = [&](std::int64_t minor, PaidInto into, std::string id) {
    return [=, this](Tx& tx) {
      return record_seller_payment(
          tx, {{"payment", id}, kShop, {minor, kMxn}, into, "", "", clock_.now()}, clock_.now());
    };
  };
  must(paying(2'000, PaidInto::bank, "1"));
  must(paying(600, PaidInto::cash, "2"));
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(cooperative(AccountKind::bank), 2'000);
  EXPECT_EQ(cooperative(AccountKind::cash), 600);
  EXPECT_EQ(field_of(refused(paying(0, PaidInto::cash, "3"))), "/amount");
}

TEST_F(Settlements, AnAdjustmentGoesEitherWayAndSaysWhy) {
  must(adjusting(adjustment(250)));
  EXPECT_EQ(balance(), 250);
  must(adjusting(adjustment(-1'000)));
  EXPECT_EQ(balance(), -750);
  EXPECT_EQ(cooperative(AccountKind::adjustments), -750);
  Adjustment silent = adjustment(5);
  silent.memo = " ";
  EXPECT_EQ(field_of(refused(adjusting(silent))), "/memo");
  for (const std::int64_t amount :
       {std::int64_t{0}, kMoneyMinorMax + 1, -kMoneyMinorMax - 1, INT64_MIN}) {
    Adjustment bad = adjustment(1);
    bad.amount.minor = amount;
    EXPECT_EQ(field_of(refused(adjusting(bad))), "/amount") << amount;
  }
}

TEST_F(Settlements, AWrongEntryIsReversedOnceAndStays) {
  must(adjusting(adjustment(250)));
  const Posted reversal = must(reversing(1));
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(must(reversing(1)).number, reversal.number);
  EXPECT_EQ(balance(), 0);
  const auto found = *read([&](Tx& tx) { return find_entry(tx, reversal.number); });
  EXPECT_EQ(found.settles, EntryNumber{1});
  EXPECT_EQ(found.kind, EntryKind::reversal);
  EXPECT_EQ(refused(reversing(2)).code, "ledger-entry-not-reversible");
  sell("1");
  EXPECT_EQ(refused(reversing(3)).code, "ledger-entry-not-reversible");
  EXPECT_EQ(refused(reversing(9)).code, "ledger-entry-not-found");
  EXPECT_EQ(field_of(refused(reversing(1, ""))), "/memo");
}

}  // namespace
}  // namespace geili::ledger
