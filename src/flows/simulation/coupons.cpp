#include "flows/coupons.hpp"

#include <chrono>

#include "flows/simulation/actions.hpp"

namespace geili::flows::simulation {
namespace {

using store::Tx;

ShopId some_shop(World& world) {
  return world.random.one_in(3) ? world.clay : world.loom;
}

std::vector<orders::Coupon> some_shops_coupons(World& world) {
  const ShopId shop = some_shop(world);
  return world.read(
      [&](Tx& tx) -> Result<std::vector<orders::Coupon>> { return orders::coupons_of(tx, shop); });
}

}  // namespace

void give_out_coupon(World& world) {
  const bool is_of_show = world.random.one_in(3);
  orders::NewCoupon coupon{
      .shop = is_of_show ? world.loom : some_shop(world),
      .show = is_of_show ? std::optional(world.show) : std::nullopt,
      .title = "Off",
      .off = {.percent = 0, .amount_minor = world.random.between(1, 9) * 1'001},
      .currency = world.currency,
      .units = world.random.between(1, 4),
      .per_buyer_max = world.random.between(1, 2),
      .valid_until = world.clock.now() + std::chrono::minutes(world.random.between(10, 3'000))};
  if (world.random.one_in(2)) coupon.off.percent = world.random.between(1, 100);
  if (world.random.one_in(3)) coupon.off.min_order_minor = 10'000;
  (void)world.run("give out a coupon",
                  [&](Tx& tx) { return make_coupon(tx, coupon, world.clock); });
}

void take_some_coupon(World& world) {
  const auto all = some_shops_coupons(world);
  if (all.empty()) return;
  const orders::CouponId coupon = world.random.pick(all).id;
  const DeviceId device{1 + world.random.below(kDevices)};
  const auto ran = world.run("take a coupon",
                             [&](Tx& tx) { return take_coupon(tx, coupon, device, world.clock); });
  if (ran.done && (ran.done->device != device || ran.done->order)) {
    world.broke("a coupon was given that is another's, or spent");
  }
}

void withdraw_some_coupon(World& world) {
  const auto all = some_shops_coupons(world);
  if (all.empty()) return;
  const orders::Coupon coupon = world.random.pick(all);
  (void)world.run("withdraw a coupon",
                  [&](Tx& tx) { return withdraw_coupon(tx, coupon.shop, coupon.id, world.clock); });
}

void use_some_coupon(World& world, PlaceOrder& order) {
  const auto held = world.read([&](Tx& tx) -> Result<std::vector<orders::CouponClaim>> {
    return orders::held_coupons(tx, order.shop, order.device, world.clock.now());
  });
  if (!held.empty()) order.coupon = world.random.pick(held).id;
}

}  // namespace geili::flows::simulation
