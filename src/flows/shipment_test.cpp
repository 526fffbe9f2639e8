// What sending costs, the parcels that orders join, and what changes until they are packed.
#include "flows/shipment.hpp"

#include <algorithm>

#include "flows/amend.hpp"
#include "flows/coupons.hpp"
#include "flows/parcels.hpp"
#include "flows/returns.hpp"
#include "flows/test_pay.hpp"

namespace geili::flows {
namespace {

using shipping::ParcelState;

constexpr std::int64_t kShipping = 1'200;
constexpr std::int64_t kStep = 600;

class ShipmentTest : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    ASSERT_TRUE(write([&](Tx& tx) {
      return shipping::set_settings(
          tx, shop_, {.currency = kCny, .origin_country = "CN", .default_weight_g = 400});
    }));
    ASSERT_TRUE(write([&](Tx& tx) {
      return shipping::create_zone(tx, shop_,
                                   {.id = {},
                                    .name = "Home",
                                    .places = {{"CN", "", ""}},
                                    .rates = {{.id = {},
                                               .carrier = "SF",
                                               .service = {},
                                               .kind = shipping::RateKind::weight,
                                               .brackets = {{1'000, kShipping}},
                                               .step = 1'000,
                                               .step_minor = kStep,
                                               .free_from_minor = {}}}});
    }));
  }

  // From one device, with what it adds to the shipping.
  PlaceOrder sent(std::int64_t shipping_minor, std::string key = "key-00001") {
    PlaceOrder order = wish(1, std::move(key));
    order.expected_total.minor += shipping_minor;
    return order;
  }
  orders::Order bought(std::int64_t shipping_minor, std::string key = "key-00001") {
    auto placed = place(sent(shipping_minor, std::move(key)));
    EXPECT_TRUE(placed) << placed.error().code;
    return placed->order;
  }
  std::vector<shipping::Parcel> parcels() {
    return read([&](Tx& tx) { return shipping::list_parcels(tx, shop_, {}, {.limit = 50}); })
        ->items;
  }
  OrderStatus status_of(const orders::Order& order) {
    return read([&](Tx& tx) { return orders::find_order(tx, shop_, order.id); })->status;
  }
  auto setting(shipping::ParcelId parcel, ParcelState state) {
    return [=, this](Tx& tx) { return set_parcel_state(tx, shop_, parcel, state, clock_); };
  }
  orders::Order bought_by_card() {
    PlaceOrder order = sent(kShipping);
    order.payment_method = Method::card;
    auto placed = write([&](Tx& tx) { return checkout(tx, order, clock_, terms_); });
    EXPECT_TRUE(placed) << placed.error().code;
    return placed->order;
  }
  void pay(const orders::Order& order) { ASSERT_TRUE(say(order, EvidenceKind::paid)); }
  Result<orders::Order> amend(const orders::Order& order, std::int64_t quantity,
                              std::int64_t total_minor) {
    return write([&](Tx& tx) {
      return amend_order(tx, order.token,
                         {.note = std::nullopt,
                          .lines = {{necklace_, quantity}},
                          .expected_total = {total_minor, kCny}},
                         PaymentTerms{}, clock_);
    });
  }
};

TEST_F(ShipmentTest, ASecondOrderOfTheShowLiesInTheSameParcelForNothing) {
  bought(kShipping);
  const auto dear = place(sent(kShipping, "key-00002"));
  ASSERT_FALSE(dear);
  EXPECT_EQ(dear.error().code, "price-changed");
  EXPECT_EQ(figure_of(dear.error(), "current_shipping_minor"), 0);
  bought(0, "key-00002");
  const auto all = parcels();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].orders.size(), 2U);
  EXPECT_EQ(all[0].shipping_paid_minor(), kShipping);
  EXPECT_EQ(all[0].load().weight_g, 800);
}

