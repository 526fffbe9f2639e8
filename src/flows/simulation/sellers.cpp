#include <algorithm>
#include <chrono>
#include <utility>

#include "flows/claim_order.hpp"
#include "flows/hold.hpp"
#include "flows/order_status.hpp"
#include "flows/parcels.hpp"
#include "flows/product.hpp"
#include "flows/returns.hpp"
#include "flows/simulation/actions.hpp"
#include "flows/variant.hpp"
#include "ledger/account.hpp"
#include "ledger/payout.hpp"
#include "ledger/settlement.hpp"

namespace geili::flows::simulation {
namespace {

using orders::OrderStatus;
using shipping::ParcelState;
using store::Tx;

template <class IdType>
struct Owned {
  IdType id;
  ShopId shop;
};

template <class IdType>
std::optional<Owned<IdType>> any_row(World& world, std::string_view sql) {
  const auto all = world.read([&](Tx& tx) -> Result<std::vector<Owned<IdType>>> {
    std::vector<Owned<IdType>> found;
    tx.each(
        [&](const store::Row& row) {
          found.push_back({IdType{row.integer(0)}, ShopId{row.integer(1)}});
        },
        sql);
    return found;
  });
  if (all.empty()) return std::nullopt;
  return world.random.pick(all);
}

auto some_parcel(World& world) {
  return any_row<shipping::ParcelId>(world, "SELECT id, shop_id FROM parcel ORDER BY id");
}

}  // namespace

std::vector<orders::Order> all_orders(World& world) {
  return world.read([](Tx& tx) -> Result<std::vector<orders::Order>> {
    std::vector<Owned<OrderId>> ids;
    tx.each([&](const store::Row& row) { ids.push_back({row.id<OrderId>(0), row.id<ShopId>(1)}); },
            "SELECT id, shop_id FROM shop_order ORDER BY id");
    std::vector<orders::Order> all;
    for (const auto& one : ids) all.push_back(*orders::find_order(tx, one.shop, one.id));
    return all;
  });
}

std::optional<orders::Order> some_order(World& world) {
  const auto found =
      any_row<OrderId>(world, "SELECT id, shop_id FROM shop_order WHERE total_minor > 0");
  if (!found) return std::nullopt;
  return world.read([&](Tx& tx) { return orders::find_order(tx, found->shop, found->id); });
}

void change_status(World& world) {
  const auto order = some_order(world);
  if (!order) return;
  constexpr std::array kTo{OrderStatus::packed, OrderStatus::handed_over, OrderStatus::cancelled};
  const OrderStatus to = world.random.pick(kTo);
  (void)world.run("make an order " + std::string(to_text(to)), [&](Tx& tx) {
    return set_order_status(tx, order->shop, order->id, to, world.clock);
  });
}

void move_parcel(World& world) {
  const auto parcel = some_parcel(world);
  if (!parcel) return;
  constexpr std::array kTo{ParcelState::packed, ParcelState::packed, ParcelState::open,
                           ParcelState::delivered, ParcelState::returned};
  const ParcelState to = world.random.pick(kTo);
  (void)world.run("make a parcel " + std::string(to_text(to)), [&](Tx& tx) {
    return set_parcel_state(tx, parcel->shop, parcel->id, to, world.clock);
  });
}

void hand_parcel_over(World& world) {
  const auto parcel = some_parcel(world);
  if (!parcel) return;
  const bool is_by_hand = world.random.one_in(2);
  const shipping::Handover handover{.carrier = is_by_hand ? "" : "Correos",
                                    .tracking_number = is_by_hand ? "" : "MX12345",
                                    .weighed_g = std::nullopt};
  (void)world.run("hand a parcel over", [&](Tx& tx) {
    return hand_over_parcel(tx, parcel->shop, parcel->id, handover, world.clock);
  });
}

void handle_return(World& world) {
  const auto found =
      any_row<shipping::ReturnId>(world, "SELECT id, shop_id FROM return_request ORDER BY id");
  if (!found) return;
  const auto [id, shop] = *found;
  const Instant now = world.clock.now();
  switch (world.random.below(5)) {
    case 0:
      (void)world.run("approve a return",
                      [&](Tx& tx) { return shipping::approve_return(tx, shop, id, now); });
      return;
    case 1:
      (void)world.run("refuse a return", [&](Tx& tx) {
        return shipping::refuse_return(tx, shop, id, "It was worn.", now);
      });
      return;
    case 2:
    case 3: {
      const Restock restock = is_restocked(id.value) ? Restock::yes : Restock::no;
      (void)world.run("receive a return",
                      [&](Tx& tx) { return receive_return(tx, shop, id, restock, world.clock); });
      return;
    }
    default: {
      const std::int64_t minor = world.random.between(1, 5'000);
      (void)world.run("refund a return",
                      [&](Tx& tx) { return refund_return(tx, shop, id, minor, world.clock); });
    }
  }
}

void restock(World& world) {
  const Good good = world.random.pick(world.goods);
  if (!good.is_counted) return;
  const std::int64_t delta = world.random.one_in(3) ? -1 : world.random.between(1, 2);
  const auto ran = world.run("change the stock by " + std::to_string(delta), [&](Tx& tx) {
    return change_stock(tx, good.product, delta, world.clock);
  });
  if (ran.done) world.supply[good.product] += delta;
}

void change_bundle(World& world) {
  const auto version = world.read([&](Tx& tx) -> Result<std::int64_t> {
    return catalog::find_product(tx, world.bundle)->version;
  });
  const std::vector<stock::Part> parts{
      {world.goods[0].product, 1},
      {world.goods[world.random.one_in(2) ? 1 : 3].product, world.random.between(1, 2)}};
  (void)world.run("change a bundle", [&](Tx& tx) {
    return change_parts(tx, world.bundle, parts, version, world.clock);
  });
}

void limit_show(World& world) {
  const ProductId product = world.goods[world.random.one_in(2) ? 0 : 4].product;
  stock::ShowLimit limit;
  if (world.random.one_in(2)) limit.units_max = world.random.between(1, 5);
  if (world.random.one_in(2)) limit.units_per_buyer_max = world.random.between(1, 3);
  (void)world.run("limit what the show sells", [&](Tx& tx) {
    return set_show_limit(tx, world.show, product, limit, world.clock);
  });
}

void sweep_holds(World& world) {
  const auto ran = world.run("sweep the holds",
                             [&](Tx& tx) -> Result<bool> { return expire_holds(tx, world.clock); });
  if (!ran.done || *ran.done) return;
  const auto left = world.read([&](Tx& tx) -> Result<std::int64_t> {
    return *tx.integer("SELECT COUNT(*) FROM claim WHERE state = 'held' AND held_until <= $1",
                       world.clock.now());
  });
  if (left > 0) world.broke("a hold outlives its time");
}

void settle_with_provider(World& world) {
  const std::string provider = world.random.one_in(2) ? "stripe" : "mercado_pago";
  const auto held = world.read([&](Tx& tx) -> Result<std::int64_t> {
    const auto account = ledger::find_account(
        tx,
        ledger::provider_account(ledger::AccountKind::provider_clearing, provider, world.currency));
    return account ? account->balance_minor() : 0;
  });
  if (held < 1) return;
  const Money amount{world.random.between(1, held), world.currency};
  const ledger::Settlement settlement{.source = {"settlement", world.next_key()},
                                      .provider = provider,
                                      .amount = amount,
                                      .fee_minor = 0,
                                      .reference = "",
                                      .memo = "",
                                      .occurred_at = world.clock.now()};
  const auto ran = world.run("a provider settles", [&](Tx& tx) {
    return ledger::record_provider_settlement(tx, settlement, world.clock.now());
  });
  if (ran.done) world.settled_minor[provider] += amount.minor;
}

void pay_out(World& world) {
  const Instant now = world.clock.now();
  const auto batch = any_row<ledger::PayoutBatchId>(
      world, "SELECT id, 1 FROM payout_batch WHERE status IN ('draft', 'approved')");
  if (!batch) {
    (void)world.run("open payouts", [&](Tx& tx) {
      return ledger::open_payout_batch(tx, {.currency = world.currency, .up_to = now}, now);
    });
    return;
  }
  const auto line = any_row<ledger::PayoutLineId>(
      world, "SELECT id, shop_id FROM payout_line WHERE status IN ('sent', 'paid')");
  switch (world.random.below(line ? 4 : 2)) {
    case 0:
      (void)world.run("approve payouts",
                      [&](Tx& tx) { return ledger::approve_payout_batch(tx, batch->id, now); });
      return;
    case 1:
      (void)world.run("cancel payouts",
                      [&](Tx& tx) { return ledger::cancel_payout_batch(tx, batch->id, now); });
      return;
    case 2:
      (void)world.run("the bank pays",
                      [&](Tx& tx) { return ledger::mark_line_paid(tx, line->id, now); });
      return;
    default:
      (void)world.run("the bank refuses", [&](Tx& tx) {
        return ledger::mark_line_failed(tx, line->id, "no such account", now);
      });
  }
}

void let_time_pass(World& world) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  std::chrono::microseconds by = seconds(world.random.between(1, 60));
  switch (world.random.below(10)) {
    case 0:
      by = std::chrono::hours(world.random.between(20, 130));
      break;
    case 1:
    case 2:
      by = minutes(world.random.between(10, 40));
      break;
    case 3:
    case 4:
    case 5:
    case 6:
      by = seconds(world.random.between(60, 400));
      break;
    default:
      break;
  }
  world.note("time passes: " + std::to_string(by.count() / 1'000'000) + " s");
  world.clock.advance(by);
}

void crash(World& world) {
  world.note("the program is killed");
  world.calls.clear();
  world.house.crash();
}

namespace {

enum class Group : std::uint8_t { buyers, money, sellers };

struct Choice {
  void (*act)(World&);
  std::int64_t weight;
  Group group;
};

constexpr std::array kChoices{
    Choice{buy, 14, Group::buyers},
    Choice{buy_basket, 4, Group::buyers},
    Choice{ask_again, 4, Group::buyers},
    Choice{reuse_key, 1, Group::buyers},
    Choice{hold_goods, 9, Group::buyers},
    Choice{give_up_hold, 3, Group::buyers},
    Choice{join_line, 7, Group::buyers},
    Choice{leave_the_line, 1, Group::buyers},
    Choice{cancel_by_buyer, 4, Group::buyers},
    Choice{amend, 3, Group::buyers},
    Choice{want_return, 3, Group::sellers},
    Choice{open_payment_page, 12, Group::money},
    Choice{pay_at_provider, 10, Group::money},
    Choice{come_back_from_provider, 3, Group::money},
    Choice{hear_event, 10, Group::money},
    Choice{carry_call, 18, Group::money},
    Choice{look_after_payments, 8, Group::money},
    Choice{confirm_by_seller, 3, Group::sellers},
    Choice{refund, 3, Group::sellers},
    Choice{refund_at_desk, 1, Group::money},
    Choice{refuse_next_refund, 1, Group::money},
    Choice{change_status, 5, Group::sellers},
    Choice{move_parcel, 5, Group::sellers},
    Choice{hand_parcel_over, 4, Group::sellers},
    Choice{handle_return, 6, Group::sellers},
    Choice{restock, 3, Group::sellers},
    Choice{change_bundle, 1, Group::sellers},
    Choice{limit_show, 1, Group::sellers},
    Choice{announce_some_deal, 4, Group::buyers},
    Choice{withdraw_some_deal, 1, Group::sellers},
    Choice{look_after_the_deals, 3, Group::buyers},
    Choice{open_some_auction, 4, Group::buyers},
    Choice{bid_in_some_auction, 14, Group::buyers},
    Choice{bid_again, 2, Group::buyers},
    Choice{close_some_auction, 2, Group::buyers},
    Choice{call_off_some_auction, 1, Group::sellers},
    Choice{look_after_the_auctions, 4, Group::buyers},
    Choice{order_what_was_won, 6, Group::buyers},
    Choice{give_out_coupon, 3, Group::buyers},
    Choice{take_some_coupon, 6, Group::buyers},
    Choice{withdraw_some_coupon, 1, Group::sellers},
    Choice{give_red_packet, 2, Group::buyers},
    Choice{open_some_envelope, 6, Group::buyers},
    Choice{end_some_packet, 1, Group::sellers},
    Choice{look_after_the_packets, 1, Group::buyers},
    Choice{sweep_holds, 5, Group::buyers},
    Choice{settle_with_provider, 1, Group::money},
    Choice{pay_out, 3, Group::sellers},
    Choice{let_time_pass, 13, Group::money},
    Choice{crash, 1, Group::money},
};

// For a while most of what happens is of one kind, so that histories get somewhere.
constexpr std::int64_t kMoodFactor = 4;

std::int64_t weight_of(const Choice& choice, Group mood) {
  return choice.weight * (choice.group == mood ? kMoodFactor : 1);
}

}  // namespace

void take_step(World& world) {
  if (world.random.one_in(15)) world.mood = world.random.below(3);
  const auto mood = static_cast<Group>(world.mood);
  std::int64_t all = 0;
  for (const Choice& choice : kChoices) all += weight_of(choice, mood);
  std::int64_t at = world.random.below(all);
  for (const Choice& choice : kChoices) {
    at -= weight_of(choice, mood);
    if (at < 0) return choice.act(world);
  }
}

}  // namespace geili::flows::simulation
