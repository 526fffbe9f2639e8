#include "ledger/sale.hpp"

#include <functional>

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

class Sales : public Books {
 protected:
  std::int64_t fee_expense() {
    return account(provider_account(AccountKind::fee_expense, "stripe", kMxn));
  }
  std::int64_t disputed() {
    return account(provider_account(AccountKind::provider_disputes, "stripe", kMxn));
  }
  std::int64_t household_cash() {
    return account(shop_account(AccountKind::household_cash, kShop, kMxn));
  }
  Clawback clawback(const std::string& id, std::int64_t amount_minor) {
    return {.source = {"chargeback", id},
            .sale = {"order", "1"},
            .amount_minor = amount_minor,
            .memo = "",
            .occurred_at = clock_.now()};
  }
  auto clawing(const Clawback& clawback) {
    return [=, this](Tx& tx) { return record_clawback(tx, clawback, clock_.now()); };
  }
  Dispute dispute(std::int64_t amount_minor) {
    return {.source = {"dispute", "dp_1"},
            .sale = {"order", "1"},
            .amount_minor = amount_minor,
            .fee_minor = 300,
            .memo = "",
            .occurred_at = clock_.now()};
  }
  auto disputing(const Dispute& dispute) {
    return [=, this](Tx& tx) { return record_dispute(tx, dispute, clock_.now()); };
  }
  auto winning(const std::string& id) {
    return [=, this](Tx& tx) {
      return record_dispute_won(tx, {{"dispute_won", id}, {"dispute", "dp_1"}, "", clock_.now()},
                                clock_.now());
    };
  }
};

