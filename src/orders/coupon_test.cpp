#include "orders/coupon.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "store/testing/test_store.hpp"

namespace geili::orders {
namespace {

using store::Tx;
using store::testing::field_of;

const Currency kCny = *Currency::parse("CNY");
constexpr ShopId kShop{1};
constexpr DeviceId kAna{1};

TEST(CouponRule, TakesOffAnAmountOrAShareUpToItsCap) {
  struct Case {
    CouponOff off;
    std::int64_t goods, minor;
  };
  for (const Case& one : std::vector<Case>{
           {{.percent = 0, .amount_minor = 500}, 2'000, 500},
           {{.percent = 0, .amount_minor = 500}, 500, 500},
           {{.percent = 0, .amount_minor = 500}, 499, 499},  // never more than the goods cost
           {{.percent = 0, .amount_minor = 500}, 0, 0},
           {{.percent = 0, .amount_minor = 500, .min_order_minor = 2'000}, 1'999, 0},
           {{.percent = 0, .amount_minor = 500, .min_order_minor = 2'000}, 2'000, 500},
           {{.percent = 10, .amount_minor = 1'000}, 2'000, 200},
           {{.percent = 10, .amount_minor = 1'000}, 1'999, 199},  // rounded down
           {{.percent = 10, .amount_minor = 1'000}, 9, 0},
           {{.percent = 10, .amount_minor = 150}, 2'000, 150},
           {{.percent = 33, .amount_minor = 1'000}, 100, 33},
           {{.percent = 33, .amount_minor = 1'000}, 199, 65},
           {{.percent = 100, .amount_minor = kMoneyMinorMax}, 777, 777},
           {{.percent = 99, .amount_minor = kMoneyMinorMax}, kMoneyMinorMax, 990'000'000'000},
       }) {
    EXPECT_EQ(discount_minor(one.off, one.goods), one.minor)
        << one.off.percent << "% of " << one.goods;
  }
}

TEST(CouponRule, WhatGoesBackForAllPiecesIsNeverMoreThanWasPaid) {
  for (const std::int64_t discount : {0, 1, 7, 100, 299, 300}) {
    const std::int64_t back = 3 * paid_minor(100, discount, 300);
    EXPECT_LE(back, 300 - discount);
    EXPECT_GT(back, 300 - discount - 3) << "by less than a minor unit a piece";
  }
  EXPECT_EQ(paid_minor(kMoneyMinorMax, kMoneyMinorMax / 2, kMoneyMinorMax), kMoneyMinorMax / 2);
  EXPECT_EQ(paid_minor(100, 100, 0), 100);
}

TEST(CouponRule, ACodeIsKeptInCapitals) {
  for (const char* good : {"ABCD", "abcd", " AbC-9 ", "12345678901234567890"}) {
    EXPECT_TRUE(coupon_code(good, "/code")) << good;
  }
  EXPECT_EQ(*coupon_code(" autumn-10 ", "/code"), "AUTUMN-10");
  for (const char* bad : {"", "   ", "abc", "123456789012345678901", "A BCD", "ABCD\n", "ÄBCD",
                          "优惠券码", "AB_CD", "ABC%D", "'; DROP--", "\xff\xff\xff\xff"}) {
    const auto code = coupon_code(bad, "/code");
    ASSERT_FALSE(code) << bad;
    EXPECT_EQ(field_of(code.error()), "/code");
  }
}

class Coupons : public store::testing::StoreTest {
 protected:
  NewCoupon wanted() {
    return {.shop = kShop,
            .title = "Autumn",
            .off = {.percent = 0, .amount_minor = 500},
            .currency = kCny,
            .units = 3,
            .valid_until = clock_.now() + std::chrono::hours(1)};
  }
  Coupon make(const std::function<void(NewCoupon&)>& change = [](NewCoupon&) {}) {
    NewCoupon coupon = wanted();
    change(coupon);
    return *write([&](Tx& tx) { return make_coupon(tx, coupon, clock_.now()); });
  }
  auto taking(const Coupon& coupon, DeviceId device) {
    return [=, this](Tx& tx) { return take_coupon(tx, coupon, device, clock_.now()); };
  }
  Result<CouponClaim> take(const Coupon& coupon, DeviceId device = kAna) {
    return write(taking(coupon, device));
  }
  Result<void> spend(const CouponClaim& claim, std::int64_t order) {
    return write([&](Tx& tx) { return spend_coupon(tx, claim.id, OrderId{order}); });
  }
  std::size_t held(DeviceId device = kAna) {
    return read([&](Tx& tx) -> Result<std::size_t> {
             return held_coupons(tx, kShop, device, clock_.now()).size();
           })
        .value();
  }
};

TEST_F(Coupons, BadOnesAreRefusedAtTheirField) {
  using Change = void (*)(NewCoupon&);
  const std::vector<std::pair<std::string, Change>> cases{
      {"/title", [](NewCoupon& one) { one.title = " "; }},
      {"/title", [](NewCoupon& one) { one.title = std::string(61, 't'); }},
      {"/code", [](NewCoupon& one) { one.code = "abc"; }},
      {"/percent", [](NewCoupon& one) { one.off.percent = 101; }},
      {"/percent", [](NewCoupon& one) { one.off.percent = -1; }},
      {"/amount", [](NewCoupon& one) { one.off.amount_minor = 0; }},
      {"/amount", [](NewCoupon& one) { one.off.amount_minor = kMoneyMinorMax + 1; }},
      {"/min_order", [](NewCoupon& one) { one.off.min_order_minor = -1; }},
      {"/units", [](NewCoupon& one) { one.units = 0; }},
      {"/units", [](NewCoupon& one) { one.units = kCouponUnitsMax + 1; }},
      {"/per_buyer_max", [](NewCoupon& one) { one.per_buyer_max = 0; }},
      {"/per_buyer_max", [](NewCoupon& one) { one.per_buyer_max = 11; }},
      {"/valid_until", [](NewCoupon& one) { one.valid_until = Instant{1}; }},
      {"/valid_until",
       [](NewCoupon& one) { one.valid_until = one.valid_until + std::chrono::hours(24 * 366); }},
      {"/valid_until", [](NewCoupon& one) { one.valid_from = one.valid_until; }},
  };
  for (const auto& [path, change] : cases) {
    NewCoupon coupon = wanted();
    change(coupon);
    const Error error = refused([&](Tx& tx) { return make_coupon(tx, coupon, clock_.now()); });
    EXPECT_EQ(field_of(error), path);
  }
}

TEST_F(Coupons, ACodeIsOneCouponsInAShop) {
  const Coupon coupon = make([](NewCoupon& one) { one.code = "autumn10"; });
  EXPECT_EQ(coupon.code, "AUTUMN10");
  NewCoupon again = wanted();
  again.code = "AUTUMN10";
  EXPECT_EQ(refused([&](Tx& tx) { return make_coupon(tx, again, clock_.now()); }).code,
            "coupon-code-taken");
  again.shop = ShopId{2};
  EXPECT_TRUE(write([&](Tx& tx) { return make_coupon(tx, again, clock_.now()); }));
  EXPECT_EQ(read([&](Tx& tx) { return find_by_code(tx, kShop, "AUTUMN10"); })->id, coupon.id);
}

TEST_F(Coupons, AKeyIsOneCouponOfItsShop) {
  const auto finding = [](const NewCoupon& coupon) {
    return [coupon](Tx& tx) { return find_made(tx, coupon); };
  };
  NewCoupon coupon = wanted();
  coupon.key = "key-00001";
  EXPECT_FALSE(*read(finding(coupon)));
  const auto making = [&](Tx& tx) { return make_coupon(tx, coupon, clock_.now()); };
  const Coupon made = *write(making);
  EXPECT_EQ((*read(finding(coupon)))->id, made.id);
  EXPECT_EQ(refused(making).code, "request-in-flight") << "of two that looked at the same time";
  NewCoupon other = coupon;
  other.units += 1;
  EXPECT_EQ(refused(finding(other)).code, "idempotency-key-reused");
  other.shop = ShopId{2};
  EXPECT_FALSE(*read(finding(other)));
  EXPECT_FALSE(*read(finding(wanted()))) << "what no request asks for is made anew";
}

TEST_F(Coupons, WhoHasOneGetsItAgainUntilItIsSpent) {
  const Coupon coupon = make([](NewCoupon& one) { one.per_buyer_max = 2; });
  const CouponClaim first = *take(coupon);
  EXPECT_EQ(first.coupon.left(), 2);
  EXPECT_EQ(take(coupon)->id, first.id);
  ASSERT_TRUE(spend(first, 7));
  EXPECT_EQ(held(), 0U);
  const CouponClaim second = *take(coupon);
  EXPECT_NE(second.id, first.id);
  ASSERT_TRUE(spend(second, 8));
  EXPECT_EQ(refused(taking(coupon, kAna)).code, "coupon-limit");
}

TEST_F(Coupons, NobodyHoldsMoreThanFiftyOfAShop) {
  const CouponClaim first = *take(make());
  for (std::int64_t i = 1; i < kCouponsHeldMax; ++i) ASSERT_TRUE(take(make()));
  const Coupon more = make();
  EXPECT_EQ(refused(taking(more, kAna)).code, "coupons-held-limit");
  EXPECT_TRUE(take(more, DeviceId{2}));
  EXPECT_TRUE(take(make([](NewCoupon& one) { one.shop = ShopId{2}; })));
  ASSERT_TRUE(spend(first, 7));
  EXPECT_TRUE(take(more));
}

TEST_F(Coupons, OneIsSpentOnceAndComesBackWithItsOrder) {
  const CouponClaim claim = *take(make());
  ASSERT_TRUE(spend(claim, 7));
  EXPECT_EQ(spend(claim, 8).error().code, "coupon-used");
  const auto give_back = [&](std::int64_t order) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      give_coupon_back(tx, claim.id, OrderId{order});
      return {};
    }));
  };
  give_back(8);
  EXPECT_EQ(held(), 0U) << "another order's cancel gives nothing back";
  give_back(7);
  EXPECT_EQ(held(), 1U);
  EXPECT_TRUE(spend(claim, 9));
}

TEST_F(Coupons, NoneIsTakenBeforeOrAfterItsTimeOrOnceItIsWithdrawn) {
  const Coupon early =
      make([&](NewCoupon& one) { one.valid_from = clock_.now() + std::chrono::minutes(1); });
  EXPECT_EQ(refused(taking(early, kAna)).code, "coupon-over");
  clock_.advance(std::chrono::minutes(1));
  ASSERT_TRUE(take(early));
  EXPECT_EQ(held(), 1U);
  clock_.advance(std::chrono::minutes(59));
  EXPECT_EQ(held(), 0U);
  EXPECT_EQ(refused(taking(early, DeviceId{2})).code, "coupon-over");

  const Coupon coupon = make();
  ASSERT_TRUE(take(coupon));
  const auto withdrawing = [&](ShopId shop) {
    return [&, shop](Tx& tx) { return withdraw_coupon(tx, shop, coupon.id, clock_.now()); };
  };
  EXPECT_EQ(refused(withdrawing(ShopId{2})).code, "coupon-not-found");
  EXPECT_EQ(write(withdrawing(kShop))->left(), 0);
  EXPECT_TRUE(write(withdrawing(kShop)));
  EXPECT_EQ(refused(taking(coupon, DeviceId{2})).code, "coupon-over");
  EXPECT_EQ(held(), 1U) << "who has one keeps it";
}

TEST_F(Coupons, TheListOfAShowIsWhatATapTakes) {
  const ShowId show{4};
  const Coupon of_shop = make();
  const Coupon of_show = make([&](NewCoupon& one) { one.show = show; });
  make([](NewCoupon& one) { one.show = ShowId{5}; });
  make([](NewCoupon& one) { one.code = "SECRET"; });
  make([](NewCoupon& one) { one.shop = ShopId{2}; });
  const Coupon gone = make([](NewCoupon& one) { one.units = 1; });
  ASSERT_TRUE(take(gone));
  const auto list = *read([&](Tx& tx) -> Result<std::vector<Coupon>> {
    return coupons_to_take(tx, kShop, show, clock_.now());
  });
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, of_show.id);
  EXPECT_EQ(list[1].id, of_shop.id);
}

TEST_F(Coupons, FiveHundredBuyersAskForFifty) {
  const Coupon coupon = make([](NewCoupon& one) { one.units = 50; });
  constexpr std::size_t kBuyers = 500;
  std::vector<std::string> answers(kBuyers);
  {
    std::vector<std::jthread> crowds;
    for (std::size_t crowd = 0; crowd < 10; ++crowd) {
      crowds.emplace_back([&, crowd] {
        for (std::size_t i = crowd; i < kBuyers; i += 10) {
          const auto claim = take(coupon, DeviceId{static_cast<std::int64_t>(i) + 1});
          answers[i] = claim ? "taken" : claim.error().code;
        }
      });
    }
  }
  EXPECT_EQ(std::ranges::count(answers, "taken"), 50);
  EXPECT_EQ(std::ranges::count(answers, "coupon-gone"), 450);
  EXPECT_EQ(integer("SELECT taken FROM coupon"), 50);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM coupon_claim"), 50);
}

TEST_F(Coupons, OneBuyerTappingAtOnceHasOne) {
  const Coupon coupon = make();
  {
    std::vector<std::jthread> taps;
    for (int i = 0; i < 8; ++i) taps.emplace_back([&] { EXPECT_TRUE(take(coupon)); });
  }
  EXPECT_EQ(integer("SELECT COUNT(*) FROM coupon_claim"), 1);
  EXPECT_EQ(integer("SELECT taken FROM coupon"), 1);
}

}  // namespace
}  // namespace geili::orders
