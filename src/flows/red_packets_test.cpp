#include "flows/red_packets.hpp"

#include <functional>
#include <numeric>

#include "flows/coupons.hpp"
#include "flows/test_market.hpp"

namespace geili::flows {
namespace {

using shows::PacketSplit;
using std::chrono::seconds;

class RedPackets : public Market {
 protected:
  OpenPacket wanted() const {
    return {.packet = {.show = show_,
                       .title = "Luck",
                       .total = {1'000, kCny},
                       .envelopes = 4,
                       .split = PacketSplit::lucky,
                       .length = seconds(60)}};
  }
  auto opening(const std::function<void(OpenPacket&)>& change = [](OpenPacket&) {}) {
    OpenPacket wish = wanted();
    change(wish);
    return [this, wish](Tx& tx) { return open_packet(tx, wish, clock_); };
  }
  shows::PacketId open(const std::function<void(OpenPacket&)>& change = [](OpenPacket&) {}) {
    return write(opening(change))->packet.id;
  }
  auto taking(shows::PacketId packet, std::int64_t device) {
    return [=, this](Tx& tx) { return open_envelope(tx, packet, DeviceId{device}, clock_); };
  }
  auto ending(shows::PacketId packet) {
    return [=, this](Tx& tx) { return end_packet(tx, packet, clock_); };
  }
  std::vector<orders::CouponClaim> held(std::int64_t device) {
    return *read([&](Tx& tx) -> Result<std::vector<orders::CouponClaim>> {
      return orders::held_coupons(tx, shop_, DeviceId{device}, clock_.now());
    });
  }
};

TEST_F(RedPackets, EnvelopesAreNeverMoreThanThereAreAndSumUp) {
  const shows::PacketId packet = open();
  std::int64_t sum = 0;
  for (std::int64_t device = 1; device <= 4; ++device) {
    const auto opened = write(taking(packet, device));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->envelope.number, device);
    EXPECT_EQ(opened->packet.left, 4 - device);
    sum += opened->envelope.amount_minor;
    ASSERT_EQ(held(device).size(), 1U);
    EXPECT_EQ(held(device)[0].coupon.off.amount_minor, opened->envelope.amount_minor);
  }
  EXPECT_EQ(sum, 1'000);
  EXPECT_EQ(refused(taking(packet, 5)).code, "packet-gone");
  EXPECT_TRUE(held(5).empty());
}

TEST_F(RedPackets, ADeviceHasOneAndGetsItAgain) {
  const shows::PacketId packet = open();
  const auto first = write(taking(packet, 1));
  const auto again = write(taking(packet, 1));
  EXPECT_EQ(again->envelope.number, first->envelope.number);
  EXPECT_EQ(again->envelope.amount_minor, first->envelope.amount_minor);
  EXPECT_EQ(again->packet.left, 3);
  EXPECT_EQ(held(1).size(), 1U);
  clock_.advance(seconds(60));
  EXPECT_EQ(write(taking(packet, 1))->envelope.number, first->envelope.number);
}

TEST_F(RedPackets, WhatIsWonIsTakenOffAnOrder) {
  const shows::PacketId packet = open([](auto& wish) { wish.packet.split = PacketSplit::even; });
  ASSERT_TRUE(write(taking(packet, 1)));
  PlaceOrder order = wish(1);
  order.coupon = held(1)[0].id;
  order.expected_total.minor -= 250;
  const auto placed = place(order);
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->order.discount.minor, 250);
  EXPECT_EQ(placed->order.discount.title, "Luck");
  EXPECT_TRUE(held(1).empty());
}

TEST_F(RedPackets, WhatIsWonIsForEnoughGoodsAndForATime) {
  const shows::PacketId packet = open([](auto& wish) {
    wish.min_order_minor = kPrice + 1;
    wish.valid_for = std::chrono::days(2);
  });
  ASSERT_TRUE(write(taking(packet, 1)));
  const auto offers = *read([&](Tx& tx) -> Result<std::vector<CouponOffer>> {
    return coupon_offers(tx, {shop_, show_, DeviceId{1}, {kPrice, kCny}}, clock_.now());
  });
  EXPECT_EQ(offers.at(0).missing_minor, 1);
  clock_.advance(std::chrono::days(2));
  EXPECT_TRUE(held(1).empty());
}

TEST_F(RedPackets, AreOverByTheClockBeforeAnybodyLooks) {
  const shows::PacketId packet = open();
  clock_.advance(seconds(60));
  EXPECT_EQ(refused(taking(packet, 1)).code, "packet-over");
  (void)told();
  EXPECT_TRUE(*write([&](Tx& tx) -> Result<bool> { return close_due_packets(tx, clock_); }));
  EXPECT_FALSE(*write([&](Tx& tx) -> Result<bool> { return close_due_packets(tx, clock_); }));
  const auto all = told();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].contains(R"("state":"over")")) << all[0];
  EXPECT_TRUE(all[0].contains(R"("left":4)")) << all[0];
}

