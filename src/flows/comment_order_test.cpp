#include "flows/comment_order.hpp"

#include "flows/returned.hpp"
#include "flows/test_market.hpp"
#include "shows/bag_number.hpp"

namespace geili::flows {
namespace {

class CommentOrders : public Market {
 protected:
  auto ordering(std::int64_t device, std::int64_t number, std::int64_t quantity = 1,
                bool is_told = true) {
    return [=, this](Tx& tx) {
      return hold_by_comment(tx,
                             {.device = DeviceId{device},
                              .show = show_,
                              .number = number,
                              .quantity = quantity,
                              .name = "Ana",
                              .is_told = is_told},
                             clock_);
    };
  }
  void fill(std::vector<ProductId> bag) {
    const auto version =
        *read([&](Tx& tx) -> Result<std::int64_t> { return shows::find_show(tx, show_)->version; });
    ASSERT_TRUE(write([&](Tx& tx) {
      return change_show(tx, show_, {.show = {}, .bag = bag, .guests = {}}, version, clock_);
    }));
  }
  std::optional<ProductId> numbered(std::int64_t number, std::optional<ShowId> show = {}) {
    return *read([&](Tx& tx) -> Result<std::optional<ProductId>> {
      return shows::product_numbered(tx, show.value_or(show_), number);
    });
  }
  int count_taken() {
    int count = 0;
    for (const std::string& one : told()) count += one.contains(R"("type":"taken")") ? 1 : 0;
    return count;
  }
};

TEST_F(CommentOrders, AreHeldLikeATapAndTold) {
  const auto held = write(ordering(1, 1, 3));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->product, necklace_);
  EXPECT_EQ(held->quantity, 3);
  EXPECT_EQ(held->held_until, clock_.now() + kHoldFor);
  EXPECT_EQ(left(necklace_), 9);
  const auto all = told();
  EXPECT_EQ(all.back(), topic() + R"({"type":"taken","name":"Ana","product_id":")" +
                            std::to_string(necklace_.value) + R"(","number":1,"quantity":3})");
}

TEST_F(CommentOrders, OfTheSameAreOneHoldAndToldOnce) {
  const auto first = write(ordering(1, 1, 2));
  EXPECT_EQ(write(ordering(1, 1, 2))->id, first->id);
  EXPECT_EQ(count_taken(), 1);
  EXPECT_NE(write(ordering(1, 1, 3))->id, first->id);
  EXPECT_EQ(count_taken(), 1);
  EXPECT_EQ(left(necklace_), 9);
}

TEST_F(CommentOrders, OfAShadowAreHeldInSilence) {
  ASSERT_TRUE(write(ordering(1, 1, 1, false)));
  EXPECT_EQ(count_taken(), 0);
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(CommentOrders, ThatAreRefusedChangeNothing) {
  EXPECT_EQ(refused(ordering(1, 9)).code, "number-not-in-bag");
  EXPECT_EQ(refused(ordering(1, 1, 13)).code, "sold-out");
  ASSERT_TRUE(write(ordering(1, 1, 2)));
  EXPECT_EQ(refused(ordering(1, 1, 13)).code, "sold-out");
  EXPECT_EQ(left(necklace_), 10) << "the hold there was stays";
  EXPECT_EQ(count_taken(), 1);
}

TEST_F(CommentOrders, AreNeverForMoreThanThereAre) {
  int held = 0;
  for (std::int64_t device = 1; device <= 40; ++device) held += write(ordering(device, 1)) ? 1 : 0;
  EXPECT_EQ(held, 12);
  EXPECT_EQ(left(necklace_), 0);
  EXPECT_EQ(count_taken(), 12);
}

TEST_F(CommentOrders, NumbersStayFromTheStartOfTheShowOn) {
  const ProductId ring = list("Ring", 5);
  fill({earrings_, ring});
  EXPECT_EQ(numbered(1), std::nullopt) << "it has left the bag";
  EXPECT_EQ(numbered(2), earrings_);
  EXPECT_EQ(numbered(3), ring);
  fill({ring, necklace_, earrings_});
  EXPECT_EQ(numbered(1), necklace_) << "it has come back";
  EXPECT_EQ(numbered(2), earrings_);
  EXPECT_EQ(numbered(3), ring);
}

TEST_F(CommentOrders, NumbersFollowTheBagUntilTheShowBegins) {
  show_ = schedule({necklace_, earrings_});
  fill({earrings_, necklace_});
  EXPECT_EQ(numbered(1), earrings_);
  EXPECT_EQ(numbered(2), necklace_);
  EXPECT_EQ(refused(ordering(1, 1)).code, "show-status-conflict");
}

}  // namespace
}  // namespace geili::flows