TEST_F(ShipmentTest, WhatIsFreeIsSentForWhatSendingCosts) {
  const auto coupon = write([&](Tx& tx) {
    return make_coupon(tx,
                       {.shop = shop_,
                        .title = "Gift",
                        .off = {.percent = 0, .amount_minor = kPrice},
                        .currency = kCny,
                        .units = 1,
                        .valid_until = clock_.now() + std::chrono::hours(1)},
                       clock_);
  });
  ASSERT_TRUE(coupon) << coupon.error().code;
  PlaceOrder order = sent(kShipping);
  order.coupon =
      write([&](Tx& tx) { return take_coupon(tx, coupon->id, DeviceId{1}, clock_); })->id;
  order.expected_total.minor = kShipping;
  const auto placed = place(order);
  ASSERT_TRUE(placed) << placed.error().code;
  EXPECT_EQ(placed->order.shipping_minor, kShipping);
  ASSERT_EQ(parcels().size(), 1U);
  EXPECT_EQ(parcels()[0].shipping_paid_minor(), kShipping);
}

TEST_F(ShipmentTest, AnIntentThatIsRepeatedPutsNothingIntoTheParcelTwice) {
  bought(kShipping);
  const auto again = place(sent(kShipping));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_replay);
  ASSERT_EQ(parcels().size(), 1U);
  EXPECT_EQ(parcels()[0].load().units, 1);
}

TEST_F(ShipmentTest, WhereTheShopDoesNotSendToNothingIsTaken) {
  PlaceOrder order = sent(0);
  order.buyer.country = "FR";
  const auto refused = place(order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "no-shipping-there");
  EXPECT_EQ(left(necklace_), 12);
  EXPECT_TRUE(parcels().empty());
}

TEST_F(ShipmentTest, PackingAParcelPacksItsOrdersAndOpeningItOpensThem) {
  const auto first = bought(kShipping);
  const auto second = bought(0, "key-00002");
  const auto id = parcels()[0].id;
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  EXPECT_EQ(status_of(first), OrderStatus::packed);
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  ASSERT_TRUE(write(setting(id, ParcelState::open)));
  EXPECT_EQ(status_of(second), OrderStatus::placed);
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  ASSERT_TRUE(
      write([&](Tx& tx) { return hand_over_parcel(tx, shop_, id, {"SF", "1", {}}, clock_); }));
  EXPECT_EQ(status_of(first), OrderStatus::handed_over);
  EXPECT_EQ(status_of(second), OrderStatus::handed_over);
}

TEST_F(ShipmentTest, AParcelIsNotPackedWhileAnOrderInItIsUnpaid) {
  const auto order = bought_by_card();
  const auto id = parcels().at(0).id;
  const auto refused = write(setting(id, ParcelState::packed));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "order-not-paid");
  EXPECT_EQ(status_of(order), OrderStatus::placed);
  EXPECT_EQ(parcels().at(0).state, ParcelState::open);
  pay(order);
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  EXPECT_EQ(status_of(order), OrderStatus::packed);
}

TEST_F(ShipmentTest, WhatIsBeingPaidKeepsItsQuantitiesAndItsStock) {
  const auto order = bought_by_card();
  const auto refused = amend(order, 2, 2 * kPrice + kShipping);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "payment-in-progress");
  EXPECT_EQ(left(necklace_), 11);
  // A note asks for no money.
  EXPECT_TRUE(write([&](Tx& tx) {
    return amend_order(
        tx, order.token,
        {.note = "Wrap it", .lines = {}, .expected_total = {kPrice + kShipping, kCny}},
        PaymentTerms{}, clock_);
  }));
}

TEST_F(ShipmentTest, GoodsThatLateMoneyBuysLieInAParcelAgain) {
  const auto order = bought_by_card();
  let_it_expire();
  ASSERT_EQ(status_of(order), OrderStatus::cancelled);
  EXPECT_TRUE(parcels().empty() || parcels()[0].orders.empty());
  pay(order);
  ASSERT_EQ(status_of(order), OrderStatus::placed);
  const auto all = parcels();
  const auto is_with_it = [&](const shipping::Parcel& parcel) {
    return parcel.state == ParcelState::open && parcel.orders.size() == 1 &&
           parcel.orders[0].order == order.id;
  };
  EXPECT_EQ(std::ranges::count_if(all, is_with_it), 1);
}

TEST_F(ShipmentTest, ACancelledOrderLeavesItsParcel) {
  const auto first = bought(kShipping);
  bought(0, "key-00002");
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, first.token, clock_); }));
  const auto all = parcels();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].orders.size(), 1U);
  EXPECT_EQ(all[0].state, ParcelState::open);
}

