#include "stock/bundle.hpp"

#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "stock/claim_log.hpp"
#include "stock/show_limit.hpp"
#include "stock/test_stall.hpp"
#include "stock/waitlist.hpp"
#include "store/testing/counting_tx.hpp"

namespace geili::stock {
namespace {

using store::Tx;
using store::testing::figure_of;

constexpr ProductId kEarring{
    3};                       // below the necklace's id: the order of parts is not that of wishes
constexpr ProductId kSet{9};  // one necklace and two earrings
constexpr ProductId kParent{20};
constexpr ProductId kPair{8};  // two earrings

class Bundle : public Stall {
 protected:
  void SetUp() override {
    Stall::SetUp();
    ASSERT_TRUE(write([](Tx& tx) -> Result<void> {
      for (const auto& [product, units] : {std::pair{kEarring, 9}, {kSet, 0}, {kPair, 0}}) {
        if (auto opened = open(tx, product, units); !opened) return opened;
      }
      if (auto set = set_parts(tx, kSet, kSetParts); !set) return set;
      return set_parts(tx, kPair, kPairParts);
    }));
  }
  auto taking(ProductId product, std::int64_t quantity = 1, DeviceId buyer = DeviceId{1}) {
    return [=, this](Tx& tx) {
      return claim(tx, {.product = product, .quantity = quantity, .show = kShow, .buyer = buyer},
                   clock_.now());
    };
  }
  auto holding_set(std::int64_t quantity = 1, DeviceId buyer = DeviceId{1}) {
    return [=, this](Tx& tx) {
      const Instant now = clock_.now();
      return claim(tx,
                   {.product = kSet,
                    .quantity = quantity,
                    .show = kShow,
                    .buyer = buyer,
                    .held_until = now + kHeldFor},
                   now);
    };
  }
  std::int64_t left_of(ProductId product) {
    return *read([&](Tx& tx) -> Result<std::int64_t> { return available(tx, product); });
  }
  // Necklaces, earrings.
  std::pair<std::int64_t, std::int64_t> parts_left() {
    return {left_of(kNecklace), left_of(kEarring)};
  }
  std::vector<Logged> logged() {
    return *read([](Tx& tx) -> Result<std::vector<Logged>> { return read_log(tx, kShow, 0); });
  }
  std::map<ProductId, std::int64_t> taken_in_show() {
    return *read([&](Tx& tx) -> Result<std::map<ProductId, std::int64_t>> {
      std::map<ProductId, std::int64_t> taken;
      for (const ShowCount& count : counts_of(tx, kShow, clock_.now())) {
        taken[count.product] = count.taken;
      }
      return taken;
    });
  }