TEST_F(RedPackets, OneIsOpenAtATime) {
  const shows::PacketId first = open();
  EXPECT_EQ(refused(opening()).code, "packet-open");
  ASSERT_TRUE(write(taking(first, 1)));
  ASSERT_TRUE(write(ending(first)));
  EXPECT_EQ(refused(taking(first, 2)).code, "packet-over");
  EXPECT_EQ(refused(ending(first)).code, "packet-over");
  EXPECT_EQ(held(1).size(), 1U) << "who has one keeps it";
  open();
  clock_.advance(seconds(60));
  open();
}

TEST_F(RedPackets, TheLastEnvelopeEndsIt) {
  const shows::PacketId packet = open([](auto& wish) { wish.packet.envelopes = 1; });
  (void)told();
  ASSERT_TRUE(write(taking(packet, 1)));
  EXPECT_TRUE(told().back().contains(R"("state":"over")"));
  open();
}

TEST_F(RedPackets, AShowThatEndsEndsIt) {
  const shows::PacketId packet = open();
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(refused(taking(packet, 1)).code, "packet-over");
  EXPECT_EQ(refused(opening()).code, "show-not-live");
}

TEST_F(RedPackets, WhatDoesNotFitIsRefused) {
  const auto field = [&](const std::function<void(OpenPacket&)>& change) {
    return field_of(refused(opening(change)));
  };
  EXPECT_EQ(field([](auto& wish) { wish.packet.envelopes = 0; }), "/envelopes");
  EXPECT_EQ(field([](auto& wish) { wish.packet.envelopes = 501; }), "/envelopes");
  EXPECT_EQ(field([](auto& wish) { wish.packet.total.minor = 3; }), "/total/minor");
  EXPECT_EQ(field([](auto& wish) { wish.packet.length = seconds(9); }), "/length_s");
  EXPECT_EQ(field([](auto& wish) { wish.packet.length = seconds(301); }), "/length_s");
  EXPECT_EQ(field([](auto& wish) { wish.packet.title = " "; }), "/title");
  EXPECT_EQ(field([](auto& wish) { wish.packet.total.currency = kMxn; }), "/total/currency");
  EXPECT_EQ(field([](auto& wish) { wish.valid_for = std::chrono::days(61); }), "/valid_days");
  EXPECT_EQ(refused(taking(shows::PacketId{9}, 1)).code, "packet-not-found");
}

TEST_F(RedPackets, NoTapTakesThemAsACoupon) {
  const shows::PacketId packet = open();
  const orders::CouponId coupon{
      read([&](Tx& tx) { return shows::find_packet(tx, packet); })->coupon};
  EXPECT_EQ(refused([&](Tx& tx) { return take_coupon(tx, coupon, DeviceId{1}, clock_); }).code,
            "coupon-not-found");
  EXPECT_EQ(refused([&](Tx& tx) { return withdraw_coupon(tx, shop_, coupon, clock_); }).code,
            "coupon-not-found");
  EXPECT_TRUE(read([&](Tx& tx) -> Result<std::vector<orders::Coupon>> {
                return orders::coupons_of(tx, shop_);
              })->empty());
}

}  // namespace
}  // namespace geili::flows
