// Pieces come back once, whether by a return, with a refund, or by both.
#include "flows/returns.hpp"
#include "flows/test_pay.hpp"

namespace geili::flows {
namespace {

class GoodsBack : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    PlaceOrder two = wish();
    two.lines = {{necklace_, 2}};
    two.expected_total.minor = 2 * kPrice;
    two.payment_method = Method::card;
    order_ = write([&](Tx& tx) { return checkout(tx, two, clock_, terms_); })->order;
    ASSERT_TRUE(say(order_, EvidenceKind::paid));
    ASSERT_TRUE(write(setting(order_, OrderStatus::packed)));
    ASSERT_TRUE(write(setting(order_, OrderStatus::handed_over)));
  }

  shipping::ReturnId approved_return() {
    const auto asked = write([&](Tx& tx) {
      return ask_return(tx, {.token = order_.token, .key = "back-0001", .lines = {{necklace_, 1}}},
                        clock_);
    });
    EXPECT_TRUE(write(
        [&](Tx& tx) { return shipping::approve_return(tx, shop_, asked->id, clock_.now()); }));
    return asked->id;
  }
  void receive(shipping::ReturnId id, Restock restock) {
    ASSERT_TRUE(write([&](Tx& tx) { return receive_return(tx, shop_, id, restock, clock_); }));
  }
  void refund(std::string key) {
    ASSERT_TRUE(write(refunding(order_, kPrice, true, std::move(key))));
  }

  orders::Order order_{.total = {0, kCny}};
};

TEST_F(GoodsBack, WhatAReturnBroughtBackIsNotTakenBackWithARefund) {
  receive(approved_return(), Restock::yes);
  EXPECT_EQ(left(necklace_), 11);
  refund("refund-01");
  EXPECT_EQ(left(necklace_), 12);
  refund("refund-02");
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(GoodsBack, WhatCameBackWithARefundIsNotBroughtBackByAReturn) {
  const auto asked = approved_return();
  refund("refund-01");
  EXPECT_EQ(left(necklace_), 12);
  receive(asked, Restock::yes);
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(GoodsBack, APieceThatIsNotFitForSaleStaysAwayWhenTheRestComesBack) {
  receive(approved_return(), Restock::no);
  EXPECT_EQ(left(necklace_), 10);
  refund("refund-01");
  EXPECT_EQ(left(necklace_), 11);
}

}  // namespace
}  // namespace geili::flows