  static constexpr std::array kSetParts{Part{kEarring, 2}, Part{kNecklace, 1}};
  static constexpr std::array kPairParts{Part{kEarring, 2}};
};

using Pair = std::pair<std::int64_t, std::int64_t>;

TEST_F(Bundle, HasAsManyAsItsScarcestPartMakes) {
  EXPECT_EQ(left_of(kSet), 4);
  EXPECT_EQ(left_of(kPair), 4);
  ASSERT_TRUE(write(taking(kNecklace, 10)));
  EXPECT_EQ(left_of(kSet), 2);
  EXPECT_EQ(left_of(kPair), 4);
}

TEST_F(Bundle, TakesAllItsPartsAtOnce) {
  const auto sold = write(taking(kSet, 3));
  ASSERT_TRUE(sold);
  EXPECT_EQ(sold->available, 1);
  ASSERT_EQ(sold->parts.size(), 2U);
  EXPECT_EQ(sold->parts[0].product, kEarring);
  EXPECT_EQ(sold->parts[0].quantity, 6);
  EXPECT_EQ(sold->parts[0].available, 3);
  EXPECT_EQ(parts_left(), Pair(9, 3));
  EXPECT_EQ(left_of(kPair), 1);
}

TEST_F(Bundle, TakesNothingWhenOnePartIsMissing) {
  ASSERT_TRUE(write(taking(kNecklace, 11)));
  const Error error = refused(taking(kSet, 2));
  EXPECT_EQ(error.code, "sold-out");
  EXPECT_EQ(figure_of(error, "available"), 1);
  EXPECT_EQ(figure_of(error, "product_id"), kSet.value);
  EXPECT_EQ(parts_left(), Pair(1, 9));
}

TEST_F(Bundle, TellsHowManyAreLeftInTheTransactionThatTriedInVain) {
  ASSERT_TRUE(write(taking(kNecklace, 11)));
  const auto seen = write([&](Tx& tx) -> Result<Pair> {
    if (taking(kSet, 2)(tx)) return Pair{};
    return Pair(available(tx, kNecklace), available(tx, kEarring));
  });
  EXPECT_EQ(*seen, Pair(1, 9));
}

TEST_F(Bundle, GivesAllItsPartsBackOnce) {
  const auto sold = write(taking(kSet, 2));
  const auto released = write(releasing(sold->id));
  ASSERT_TRUE(released);
  EXPECT_EQ(released->available, 4);
  EXPECT_EQ(released->parts.size(), 2U);
  EXPECT_EQ(parts_left(), Pair(12, 9));
  ASSERT_TRUE(write(releasing(sold->id)));
  EXPECT_EQ(parts_left(), Pair(12, 9));
  EXPECT_EQ(taken_in_show(),
            (std::map<ProductId, std::int64_t>{{kEarring, 0}, {kNecklace, 0}, {kSet, 0}}));
}

TEST_F(Bundle, ExpiresWithItsParts) {
  ASSERT_TRUE(write(holding_set(2)));
  EXPECT_EQ(parts_left(), Pair(10, 5));
  clock_.advance(kHeldFor);
  const auto expired = expire_now();
  ASSERT_EQ(expired.size(), 1U);
  EXPECT_EQ(expired.front().product, kSet);
  EXPECT_EQ(expired.front().parts.size(), 2U);
  EXPECT_EQ(parts_left(), Pair(12, 9));
  EXPECT_TRUE(expire_now().empty());
}

TEST_F(Bundle, IsConfirmedWithItsParts) {
  const auto held = write(holding_set());
  ASSERT_TRUE(write(confirming(held->id)));
  clock_.advance(kHeldFor);
  EXPECT_TRUE(expire_now().empty());
  EXPECT_EQ(parts_left(), Pair(11, 7));
  ASSERT_TRUE(write(releasing(held->id)));
  EXPECT_EQ(parts_left(), Pair(12, 9));
}

TEST_F(Bundle, IsOneHoldOfItsBuyer) {
  ASSERT_TRUE(write(holding_set()));
  const auto holds = *read([&](Tx& tx) -> Result<std::vector<Claim>> {
    return holds_of(tx, DeviceId{1}, std::nullopt, clock_.now());
  });
  ASSERT_EQ(holds.size(), 1U);
  EXPECT_EQ(holds.front().product, kSet);
  const auto of_part = *read([&](Tx& tx) -> Result<std::vector<Claim>> {
    return holds_of(tx, DeviceId{1}, kEarring, clock_.now());
  });
  EXPECT_TRUE(of_part.empty());
}

TEST_F(Bundle, IsNotReachedThroughTheClaimOfAPart) {
  const auto held = write(holding_set());
  for (std::int64_t id = held->id.value + 1; id <= held->id.value + 2; ++id) {
    EXPECT_EQ(refused(releasing(ClaimId{id})).code, "claim-not-found");
    EXPECT_EQ(refused(confirming(ClaimId{id})).code, "claim-not-found");
  }
  EXPECT_EQ(parts_left(), Pair(11, 7));
}

TEST_F(Bundle, StandsInTheLogWithItsPartsUnderOneMark) {
  const auto sold = write(taking(kSet, 2));
  const auto log = logged();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_FALSE(broken_at({}, kShow, log));
  const std::vector<std::pair<ProductId, std::int64_t>> expected{
      {kSet, 2}, {kEarring, 4}, {kNecklace, 2}};
  for (std::size_t i = 0; i < log.size(); ++i) {
    EXPECT_EQ(log[i].mark, claim_mark(sold->token));
    EXPECT_EQ(std::pair(log[i].product, log[i].quantity), expected[i]);
  }
}

TEST_F(Bundle, IsStoppedByTheLimitOfAPart) {
  ASSERT_TRUE(write([](Tx& tx) { return set_limit(tx, kShow, kEarring, {.units_max = 3}); }));
  ASSERT_TRUE(write(taking(kSet)));
  const Error error = refused(taking(kSet, 1, DeviceId{2}));
  EXPECT_EQ(error.code, "show-limit");
  EXPECT_EQ(figure_of(error, "product_id"), kEarring.value);
  EXPECT_EQ(parts_left(), Pair(11, 7));
}

TEST_F(Bundle, OfOtherPartsGivesBackWhatItTook) {
  const auto sold = write(taking(kSet));
  ASSERT_TRUE(write([](Tx& tx) { return set_parts(tx, kSet, std::array{Part{kNecklace, 3}}); }));
  EXPECT_EQ(left_of(kSet), 3);
  ASSERT_TRUE(write(releasing(sold->id)));
  EXPECT_EQ(parts_left(), Pair(12, 9));
}

TEST_F(Bundle, IsTakenAsBeforeWhateverItIsMadeOfNow) {
  const auto sold = write(taking(kSet));
  ASSERT_TRUE(write([](Tx& tx) { return set_parts(tx, kSet, {}); }));
  EXPECT_EQ(left_of(kSet), 0);
  const auto more = write([&](Tx& tx) {
    return claim(tx, {.product = kSet, .quantity = 2, .as_before = sold->id}, clock_.now());
  });
  ASSERT_TRUE(more);
  EXPECT_EQ(parts_left(), Pair(9, 3));
}

TEST_F(Bundle, IsOfferedToWhoWaitsForItWhenAPartComesBack) {
  const auto all = write(taking(kEarring, 8));
  const auto joined = write([&](Tx& tx) {
    return join(tx, {.product = kSet, .show = kShow, .buyer = DeviceId{7}, .quantity = 2},
                clock_.now());
  });
  ASSERT_TRUE(joined);
  ASSERT_TRUE(write(releasing(all->id)));
  const auto offers =
      write([&](Tx& tx) -> Result<Offers> { return offer(tx, kSet, kHeldFor, clock_.now()); });
  ASSERT_EQ(offers->made.size(), 1U);
  EXPECT_EQ(offers->made.front().claim.parts.size(), 2U);
  EXPECT_EQ(parts_left(), Pair(10, 5));
}

TEST_F(Bundle, LapsesInLineWhereTheLimitOfAPartForbidsIt) {
  const auto all = write(taking(kEarring, 9));
  ASSERT_TRUE(write([&](Tx& tx) {
    return join(tx, {.product = kSet, .show = kShow, .buyer = DeviceId{7}}, clock_.now());
  }));
  ASSERT_TRUE(write(releasing(all->id)));
  ASSERT_TRUE(write([](Tx& tx) { return set_limit(tx, kShow, kEarring, {.units_max = 1}); }));
  const auto offers =
      write([&](Tx& tx) -> Result<Offers> { return offer(tx, kSet, kHeldFor, clock_.now()); });
  EXPECT_TRUE(offers->made.empty());
  EXPECT_EQ(parts_left(), Pair(12, 9));
}

TEST_F(Bundle, IsPartOfTwentyAtMost) {
  for (std::int64_t i = 0; i < kBundlesOfPartMax - 2; ++i) {
    const ProductId bundle{100 + i};
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      if (auto opened = open(tx, bundle, 0); !opened) return opened;
      return set_parts(tx, bundle, kPairParts);
    }));
  }
  const Error error = refused([](Tx& tx) -> Result<void> {
    if (auto opened = open(tx, ProductId{200}, 0); !opened) return opened;
    return set_parts(tx, ProductId{200}, kPairParts);
  });
  EXPECT_EQ(error.code, "bundles-limit");
  EXPECT_EQ(figure_of(error, "product_id"), kEarring.value);
}