TEST_F(ShipmentTest, AnotherQuantityTakesStockAndShippingAlongAndARefusalNothing) {
  const auto order = bought(kShipping);
  const auto guessed = amend(order, 3, 3 * kPrice + kShipping);
  ASSERT_FALSE(guessed);
  EXPECT_EQ(figure_of(guessed.error(), "current_total_minor"), 3 * kPrice + kShipping + kStep);
  EXPECT_EQ(left(necklace_), 11);
  const auto changed = amend(order, 3, 3 * kPrice + kShipping + kStep);
  ASSERT_TRUE(changed) << changed.error().code;
  EXPECT_EQ(left(necklace_), 9);
  EXPECT_EQ(changed->shipping_minor, kShipping + kStep);
  const auto greedy = amend(order, 13, 1);
  ASSERT_FALSE(greedy);
  EXPECT_EQ(greedy.error().code, "sold-out");
  EXPECT_EQ(left(necklace_), 9);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_order(tx, order.token, clock_); }));
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(ShipmentTest, APackedOrderIsNotChanged) {
  const auto order = bought(kShipping);
  ASSERT_TRUE(write(setting(parcels()[0].id, ParcelState::packed)));
  const auto late = amend(order, 2, 2 * kPrice + kShipping);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "order-status-conflict");
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(ShipmentTest, GoodsThatCameBackAreOnSaleAgainOnce) {
  const auto order = bought(kShipping);
  const auto ask = [&](Tx& tx) {
    return ask_return(tx, {.token = order.token, .key = "back-0001", .lines = {{necklace_, 1}}},
                      clock_);
  };
  EXPECT_EQ(write(ask).error().code, "order-status-conflict");
  const auto id = parcels()[0].id;
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  ASSERT_TRUE(write([&](Tx& tx) { return hand_over_parcel(tx, shop_, id, {}, clock_); }));
  const auto asked = write(ask);
  ASSERT_TRUE(asked) << asked.error().code;
  ASSERT_TRUE(
      write([&](Tx& tx) { return shipping::approve_return(tx, shop_, asked->id, clock_.now()); }));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(
        write([&](Tx& tx) { return receive_return(tx, shop_, asked->id, Restock::yes, clock_); }));
  }
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(ShipmentTest, MoneyForGoodsThatCameBackEndsTheRequestOnce) {
  const auto order = bought(kShipping);
  const auto id = parcels()[0].id;
  ASSERT_TRUE(write(setting(id, ParcelState::packed)));
  ASSERT_TRUE(write([&](Tx& tx) { return hand_over_parcel(tx, shop_, id, {}, clock_); }));
  const auto asked = write([&](Tx& tx) {
    return ask_return(tx, {.token = order.token, .key = "back-0001", .lines = {{necklace_, 1}}},
                      clock_);
  });
  ASSERT_TRUE(asked);
  const auto refund = [&](std::int64_t minor) {
    return write([&, minor](Tx& tx) { return refund_return(tx, shop_, asked->id, minor, clock_); });
  };
  const auto money = [&] {
    return read([&](Tx& tx) -> Result<OrderPayment> {
             return payment_of(tx, *orders::find_order(tx, shop_, order.id));
           })
        ->refunded_minor;
  };
  ASSERT_TRUE(
      write([&](Tx& tx) { return shipping::approve_return(tx, shop_, asked->id, clock_.now()); }));
  EXPECT_EQ(refund(kPrice).error().code, "return-state-conflict");
  ASSERT_TRUE(
      write([&](Tx& tx) { return receive_return(tx, shop_, asked->id, Restock::yes, clock_); }));
  // More than came in leaves the request as it was.
  EXPECT_EQ(refund(kPrice + kShipping + 1).error().code, "refund-too-large");
  EXPECT_EQ(money(), 0);
  EXPECT_EQ(refund(kPrice), true);
  EXPECT_EQ(refund(kPrice), false);
  EXPECT_EQ(money(), kPrice);
  EXPECT_EQ(refund(kPrice - 1).error().code, "return-state-conflict");
  EXPECT_EQ(left(necklace_), 12);
}

}  // namespace
}  // namespace geili::flows
