#include <algorithm>

#include "flows/amend.hpp"
#include "flows/basket_orders.hpp"
#include "flows/claim_order.hpp"
#include "flows/hold.hpp"
#include "flows/order_status.hpp"
#include "flows/returns.hpp"
#include "flows/simulation/actions.hpp"
#include "stock/waitlist.hpp"

namespace geili::flows::simulation {
namespace {

using payments::Method;
using store::Tx;

std::optional<Method> some_method(World& world, ShopId shop, bool is_in_show) {
  if (shop == world.clay) {
    return world.random.one_in(3) ? std::nullopt : std::optional(Method::checkout);
  }
  switch (world.random.below(6)) {
    case 0:
      return std::nullopt;
    case 1:
      return Method::transfer;
    case 2:
      return is_in_show ? Method::oxxo : Method::card;
    default:
      return Method::card;
  }
}

std::vector<Good> goods_of(const World& world, ShopId shop, bool is_in_show) {
  std::vector<Good> some;
  for (const Good& good : world.goods) {
    if (good.shop == shop && (good.is_shown || !is_in_show)) some.push_back(good);
  }
  return some;
}

PlaceOrder some_order_of(World& world, ShopId shop, DeviceId device, bool is_in_show) {
  PlaceOrder order{.device = device,
                   .idempotency_key = world.next_key(),
                   .shop = shop,
                   .show = is_in_show ? std::optional(world.show) : std::nullopt,
                   .lines = {},
                   .buyer = {.name = "Buyer " + std::to_string(device.value),
                             .phone = "+52 55 1234 5678",
                             .address = "Road " + std::to_string(device.value),
                             .country = "MX"},
                   .note = "",
                   .expected_total = {0, world.currency},
                   .display_name = ""};
  if (shop == world.loom && world.random.one_in(4)) {
    order.fulfilment = orders::Fulfilment::pickup;
    order.buyer.address.clear();
    order.buyer.country.clear();
  }
  auto goods = goods_of(world, shop, is_in_show);
  const std::int64_t lines = world.random.one_in(3) ? 2 : 1;
  for (std::int64_t i = 0; i < lines && !goods.empty(); ++i) {
    const std::int64_t at = world.random.below(static_cast<std::int64_t>(goods.size()));
    const Good good = goods[static_cast<std::size_t>(at)];
    goods.erase(goods.begin() + at);
    const std::int64_t quantity = world.random.one_in(3) ? 2 : 1;
    order.lines.push_back({good.product, quantity});
    order.expected_total.minor += good.price_minor * quantity;
  }
  order.payment_method = some_method(world, shop, is_in_show);
  if (!world.random.one_in(3)) use_some_coupon(world, order);
  return order;
}

DeviceId some_device(World& world) {
  return DeviceId{1 + world.random.below(kDevices)};
}

Result<std::vector<Placed>> place(Tx& tx, const World& world, const Intent& intent) {
  if (intent.orders.size() > 1) {
    auto requests = basket_orders(intent.orders);
    if (!requests) return fail_as(requests);
    return checkout_basket(tx, *requests, world.clock, world.terms);
  }
  auto placed = checkout(tx, intent.orders.front(), world.clock, world.terms);
  if (!placed) return fail_as(placed);
  return std::vector{*std::move(placed)};
}

// What was truly done with the intent: the first time new orders, and the same ever after.
void learn(World& world, Intent& intent, const std::vector<Placed>& placed) {
  const bool is_first = intent.placed.empty();
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (placed[i].is_replay == is_first) world.broke("an intent was carried out twice, or lost");
    if (is_first) {
      intent.placed.push_back(placed[i].order.id);
    } else if (intent.placed.at(i) != placed[i].order.id) {
      world.broke("the same intent led to another order");
    }
  }
}

void promise(World& world, const std::vector<Placed>& placed) {
  for (const Placed& one : placed) {
    const orders::Order& order = one.order;
    if (std::ranges::find(world.promises, order.id, &Promise::order) != world.promises.end()) {
      continue;
    }
    world.promises.push_back({order.id, order.token, order.shop, order.device, content_of(order)});
  }
}

// The buyer's page shows the new sum, and the buyer agrees.
bool agree(Intent& intent, const Error& refusal) {
  const bool is_other_price = refusal.code == "price-changed" || refusal.code == "deal-sold-out" ||
                              refusal.code == "deal-limit";
  if (!is_other_price) return false;
  std::size_t at = 0;
  for (const auto& [name, value] : refusal.figures) {
    if (name == "order") at = static_cast<std::size_t>(value);
  }
  for (const auto& [name, value] : refusal.figures) {
    if (name == "current_total_minor") intent.orders.at(at).expected_total.minor = value;
  }
  return true;
}

void try_to_buy(World& world, Intent& intent) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    const auto ran = world.run("buy", [&](Tx& tx) { return place(tx, world, intent); });
    if (ran.done) learn(world, intent, *ran.done);
    if (ran.seen) return promise(world, *ran.seen);
    if (!is_of_the_store(ran.seen.error()) && !intent.placed.empty()) {
      world.broke("an intent that was carried out is refused: " + World::told(ran.seen.error()));
    }
    if (agree(intent, ran.seen.error())) continue;
    if (!is_of_the_store(ran.seen.error()) || world.random.one_in(2)) return;
  }
}

