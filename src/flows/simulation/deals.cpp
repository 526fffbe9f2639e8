#include <chrono>

#include "flows/deal.hpp"
#include "flows/simulation/actions.hpp"
#include "stock/stock.hpp"

namespace geili::flows::simulation {
namespace {

using store::Tx;

// A good of the show of which there are some.
std::optional<Good> some_good_on_show(World& world) {
  std::vector<Good> shown;
  for (const Good& good : world.goods) {
    if (good.is_shown) shown.push_back(good);
  }
  return world.random.pick(shown);
}

}  // namespace

void announce_some_deal(World& world) {
  const auto good = some_good_on_show(world);
  const auto left = world.read(
      [&](Tx& tx) -> Result<std::int64_t> { return stock::available(tx, good->product); });
  if (left == 0) return;
  const stock::NewDeal deal{.show = world.show,
                            .product = good->product,
                            .price = {good->price_minor - world.random.between(1, 3) * 1'000,
                                      world.currency},
                            .units = world.random.between(1, left),
                            .countdown_s = world.random.between(3, 20),
                            .length_s = world.random.between(60, 900),
                            .units_per_buyer_max = world.random.between(1, 3),
                            .vouchers_max = world.random.one_in(2) ? 1 : 0};
  const auto ran = world.run("announce a deal",
                             [&](Tx& tx) { return announce_deal(tx, deal, world.clock); });
  // Mostly the crowd waits for it to begin.
  if (ran.done && !world.random.one_in(4)) {
    world.clock.advance(std::chrono::seconds(deal.countdown_s));
  }
}

void withdraw_some_deal(World& world) {
  const auto open = world.read([&](Tx& tx) -> Result<std::vector<stock::Deal>> {
    return stock::open_deals_of(tx, world.show);
  });
  if (open.empty()) return;
  const stock::DealId deal = world.random.pick(open).id;
  (void)world.run("withdraw a deal",
                  [&](Tx& tx) { return withdraw_deal(tx, world.show, deal, world.clock); });
}

void look_after_the_deals(World& world) {
  (void)world.run("look after the deals", [&](Tx& tx) -> Result<bool> {
    return look_after_deals(tx, world.clock);
  });
}

}  // namespace geili::flows::simulation