TEST_F(Bundle, CostsWhatIsNoneOfItsNotOneStatement) {
  const auto count = [&](auto deed) {
    return *write([&](Tx& tx) -> Result<int> {
      store::testing::CountingTx counting(tx);
      deed(counting);
      return counting.statements;
    });
  };
  constexpr ProductId kBowl{30};
  ASSERT_TRUE(write([&](Tx& tx) { return open(tx, kBowl, 3); }));
  const Wanted wanted{.product = kBowl, .quantity = 2};
  ClaimId taken;
  EXPECT_EQ(count([&](Tx& tx) { taken = claim(tx, wanted, clock_.now())->id; }), 2);
  EXPECT_EQ(count([&](Tx& tx) { EXPECT_FALSE(claim(tx, wanted, clock_.now())); }), 2);
  EXPECT_EQ(count([&](Tx& tx) { EXPECT_TRUE(release(tx, taken, clock_.now())); }), 2);
  EXPECT_EQ(count([&](Tx& tx) { offer(tx, kBowl, kHeldFor, clock_.now()); }), 2);
}

TEST_F(Bundle, VariantsAreSummedInTheirParent) {
  ASSERT_TRUE(write([](Tx& tx) -> Result<void> {
    if (auto opened = open(tx, kParent, 7); !opened) return opened;
    add_to_parent(tx, kNecklace, kParent);
    add_to_parent(tx, kEarring, kParent);
    return {};
  }));
  EXPECT_EQ(left_of(kParent), 21);
  const auto sold = write(taking(kNecklace));
  EXPECT_EQ(sold->parent, kParent);
  EXPECT_EQ(left_of(kParent), 20);
  ASSERT_TRUE(write([](Tx& tx) -> Result<void> {
    take_from_parent(tx, kNecklace, kParent);
    take_from_parent(tx, kEarring, kParent);
    return {};
  }));
  EXPECT_EQ(left_of(kParent), 7);  // sold itself again
}

TEST_F(Bundle, AndItsPartsNeverSellMoreThanThereIs) {
  std::int64_t earrings = 0;
  std::vector<ClaimId> sold;
  for (int round = 0; round < 40; ++round) {
    const ProductId product = std::array{kSet, kEarring, kPair, kNecklace}[round % 4];
    const auto taken = write(taking(product, 1 + round % 3, DeviceId{round + 1}));
    if (taken) sold.push_back(taken->id);
    if (round % 7 == 6 && !sold.empty()) {
      ASSERT_TRUE(write(releasing(sold.back())));
      sold.pop_back();
    }
  }
  for (const Logged& entry : logged()) {
    if (entry.product != kEarring) continue;
    earrings += entry.what == LoggedKind::claimed ? entry.quantity : -entry.quantity;
    EXPECT_LE(earrings, 9);
  }
  EXPECT_EQ(left_of(kEarring), 9 - earrings);
}

}  // namespace
}  // namespace geili::stock
