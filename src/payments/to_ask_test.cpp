#include "payments/to_ask.hpp"

#include "payments/payments_testing.hpp"

namespace geili::payments {
namespace {

using ToAskTest = PaymentsTest;

TEST_F(ToAskTest, IsTakenByOneOfTwoProcessesThatMeet) {
  if (!database_.beside()) GTEST_SKIP() << "one process has the file";
  const Payment payment = make();
  ASSERT_TRUE(write([&](store::Tx& tx) -> Result<bool> {
    want(tx, payment.shop, {.kind = AskKind::look_up, .payment = payment.id, .provider = "stripe"},
         clock_.now());
    return true;
  }));
  const auto [one, other] = meet([&](store::Tx& tx) -> Result<std::vector<ToAsk>> {
    return take_due_asks(tx, 8, clock_.now());
  });
  EXPECT_EQ(one->size(), 1U);
  EXPECT_EQ(other->size(), 0U);
}

}  // namespace
}  // namespace geili::payments