TEST_F(Sales, AreSplitBetweenSellerCooperativeTaxAndProvider) {
  sell("1");
  EXPECT_EQ(balance(), 10'000 + 2'000 - 1'000 - 500);
  EXPECT_EQ(clearing(), 13'600 - 500);
  EXPECT_EQ(cooperative(AccountKind::commission_income), -1'000);
  EXPECT_EQ(cooperative(AccountKind::tax_payable), -1'600);
  EXPECT_EQ(balance(kOther), 0);
  EXPECT_EQ(balance(kShop, kCny), 0);
}

TEST_F(Sales, EachPartGoesToWhomItIsSaidToGo) {
  Sale sold = sale("1");
  sold.split.shipping_to = Party::cooperative;
  sold.split.tax_to = Party::seller;
  sold.split.fee_from = Party::cooperative;
  sell(sold);
  EXPECT_EQ(balance(), 10'000 + 1'600 - 1'000);
  EXPECT_EQ(cooperative(AccountKind::shipping_income), -2'000);
  EXPECT_EQ(cooperative(AccountKind::tax_payable), 0);
  EXPECT_EQ(fee_expense(), 500);
}

TEST_F(Sales, CashStaysWithTheHouseholdThatThenOwesCommission) {
  sell_for_cash(sale("1"));
  EXPECT_EQ(balance(), -1'000 - 1'600);  // commission, and the tax the co-operative remits
  EXPECT_EQ(household_cash(), 0);
  must(refunding(refund("1", 11'600, 2'000)));
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(cooperative(AccountKind::commission_income), 0);
  EXPECT_EQ(household_cash(), 0);
}

TEST_F(Sales, BadOnesAreRefused) {
  const auto fault = [&](const std::function<void(Sale&)>& change, const char* provider) {
    Sale bad = sale("1");
    change(bad);
    const Error error =
        refused([&](Tx& tx) { return record_sale(tx, bad, provider, clock_.now()); });
    return error.fields.empty() ? error.code : field_of(error);
  };
  const auto nothing = [](Sale&) {};
  EXPECT_EQ(fault(nothing, ""), "/provider");
  EXPECT_EQ(fault(nothing, "Stripe"), "/provider");
  EXPECT_EQ(fault(nothing, "a123456789012345678901234567890123"), "/provider");
  EXPECT_EQ(fault([](Sale& s) { s.source.kind = ""; }, "stripe"), "/source/kind");
  EXPECT_EQ(fault([](Sale& s) { s.source.kind = "order'"; }, "stripe"), "/source/kind");
  EXPECT_EQ(fault([](Sale& s) { s.source.kind = std::string(33, 'a'); }, "stripe"), "/source/kind");
  EXPECT_EQ(fault([](Sale& s) { s.source.id = ""; }, "stripe"), "/source/id");
  EXPECT_EQ(fault([](Sale& s) { s.source.id = "a b"; }, "stripe"), "/source/id");
  EXPECT_EQ(fault([](Sale& s) { s.source.id = std::string(101, '1'); }, "stripe"), "/source/id");
  EXPECT_EQ(fault([](Sale& s) { s.shop = ShopId{0}; }, "stripe"), "/shop_id");
  EXPECT_EQ(fault([](Sale& s) { s.units = -1; }, "stripe"), "/units");
  EXPECT_EQ(fault([](Sale& s) { s.units = kUnitsMax + 1; }, "stripe"), "/units");
  EXPECT_EQ(fault([](Sale& s) { s.memo = std::string(201, 'a'); }, "stripe"), "/memo");
  EXPECT_EQ(fault([](Sale& s) { s.memo = "\xff"; }, "stripe"), "/memo");
  EXPECT_EQ(fault([](Sale& s) { s.reference = std::string(61, '1'); }, "stripe"), "/reference");
  EXPECT_EQ(fault([](Sale& s) { s.split.tax_minor = 13'000; }, "stripe"), "/tax_minor");
  EXPECT_EQ(fault([](Sale& s) { s.split = {}; }, "stripe"), "ledger-nothing-to-post");
  EXPECT_EQ(field_of(refused([&](Tx& tx) { return cash_received(tx, sale("1"), clock_.now()); })),
            "/provider_fee_minor");
}

TEST_F(Sales, ARefundGivesBackItsShareOfEverythingButTheFee) {
  sell("1");
  must(refunding(refund("1", 5'800)));  // half of the goods, as priced
  EXPECT_EQ(balance(), 10'500 - 5'000 + 500);
  EXPECT_EQ(cooperative(AccountKind::tax_payable), -800);
  EXPECT_EQ(cooperative(AccountKind::commission_income), -500);
  EXPECT_EQ(clearing(), 13'100 - 5'800);
  must(refunding(refund("1", 5'800, 2'000)));
  EXPECT_EQ(balance(), -500);  // the fee, which the provider keeps
  EXPECT_EQ(cooperative(AccountKind::tax_payable), 0);
  EXPECT_EQ(cooperative(AccountKind::commission_income), 0);
  EXPECT_EQ(clearing(), -500);
}

TEST_F(Sales, PartialRefundsAddUpToTheWholeToTheLastUnit) {
  Sale sold = sale("1");
  sold.split = {.gross_minor = 1'001,
                .shipping_minor = 101,
                .tax_minor = 77,
                .shipping_tax_minor = 7,
                .provider_fee_minor = 33,
                .commission_basis_points = 333};
  sell(sold);
  for (int i = 0; i < 9; ++i) must(refunding(refund("1", 100, i == 4 ? 101 : 0)));
  EXPECT_EQ(cooperative(AccountKind::commission_income), 0);
  EXPECT_EQ(cooperative(AccountKind::tax_payable), 0);
  EXPECT_EQ(balance(), -33);
  const Error over = refused(refunding(refund("1", 1)));
  EXPECT_EQ(over.code, "refund-exceeds-sale");
  EXPECT_EQ(figure_of(over, "goods_left"), 0);
}

TEST_F(Sales, WhoBearsTheFeeOfARefundIsSaid) {
  sell("1");
  Refund refund = this->refund("1", 11'600, 2'000);
  refund.fee_from = Party::cooperative;
  refund.fee_returned_minor = 200;
  must(refunding(refund));
  EXPECT_EQ(balance(), 0);  // 200 came back from the provider, 300 from the co-operative
  EXPECT_EQ(fee_expense(), 300);
  EXPECT_EQ(clearing(), -300);
  Sale other = sale("2");
  other.split.fee_from = Party::cooperative;
  other.shop = kOther;
  sell(other);
  must(refunding(this->refund("2", 11'600, 2'000)));
  EXPECT_EQ(balance(kOther), -500);  // the seller bears it now
  EXPECT_EQ(fee_expense(), 300);
}

TEST_F(Sales, BadRefundsAreRefused) {
  sell("1");
  const auto fault = [&](const std::function<void(Refund&)>& change) {
    Refund bad = refund("1", 100);
    change(bad);
    const Error error = refused(refunding(bad));
    return error.fields.empty() ? error.code : field_of(error);
  };
  EXPECT_EQ(fault([](Refund& r) { r.goods_minor = 0; }), "/goods_minor");
  EXPECT_EQ(fault([](Refund& r) { r.goods_minor = -1; }), "/goods_minor");
  EXPECT_EQ(fault([](Refund& r) { r.shipping_minor = INT64_MIN; }), "/shipping_minor");
  EXPECT_EQ(fault([](Refund& r) { r.fee_returned_minor = -1; }), "/fee_returned_minor");
  EXPECT_EQ(fault([](Refund& r) { r.sale.id = "9"; }), "ledger-sale-not-found");
  EXPECT_EQ(fault([](Refund& r) { r.sale = {}; }), "/sale/kind");
  EXPECT_EQ(fault([](Refund& r) { r.source.id = ""; }), "/source/id");
  EXPECT_EQ(fault([](Refund& r) { r.memo = std::string(201, 'a'); }), "/memo");
  EXPECT_EQ(fault([](Refund& r) { r.goods_minor = 11'601; }), "refund-exceeds-sale");
  EXPECT_EQ(fault([](Refund& r) { r.shipping_minor = 2'001; }), "refund-exceeds-sale");
  EXPECT_EQ(fault([](Refund& r) { r.fee_returned_minor = 501; }), "fee-return-exceeds-fee");
}

TEST_F(Sales, ARepeatedRefundIsMadeOnce) {
  sell("1");
  const Refund half = refund("1", 5'800);
  const Posted first = must(refunding(half));
  const std::string before = rows();
  EXPECT_EQ(must(refunding(half)).number, first.number);
  EXPECT_EQ(rows(), before);
  Refund more = half;
  more.goods_minor += 1;
  EXPECT_EQ(refused(refunding(more)).code, "ledger-source-reused");
}

TEST_F(Sales, AClawbackTakesBackItsPartOfEverything) {
  sell("1");
  must(clawing(clawback("c1", 6'800)));  // half of what was paid
  EXPECT_EQ(balance(), 10'500 - 5'000 - 1'000 + 500);
  EXPECT_EQ(cooperative(AccountKind::tax_payable), -800);
  must(clawing(clawback("c2", 6'800)));
  EXPECT_EQ(balance(), -500);
  EXPECT_EQ(cooperative(AccountKind::commission_income), 0);
  const Error over = refused(clawing(clawback("c3", 1)));
  EXPECT_EQ(over.code, "refund-exceeds-sale");
  EXPECT_EQ(figure_of(over, "left"), 0);
  EXPECT_EQ(field_of(refused(clawing(clawback("c4", 0)))), "/amount_minor");
}

TEST_F(Sales, ADisputeIsHeldApartUntilItIsDecided) {
  sell("1");
  must(disputing(dispute(13'600)));
  EXPECT_EQ(balance(), 10'500 - 300);
  EXPECT_EQ(disputed(), 13'600);
  EXPECT_EQ(clearing(), 13'100 - 13'600 - 300);
  must(winning("w1"));
  EXPECT_EQ(disputed(), 0);
  EXPECT_EQ(clearing(), 13'100 - 300);
  EXPECT_EQ(refused(winning("w2")).code, "dispute-closed");
  Clawback lost = clawback("c1", 13'600);
  lost.dispute = Source{"dispute", "dp_1"};
  EXPECT_EQ(refused(clawing(lost)).code, "dispute-closed");
}

TEST_F(Sales, ALostDisputeIsTheSellers) {
  sell("1");
  sell("2");
  must(disputing(dispute(13'600)));
  Clawback lost = clawback("c1", 13'600);
  lost.dispute = Source{"dispute", "dp_2"};
  EXPECT_EQ(refused(clawing(lost)).code, "dispute-not-found");
  lost.dispute = Source{"order", "1"};
  EXPECT_EQ(refused(clawing(lost)).code, "dispute-not-found");
  lost.dispute = Source{"dispute", "dp_1"};
  lost.amount_minor = 13'599;
  EXPECT_EQ(refused(clawing(lost)).code, "dispute-amount");
  lost.amount_minor = 13'600;
  lost.sale = {"order", "2"};
  EXPECT_EQ(refused(clawing(lost)).code, "dispute-amount");
  lost.sale = {"order", "1"};
  must(clawing(lost));
  EXPECT_EQ(disputed(), 0);
  EXPECT_EQ(balance(), 10'500 - 500 - 300);
  EXPECT_EQ(refused(winning("w1")).code, "dispute-closed");
  EXPECT_FALSE(must(clawing(lost)).is_new);
}

TEST_F(Sales, CashCannotBeDisputed) {
  sell_for_cash(sale("1"));
  EXPECT_EQ(refused(disputing(dispute(100))).code, "clawback-of-cash");
  EXPECT_EQ(refused(clawing(clawback("c1", 100))).code, "clawback-of-cash");
}

}  // namespace
}  // namespace geili::ledger
