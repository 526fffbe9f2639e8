#include "flows/practice.hpp"

#include "flows/test_pay.hpp"

namespace geili::flows {
namespace {

class Practice : public StripePay {
 protected:
  std::int64_t in_show(ShowId show) {
    return *read([&](Tx& tx) { return practised_in_show_minor(tx, shop_, show); });
  }
  std::int64_t between(Instant from, Instant to) {
    return *read([&](Tx& tx) { return practised_minor(tx, shop_, from, to); });
  }
};

TEST_F(Practice, IsWhatPracticeCardsPaidLessWhatWentBack) {
  const Instant before = clock_.now();
  const auto order = buy();
  buy(Method::card, 2);
  EXPECT_EQ(in_show(show_), 0) << "nobody has paid yet";
  ASSERT_TRUE(say(order, EvidenceKind::paid));
  EXPECT_EQ(in_show(show_), kPrice);
  ASSERT_TRUE(write(refunding(order, 100, false)));
  carry_all();
  EXPECT_EQ(in_show(show_), kPrice - 100);
  clock_.advance(std::chrono::seconds(1));
  const Instant after = clock_.now();
  EXPECT_EQ(between(before, after), kPrice - 100);
  EXPECT_EQ(between(before, before), 0);
  EXPECT_EQ(between(after, after + std::chrono::hours(1)), 0);
  EXPECT_EQ(in_show(schedule({necklace_})), 0);
}

TEST_F(Practice, IsNeitherRealMoneyNorCash) {
  take_stripe();
  ASSERT_TRUE(say(buy(), EvidenceKind::paid));
  const auto cash = buy(Method::on_delivery, 2);
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, cash.id, clock_); }));
  EXPECT_EQ(in_show(show_), 0);
}

TEST_F(Practice, IsAllThatADemoShopIsPaid) {
  const auto cash = buy(Method::on_delivery);
  ASSERT_TRUE(write([&](Tx& tx) { return confirm_payment(tx, shop_, cash.id, clock_); }));
  EXPECT_EQ(in_show(show_), 0);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
    return tx.exec("UPDATE shop SET demo = $2 WHERE id = $1", shop_, 1) == 1;
  }));
  EXPECT_EQ(in_show(show_), kPrice);
}

}  // namespace
}  // namespace geili::flows
