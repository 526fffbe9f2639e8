#include "flows/simulation/ending.hpp"

#include <algorithm>
#include <chrono>

#include "flows/hold.hpp"
#include "flows/order_status.hpp"
#include "flows/parcels.hpp"
#include "flows/pay.hpp"
#include "flows/simulation/actions.hpp"
#include "ledger/account.hpp"
#include "payments/payment.hpp"
#include "payments/refund.hpp"

namespace geili::flows::simulation {
namespace {

using orders::OrderStatus;
using shipping::ParcelState;
using store::Tx;

constexpr int kRoundsMax = 60;

std::int64_t count(World& world, std::string_view sql) {
  return world.read([&](Tx& tx) -> Result<std::int64_t> { return *tx.integer(sql); });
}

// Everything that is said is heard, and everything that is to be asked is asked.
void let_them_talk(World& world) {
  for (int round = 0; round < kRoundsMax; ++round) {
    look_after_payments(world);
    while (!world.calls.empty()) carry_call(world);
    world.provider.finish_refunds();
    for (std::size_t left = world.provider.events().size(); left > 0; --left) hear_event(world);
    const bool is_quiet = world.calls.empty() && world.provider.events().empty() &&
                          count(world, "SELECT COUNT(*) FROM payment_ask") == 0;
    if (is_quiet) return;
    world.clock.advance(std::chrono::minutes(16));  // leases and slow retries
  }
  world.broke("payments never come to rest");
}

// What falls back is offered to who waits, and falls back once more.
void let_it_all_expire(World& world) {
  world.clock.advance(std::chrono::hours(24 * 10));
  for (int round = 0; round < kRoundsMax; ++round) {
    look_after_the_auctions(world);
    (void)world.must("sweep the holds",
                     [&](Tx& tx) -> Result<bool> { return expire_holds(tx, world.clock); });
    let_them_talk(world);
    look_after_the_deals(world);
    const bool is_over = count(world, "SELECT COUNT(*) FROM claim WHERE state = 'held'") == 0 &&
                         count(world, "SELECT COUNT(*) FROM deal WHERE phase <> 'settled'") == 0;
    if (is_over) return;
    world.clock.advance(std::chrono::minutes(10));
  }
  world.broke("units are held, or on deal, for ever");
}

struct Problem {
  OrderId order;
  ShopId shop;
  std::int64_t refundable_minor = 0;
  bool is_by_hand = false;
  std::string payment;  // what the provider knows it by
  std::string money;
};

// What somebody has to look at; of cancelled orders with the money that is still kept.
std::vector<Problem> problems(World& world) {
  return world.read([](Tx& tx) -> Result<std::vector<Problem>> {
    std::vector<payments::PaymentId> ids;
    tx.each([&](const store::Row& row) { ids.push_back(payments::PaymentId{row.integer(0)}); },
            "SELECT id FROM payment WHERE problem IS NOT NULL ORDER BY id");
    std::vector<Problem> found;
    for (const auto id : ids) {
      const auto payment = *payments::find_payment(tx, id);
      const auto order = *orders::find_order(tx, payment.shop, payment.order);
      const bool is_cancelled = order.status == OrderStatus::cancelled;
      found.push_back({payment.order, payment.shop,
                       is_cancelled ? payments::refundable_minor(tx, payment) : std::int64_t{0},
                       payment.provider == "transfer" || payment.provider == "delivery",
                       payment.idempotency_key, payment.money_reference});
    }
    return found;
  });
}

// What a person does who looks at them.
void look_at_problems(World& world) {
  for (const Problem& problem : problems(world)) {
    if (!problem.is_by_hand && problem.refundable_minor > 0) {
      const RefundOrder again{.shop = problem.shop,
                              .order = problem.order,
                              .amount_minor = problem.refundable_minor,
                              .key = world.next_key()};
      (void)world.must("refund once more",
                       [&](Tx& tx) { return refund_order(tx, again, world.clock); });
    }
    world.provider.refund_others_at_desk(problem.payment, problem.money);
    (void)world.must("clear a problem", [&](Tx& tx) {
      return clear_payment_problem(tx, problem.shop, problem.order, world.clock);
    });
  }
}

void solve_problems(World& world) {
  for (int round = 0; round < kRoundsMax && !problems(world).empty(); ++round) {
    look_at_problems(world);
    let_them_talk(world);
  }
}

// Whoever has all of the money back gets no goods: the seller calls the order off.
void call_off_what_was_refunded(World& world) {
  for (const orders::Order& order : all_orders(world)) {
    const bool is_refunded = world.read(
        [&](Tx& tx) -> Result<bool> { return payment_of(tx, order).state == PayState::refunded; });
    if (!is_refunded || order.status > OrderStatus::packed) continue;
    (void)world.must("cancel what was refunded", [&](Tx& tx) {
      return set_order_status(tx, order.shop, order.id, OrderStatus::cancelled, world.clock);
    });
  }
}

void send_parcels(World& world) {
  const auto parcels = world.read([&](Tx& tx) -> Result<std::vector<shipping::Parcel>> {
    std::vector<shipping::Parcel> all;
    for (const ShopId shop : {world.loom, world.clay}) {
      PageRequest request{.cursor = "", .limit = kPageLimitMax};
      do {
        auto page = shipping::list_parcels(tx, shop, {}, request);
        if (!page) return fail_as(page);
        all.insert(all.end(), page->items.begin(), page->items.end());
        request.cursor = page->next_cursor;
      } while (!request.cursor.empty());
    }
    return all;
  });
  const auto set = [&](const shipping::Parcel& parcel, ParcelState state) {
    (void)world.must("make a parcel " + std::string(to_text(state)), [&](Tx& tx) {
      return set_parcel_state(tx, parcel.shop, parcel.id, state, world.clock);
    });
  };
  for (const shipping::Parcel& parcel : parcels) {
    ParcelState state = parcel.state;
    if (state == ParcelState::open) {
      set(parcel, ParcelState::packed);
      state = ParcelState::packed;
    }
    if (state == ParcelState::packed) {
      (void)world.must("hand a parcel over", [&](Tx& tx) {
        return hand_over_parcel(tx, parcel.shop, parcel.id,
                                {.carrier = "Correos", .tracking_number = "MX1", .weighed_g = {}},
                                world.clock);
      });
      state = ParcelState::shipped;
    }
    if (state == ParcelState::shipped) set(parcel, ParcelState::delivered);
  }
}

void hand_out_pickups(World& world) {
  for (const orders::Order& order : all_orders(world)) {
    if (order.fulfilment != orders::Fulfilment::pickup) continue;
    for (const OrderStatus to : {OrderStatus::packed, OrderStatus::handed_over}) {
      const bool is_behind = order.status < to;
      if (!is_behind) continue;
      (void)world.must("make an order " + std::string(to_text(to)), [&](Tx& tx) {
        return set_order_status(tx, order.shop, order.id, to, world.clock);
      });
    }
  }
}

// The store's money against the provider's own book.
void compare_with_provider(World& world) {
  for (const SimPayment& truth : world.provider.payments()) {
    const auto payment = world.read([&](Tx& tx) -> Result<payments::Payment> {
      return payments::find_by_key(tx, truth.reference);
    });
    const std::string of = " (payment " + std::to_string(payment.id.value) + ")";
    if ((payment.received_minor > 0) != !truth.money.empty()) {
      world.broke("the provider knows of other money" + of);
    }
    for (const SimMoney& money : truth.money) {
      const bool is_own = money.reference == payment.money_reference;
      const std::int64_t back = is_own ? payment.refunded_minor : money.amount_minor;
      if (money.refunded_minor != back) world.broke("the provider knows of other refunds" + of);
    }
  }
}

void compare_books_with_provider(World& world) {
  for (const std::string provider : {"stripe", "mercado_pago"}) {
    std::int64_t held = -world.settled_minor[provider];
    for (const SimPayment& truth : world.provider.payments()) {
      if (truth.provider != provider) continue;
      for (const SimMoney& money : truth.money) {
        held += money.amount_minor - money.refunded_minor - money.fee_minor;
      }
    }
    const auto in_books = world.read([&](Tx& tx) -> Result<std::int64_t> {
      const auto account =
          ledger::find_account(tx, ledger::provider_account(ledger::AccountKind::provider_clearing,
                                                            provider, world.currency));
      return account ? account->balance_minor() : 0;
    });
    if (held != in_books) {
      world.broke(provider + " holds " + std::to_string(held) + ", the books say " +
                  std::to_string(in_books));
    }
  }
}

void look_for_what_is_stuck(World& world) {
  const auto none = [&](std::string_view what, std::string_view sql) {
    const std::int64_t left = count(world, sql);
    if (left > 0) world.broke("stuck: " + std::to_string(left) + " " + std::string(what));
  };
  none("units are held", "SELECT COUNT(*) FROM claim WHERE state = 'held'");
  none("auctions are open", "SELECT COUNT(*) FROM auction WHERE state = 'open'");
  none("payments are open",
       "SELECT COUNT(*) FROM payment WHERE state IN ('created', 'pending', 'authorised')");
  none("refunds are under way",
       "SELECT COUNT(*) FROM refund WHERE state IN ('created', 'pending')");
  none("payments wait for a person", "SELECT COUNT(*) FROM payment WHERE problem IS NOT NULL");
  none("orders did not go out",
       "SELECT COUNT(*) FROM shop_order WHERE status IN ('placed', 'packed')");
  none("orders were handed over and never paid",
       "SELECT COUNT(*) FROM shop_order o WHERE o.status = 'handed_over' AND o.total_minor > 0"
       " AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id AND p.received_minor > 0)"
       " AND NOT EXISTS (SELECT 1 FROM parcel_order l JOIN parcel r ON r.id = l.parcel_id"
       " WHERE l.order_id = o.id AND r.state = 'returned')");
}

}  // namespace

void bring_to_an_end(World& world, Watch& watch) {
  world.has_faults = false;
  world.note("from here on nothing fails");
  const auto steps = {let_them_talk,    let_it_all_expire,          solve_problems,
                      let_them_talk,    call_off_what_was_refunded, send_parcels,
                      hand_out_pickups, let_it_all_expire};
  for (const auto step : steps) {
    step(world);
    watch.look();
    if (!world.fault.empty()) return;
  }
  watch.look_at_books();
  compare_with_provider(world);
  compare_books_with_provider(world);
  look_for_what_is_stuck(world);
}

}  // namespace geili::flows::simulation
