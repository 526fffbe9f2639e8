// The units of a flash deal: counted with the claims, by the clock, never more than there are.
#include "stock/deal.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "stock/claim.hpp"
#include "stock/test_stall.hpp"

namespace geili::stock {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;
using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

constexpr DeviceId kAna{1};
constexpr DeviceId kLin{2};
const Money kDealPrice{20'000, *Currency::parse("CNY")};

class Deals : public Stall {
 protected:
  static NewDeal wish() {
    return {.show = kShow,
            .product = kNecklace,
            .price = kDealPrice,
            .units = 5,
            .countdown_s = 10,
            .length_s = 60,
            .units_per_buyer_max = 2,
            .vouchers_max = 0};
  }
  auto announcing(NewDeal deal) {
    return [=, this](Tx& tx) { return announce_deal(tx, deal, clock_.now()); };
  }
  DealId announced(const NewDeal& deal = wish()) { return write(announcing(deal))->id; }
  DealId running(const NewDeal& deal = wish()) {
    const DealId id = announced(deal);
    clock_.advance(seconds(deal.countdown_s));
    return id;
  }
  auto taking(DealId deal, DeviceId buyer, std::int64_t quantity = 1, bool is_held = false) {
    return [=, this](Tx& tx) {
      const Instant now = clock_.now();
      return claim(tx,
                   {.product = kNecklace,
                    .quantity = quantity,
                    .show = kShow,
                    .buyer = buyer,
                    .held_until = is_held ? std::optional(now + kHeldFor) : std::nullopt,
                    .deal = OnDeal{.deal = deal, .price_minor = kDealPrice.minor}},
                   now);
    };
  }
  Deal now_of(DealId deal) {
    return *read([&](Tx& tx) { return find_deal(tx, deal); });
  }
  std::vector<Deal> sweep() {
    return *write([&](Tx& tx) -> Result<std::vector<Deal>> { return end_deals(tx, clock_.now()); });
  }
  std::vector<Deal> settle() {
    return *write([&](Tx& tx) -> Result<std::vector<Deal>> { return settle_deals(tx); });
  }
};

TEST_F(Deals, EachNumberHasTwoEnds) {
  struct Case {
    const char* path;
    std::int64_t NewDeal::* member;
    std::int64_t least;
    std::int64_t most;
  };
  for (const Case& one : {Case{"/units", &NewDeal::units, 1, kStockMax},
                          Case{"/countdown_s", &NewDeal::countdown_s, 3, 300},
                          Case{"/length_s", &NewDeal::length_s, 10, 1'200},
                          Case{"/units_per_buyer_max", &NewDeal::units_per_buyer_max, 1, 99},
                          Case{"/vouchers_max", &NewDeal::vouchers_max, 0, 100'000}}) {
    for (const std::int64_t bad : {one.least - 1, one.most + 1}) {
      NewDeal deal = wish();
      deal.*one.member = bad;
      EXPECT_EQ(field_of(refused(announcing(deal))), one.path) << bad;
    }
    for (const std::int64_t good : {one.least, one.most}) {
      NewDeal deal = wish();
      deal.*one.member = good;
      const auto made = write(announcing(deal));
      ASSERT_TRUE(made) << one.path << " " << good;
      ASSERT_TRUE(write([&](Tx& tx) { return withdraw_deal(tx, kShow, made->id, clock_.now()); }));
    }
  }
}

TEST_F(Deals, RunsFromItsStartToItsEndByTheClock) {
  const DealId deal = announced();
  const Deal made = now_of(deal);
  EXPECT_EQ(made.starts_at, clock_.now() + seconds(10));
  EXPECT_EQ(made.ends_at, made.starts_at + seconds(60));
  const auto state_at = [&](Instant at) { return to_text(now_of(deal).state_at(at)); };
  EXPECT_EQ(state_at(made.starts_at - microseconds(1)), "announced");
  EXPECT_EQ(state_at(made.starts_at), "running");
  EXPECT_EQ(state_at(made.ends_at - microseconds(1)), "running");
  EXPECT_EQ(state_at(made.ends_at), "over");

  clock_.advance(seconds(10) - microseconds(1));
  EXPECT_EQ(refused(taking(deal, kAna)).code, "deal-over");
  clock_.advance(microseconds(1));
  EXPECT_TRUE(write(taking(deal, kAna)));
  clock_.advance(seconds(60) - microseconds(1));
  EXPECT_TRUE(write(taking(deal, kAna)));
  clock_.advance(microseconds(1));
  EXPECT_EQ(refused(taking(deal, kLin)).code, "deal-over");
  EXPECT_EQ(now_of(deal).taken, 2);
}

TEST_F(Deals, GivesNoMoreThanItHasAndNoBuyerMoreThanTheLimit) {
  const DealId deal = running();
  ASSERT_TRUE(write(taking(deal, kAna, 2)));
  const Error limit = refused(taking(deal, kAna));
  EXPECT_EQ(limit.code, "deal-limit");
  EXPECT_EQ(figure_of(limit, "units_per_buyer_max"), 2);
  EXPECT_EQ(refused(taking(deal, kLin, 3)).code, "deal-limit");
  ASSERT_TRUE(write(taking(deal, kLin, 2)));
  EXPECT_EQ(refused(taking(deal, DeviceId{3}, 2)).code, "deal-sold-out");
  ASSERT_TRUE(write(taking(deal, DeviceId{3})));
  EXPECT_EQ(to_text(now_of(deal).state_at(clock_.now())), "sold_out");
  EXPECT_EQ(refused(taking(deal, DeviceId{4})).code, "deal-sold-out");
  EXPECT_EQ(integer("SELECT available FROM stock"), 7);
}

TEST_F(Deals, ABuyersLimitHoldsAlsoForTwoAtOnce) {
  const DealId deal = running();
  ASSERT_TRUE(write(taking(deal, kAna)));
  EXPECT_EQ(refused(taking(deal, kAna, 2)).code, "deal-limit");
  EXPECT_TRUE(write(taking(deal, kAna)));
}

// A store may begin a job again. Where it counts in memory, units that are not there would be seen
// only by the schema, at the commit, and all jobs of the transaction be begun again for them.
TEST_F(Deals, WhoIsTooLateIsRefusedAtEachTry) {
  const DealId deal = running();
  for (const auto& [buyer, quantity] : {std::pair(1, 2), std::pair(2, 2), std::pair(3, 1)}) {
    ASSERT_TRUE(write(taking(deal, DeviceId{buyer}, quantity)));
  }
  std::set<std::string> answers;
  EXPECT_FALSE(write([&](Tx& tx) {
    auto taken = taking(deal, DeviceId{4})(tx);
    answers.insert(taken ? "taken" : taken.error().code);
    return taken;
  }));
  EXPECT_EQ(answers, std::set<std::string>{"deal-sold-out"});
}

TEST_F(Deals, GetsItsUnitsBackWithTheClaim) {
  const DealId deal = running();
  const auto held = write(taking(deal, kAna, 2, true));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->deal->price_minor, kDealPrice.minor);
  ASSERT_TRUE(write([&](Tx& tx) { return release(tx, held->id, clock_.now()); }));
  EXPECT_EQ(now_of(deal).taken, 0);
  ASSERT_TRUE(write(taking(deal, kAna, 2, true)));
  clock_.advance(kHeldFor);
  EXPECT_EQ(write([&](Tx& tx) -> Result<std::size_t> { return expire(tx, clock_.now()).size(); }),
            1U);
  EXPECT_EQ(now_of(deal).taken, 0);
  EXPECT_EQ(integer("SELECT CAST(SUM(taken) AS BIGINT) FROM deal_buyer"), 0);
}

TEST_F(Deals, AHeldUnitKeepsItsDealWhenThatIsOver) {
  const DealId deal = running();
  const auto held = write(taking(deal, kAna, 1, true));
  clock_.advance(seconds(60));
  const auto bought = write([&](Tx& tx) { return confirm(tx, held->id, clock_.now()); });
  ASSERT_TRUE(bought);
  EXPECT_EQ(bought->deal->deal, deal);
  EXPECT_EQ(bought->deal->price_minor, kDealPrice.minor);
  EXPECT_EQ(now_of(deal).taken, 1);
}

TEST_F(Deals, OneAtATimeOfAProductInAShow) {
  const DealId first = announced();
  EXPECT_EQ(refused(announcing(wish())).code, "deal-exists");
  NewDeal elsewhere = wish();
  elsewhere.show = ShowId{9};
  EXPECT_TRUE(write(announcing(elsewhere)));
  clock_.advance(seconds(70) - microseconds(1));
  EXPECT_TRUE(sweep().empty());
  clock_.advance(microseconds(1));
  const auto ended = sweep();
  ASSERT_EQ(ended.size(), 2U);
  EXPECT_EQ(ended.front().id, first);
  EXPECT_TRUE(sweep().empty());
  EXPECT_TRUE(write(announcing(wish())));
}

TEST_F(Deals, IsWithdrawnOnceAndNotAfterItsEnd) {
  const DealId deal = running();
  const auto withdraw = [&](Tx& tx) { return withdraw_deal(tx, kShow, deal, clock_.now()); };
  EXPECT_EQ(refused([&](Tx& tx) { return withdraw_deal(tx, ShowId{9}, deal, clock_.now()); }).code,
            "deal-not-found");
  const auto first = write(withdraw);
  EXPECT_EQ(to_text(first->state_at(clock_.now())), "withdrawn");
  EXPECT_EQ(refused(taking(deal, kAna)).code, "deal-over");
  clock_.advance(seconds(1));
  EXPECT_EQ(write(withdraw)->withdrawn_at, first->withdrawn_at);

  const DealId second = running();
  clock_.advance(seconds(60));
  EXPECT_EQ(
      write([&](Tx& tx) { return withdraw_deal(tx, kShow, second, clock_.now()); })->withdrawn_at,
      std::nullopt);
}

TEST_F(Deals, SettlesWhenNothingIsHeldUnderIt) {
  const DealId deal = running();
  const auto held = write(taking(deal, kAna, 1, true));
  EXPECT_TRUE(settle().empty()) << "it runs";
  clock_.advance(seconds(60));
  ASSERT_EQ(sweep().size(), 1U);
  EXPECT_TRUE(settle().empty()) << "a unit is held";
  ASSERT_TRUE(write([&](Tx& tx) { return confirm(tx, held->id, clock_.now()); }));
  EXPECT_EQ(settle().size(), 1U);
  EXPECT_TRUE(settle().empty());
}

TEST_F(Deals, AShowHasOnlySoMany) {
  for (std::int64_t i = 0; i < kOpenDealsMax; ++i) {
    const ProductId product{100 + i};
    ASSERT_TRUE(write([&](Tx& tx) { return open(tx, product, 9); }));
    NewDeal deal = wish();
    deal.product = product;
    ASSERT_TRUE(write(announcing(deal)));
  }
  EXPECT_EQ(refused(announcing(wish())).code, "deals-limit");
}

}  // namespace
}  // namespace geili::stock
