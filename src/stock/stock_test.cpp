#include "stock/stock.hpp"

#include <string>
#include <thread>
#include <vector>

#include "stock/test_stall.hpp"

namespace geili::stock {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

class Stock : public Stall {
 protected:
  static auto changing(std::int64_t delta, ProductId product = kNecklace) {
    return [=](Tx& tx) { return change(tx, product, delta); };
  }
};

TEST_F(Stock, AReleaseGivesUnitsBackOnce) {
  const auto three = write(claiming(3));
  ASSERT_TRUE(three);
  EXPECT_EQ(three->available, 9);
  EXPECT_EQ(write(claiming(9))->available, 0);
  EXPECT_EQ(write(releasing(three->id))->available, 3);
  const std::string once = rows();
  EXPECT_EQ(write(releasing(three->id))->available, 3);
  EXPECT_EQ(rows(), once);
  EXPECT_EQ(refused(releasing(ClaimId{99})).code, "claim-not-found");
}

TEST_F(Stock, NeverMoreThanThereIs) {
  for (const std::int64_t quantity : {13, 100}) {
    const Error error = refused(claiming(quantity));
    EXPECT_EQ(error.code, "sold-out");
    EXPECT_EQ(figure_of(error, "available"), 12);
    EXPECT_EQ(figure_of(error, "product_id"), kNecklace.value);
  }
  EXPECT_EQ(figure_of(refused(claiming(1, ProductId{99})), "available"), 0);
}

TEST_F(Stock, ThirteenThreadsRaceForTwelve) {
  std::vector<int> got(13);
  {
    std::vector<std::jthread> buyers;
    for (int& mine : got) buyers.emplace_back([&] { mine = write(claiming(1)) ? 1 : 0; });
  }
  int sold = 0;
  for (const int mine : got) sold += mine;
  EXPECT_EQ(sold, 12);
  EXPECT_EQ(left(), 0);
}

TEST_F(Stock, ChangesAreDifferences) {
  ASSERT_TRUE(write(claiming(2)));
  EXPECT_EQ(*write(changing(5)), 15);
  EXPECT_EQ(*write(changing(-15)), 0);
  EXPECT_EQ(*write(changing(100'000)), 100'000);
}

TEST_F(Stock, BadChangesAreRefused) {
  const Error below = refused(changing(-13));
  EXPECT_EQ(below.code, "stock-below-zero");
  EXPECT_EQ(below.kind, ErrorKind::conflict);
  EXPECT_EQ(figure_of(below, "available"), 12);
  for (const std::int64_t delta :
       {std::int64_t{0}, std::int64_t{100'001}, std::int64_t{-100'001}, INT64_MAX, INT64_MIN}) {
    EXPECT_EQ(field_of(refused(changing(delta))), "/change") << delta;
  }
  EXPECT_EQ(refused(changing(1, ProductId{99})).code, "product-not-found");
}

TEST_F(Stock, TheStockHasALimit) {
  for (int i = 0; i < 9; ++i) ASSERT_TRUE(write(changing(kStockChangeMax)));
  ASSERT_TRUE(write(changing(99'988)));
  EXPECT_EQ(left(), kStockMax);
  EXPECT_EQ(field_of(refused(changing(1))), "/change");
}

TEST_F(Stock, BadBeginningsAreRefused) {
  for (const std::int64_t units : {std::int64_t{-1}, kStockMax + 1, INT64_MIN}) {
    EXPECT_EQ(field_of(refused([=](Tx& tx) { return open(tx, ProductId{6}, units); })), "/stock");
  }
  EXPECT_TRUE(write([](Tx& tx) { return open(tx, ProductId{6}, 0); }));
  EXPECT_TRUE(write([](Tx& tx) { return open(tx, ProductId{7}, kStockMax); }));
}

TEST_F(Stock, TheDatabaseItselfRefusesToGoBelowZero) {
  EXPECT_THROW((void)write([](Tx& tx) -> Result<int> {
                 tx.exec("UPDATE stock SET available = available - 13");
                 return 0;
               }),
               store::StoreFailure);
  EXPECT_EQ(left(), 12);
}

}  // namespace
}  // namespace geili::stock