HoldRequest some_hold(World& world) {
  const Good good = world.random.pick(world.goods);
  const bool is_in_show = good.is_shown && !world.random.one_in(4);
  return {.device = some_device(world),
          .show = is_in_show ? std::optional(world.show) : std::nullopt,
          .product = good.product,
          .quantity = world.random.one_in(4) ? 2 : 1};
}

}  // namespace

void buy(World& world) {
  const ShopId shop = world.random.one_in(3) ? world.clay : world.loom;
  const bool is_in_show = !world.random.one_in(3);
  world.intents.push_back({{some_order_of(world, shop, some_device(world), is_in_show)}, {}});
  try_to_buy(world, world.intents.back());
}

void buy_basket(World& world) {
  const DeviceId device = some_device(world);
  const bool is_in_show = world.random.one_in(2);
  Intent intent{{some_order_of(world, world.loom, device, is_in_show),
                 some_order_of(world, world.clay, device, is_in_show)},
                {}};
  world.intents.push_back(std::move(intent));
  try_to_buy(world, world.intents.back());
}

void ask_again(World& world) {
  if (!world.intents.empty()) try_to_buy(world, world.random.pick(world.intents));
}

void reuse_key(World& world) {
  if (world.intents.empty()) return;
  Intent other = world.random.pick(world.intents);
  if (other.placed.empty()) return;
  other.orders.front().note = "Something else";
  const auto ran = world.run("reuse a key", [&](Tx& tx) { return place(tx, world, other); });
  if (ran.done) world.broke("a key was used for two requests");
}

void order_what_was_won(World& world) {
  const DeviceId device = some_device(world);
  const auto held = world.read([&](Tx& tx) -> Result<BuyersHolds> {
    return list_holds(tx, device, world.show, world.clock);
  });
  const auto won = std::ranges::find_if(
      held.holds, [](const BuyersHold& hold) { return hold.claim.won.has_value(); });
  if (won == held.holds.end()) return;
  const Good& good = world.good(won->claim.product);
  PlaceOrder order = some_order_of(world, good.shop, device, true);
  order.lines = {{good.product, 1}};
  order.expected_total.minor = won->claim.won->price_minor;
  world.intents.push_back({{std::move(order)}, {}});
  try_to_buy(world, world.intents.back());
}

void hold_goods(World& world) {
  const HoldRequest wish = some_hold(world);
  const auto ran = world.run("hold", [&](Tx& tx) { return hold(tx, wish, world.clock); });
  if (!ran.done) return;
  if (ran.done->quantity != wish.quantity || ran.done->product != wish.product) {
    world.broke("something else is held than was asked for");
  }
}

void give_up_hold(World& world) {
  const DeviceId device = some_device(world);
  const auto held = world.read([&](Tx& tx) -> Result<BuyersHolds> {
    return list_holds(tx, device, std::nullopt, world.clock);
  });
  if (held.holds.empty()) return;
  const ClaimId claim = held.holds.front().claim.id;
  (void)world.run("give a hold back",
                  [&](Tx& tx) { return cancel_hold(tx, device, claim, world.clock); });
}

void join_line(World& world) {
  const HoldRequest wish = some_hold(world);
  (void)world.run("wait in line", [&](Tx& tx) { return wait_in_line(tx, wish, world.clock); });
}

void leave_the_line(World& world) {
  const DeviceId device = some_device(world);
  const auto waits = world.read(
      [&](Tx& tx) -> Result<std::vector<stock::Wait>> { return stock::waits_of(tx, device); });
  if (waits.empty()) return;
  (void)world.run("leave the line",
                  [&](Tx& tx) { return stock::leave_line(tx, device, waits.front().id); });
}

void cancel_by_buyer(World& world) {
  if (world.promises.empty()) return;
  const Promise& promise = world.random.pick(world.promises);
  (void)world.run("cancel by the buyer",
                  [&](Tx& tx) { return cancel_order(tx, promise.token, world.clock); });
}

void amend(World& world) {
  if (world.promises.empty()) return;
  Promise& promise = world.random.pick(world.promises);
  const auto order = world.read([&](Tx& tx) { return orders::find_by_token(tx, promise.token); });
  Amendment wish{.note = std::nullopt, .lines = {}, .expected_total = order.total};
  wish.lines.push_back({order.lines.front().product, world.random.between(1, 3)});
  for (int attempt = 0; attempt < 3; ++attempt) {
    const auto ran = world.run("amend", [&](Tx& tx) {
      return amend_order(tx, promise.token, wish, world.terms, world.clock);
    });
    if (ran.done) promise.content = content_of(*ran.done);
    if (ran.seen) return;
    if (ran.seen.error().code == "payment-method-needed")
      wish.payment_method = payments::Method::card;
    if (ran.seen.error().code != "price-changed") continue;
    for (const auto& [name, value] : ran.seen.error().figures) {
      if (name == "current_total_minor") wish.expected_total.minor = value;
    }
  }
}

void want_return(World& world) {
  if (world.promises.empty()) return;
  const Promise& promise = world.random.pick(world.promises);
  const auto order = world.read([&](Tx& tx) { return orders::find_by_token(tx, promise.token); });
  const AskReturn wish{.token = promise.token,
                       .key = world.next_key(),
                       .note = "",
                       .lines = {{order.lines.front().product, 1}}};
  (void)world.run("ask for a return", [&](Tx& tx) { return ask_return(tx, wish, world.clock); });
}

}  // namespace geili::flows::simulation
