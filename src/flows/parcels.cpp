#include "flows/parcels.hpp"

#include <algorithm>

#include "flows/news.hpp"
#include "flows/pay.hpp"
#include "ledger/split.hpp"

namespace geili::flows {
namespace {

using orders::OrderStatus;
using shipping::Parcel;
using shipping::ParcelState;

bool has_left(ParcelState state) {
  return state == ParcelState::shipped || state == ParcelState::delivered ||
         state == ParcelState::returned;
}

// How far an order is by what its parcels are.
OrderStatus status_by(const std::vector<Parcel>& parcels) {
  if (std::ranges::all_of(parcels, [](const Parcel& one) { return has_left(one.state); })) {
    return OrderStatus::handed_over;
  }
  const bool is_open = std::ranges::any_of(
      parcels, [](const Parcel& one) { return one.state == ParcelState::open; });
  return is_open ? OrderStatus::placed : OrderStatus::packed;
}

// One step at a time; what is further already stays.
Result<void> advance(store::Tx& tx, orders::Order& order, OrderStatus wanted, Instant now) {
  for (const OrderStatus step : {OrderStatus::packed, OrderStatus::handed_over}) {
    if (wanted < step || order.status >= step) continue;
    if (auto paid = check_paid(tx, order); !paid) return paid;
    auto changed = orders::set_status(tx, order, step, now);
    if (!changed) return fail_as(changed);
    if (*changed) tell_order_status(tx, order, now);
  }
  return {};
}

Result<Parcel> with_orders(store::Tx& tx, ShopId shop, shipping::ParcelId id, Instant now) {
  auto parcel = shipping::find_parcel(tx, shop, id);
  if (!parcel) return parcel;
  for (const shipping::ParcelOrder& one : parcel->orders) {
    auto order = orders::find_order(tx, shop, one.order);
    if (!order) return fail_as(order);
    const OrderStatus wanted = status_by(shipping::parcels_of_order(tx, shop, one.order));
    if (wanted == OrderStatus::placed) {
      orders::unpack(tx, *order);
    } else if (auto advanced = advance(tx, *order, wanted, now); !advanced) {
      return fail_as(advanced);
    }
  }
  return parcel;
}

// Brought by a carrier, or given from hand to hand.
bool is_with_buyer(const Parcel& parcel) {
  const bool is_by_hand = parcel.carrier.empty() && parcel.tracking_number.empty();
  return parcel.state == ParcelState::delivered ||
         (parcel.state == ParcelState::shipped && is_by_hand);
}

// An order in cash whose goods are with the buyer is paid: from hand to hand when it is handed
// over, else when the carrier has delivered all of it.
Result<void> take_cash_at_door(store::Tx& tx, const orders::Order& order, const Clock& clock) {
  if (order.status != OrderStatus::handed_over) return {};
  const auto parcels = shipping::parcels_of_order(tx, order.shop, order.id);
  if (!std::ranges::all_of(parcels, is_with_buyer)) return {};
  return take_cash(tx, order, clock);
}

Result<void> take_cash_of(store::Tx& tx, const Parcel& parcel, const Clock& clock) {
  for (const shipping::ParcelOrder& one : parcel.orders) {
    auto order = orders::find_order(tx, parcel.shop, one.order);
    if (!order) return fail_as(order);
    if (auto taken = take_cash_at_door(tx, *order, clock); !taken) return taken;
  }
  return {};
}

Result<Parcel> with_cash(store::Tx& tx, Result<Parcel> moved, const Clock& clock) {
  if (!moved) return moved;
  if (auto taken = take_cash_of(tx, *moved, clock); !taken) return fail_as(taken);
  return moved;
}

bool all_reached(store::Tx& tx, const Parcel& parcel, OrderStatus status) {
  return std::ranges::all_of(parcel.orders, [&](const shipping::ParcelOrder& one) {
    const auto order = orders::find_order(tx, parcel.shop, one.order);
    return order && order->status >= status && order->status != OrderStatus::cancelled;
  });
}

// A parcel is as far as the last of its orders, and leaves with it.
Result<void> follow_in(store::Tx& tx, ShopId shop, shipping::ParcelId id, const Clock& clock) {
  auto parcel = shipping::find_parcel(tx, shop, id);
  if (!parcel) return fail_as(parcel);
  if (parcel->orders.empty()) return {};
  const Instant now = clock.now();
  ParcelState state = parcel->state;
  if (state == ParcelState::open && all_reached(tx, *parcel, OrderStatus::packed)) {
    auto packed = shipping::pack_parcel(tx, shop, id, now);
    if (!packed) return fail_as(packed);
    state = ParcelState::packed;
  }
  if (state != ParcelState::packed || !all_reached(tx, *parcel, OrderStatus::handed_over))
    return {};
  auto left =
      shipping::ship_parcel(tx, shop, id, {.carrier = parcel->carrier, .tracking_number = {}}, now);
  if (!left) return fail_as(left);
  auto shipped = shipping::find_parcel(tx, shop, id);
  if (!shipped) return fail_as(shipped);
  if (*left) tell_parcel(tx, webhooks::Event::parcel_shipped, *shipped, now);
  return take_cash_of(tx, *shipped, clock);
}

}  // namespace

Result<Parcel> set_parcel_state(store::Tx& tx, ShopId shop, shipping::ParcelId parcel,
                                ParcelState state, const Clock& clock) {
  const Instant now = clock.now();
  Result<bool> changed = false;
  switch (state) {
    case ParcelState::packed:
      changed = shipping::pack_parcel(tx, shop, parcel, now);
      break;
    case ParcelState::open:
      changed = shipping::reopen_parcel(tx, shop, parcel, now);
      break;
    case ParcelState::delivered:
      changed = shipping::deliver_parcel(tx, shop, parcel, now);
      break;
    case ParcelState::returned:
      changed = shipping::take_parcel_back(tx, shop, parcel, now);
      break;
    case ParcelState::shipped:
    case ParcelState::cancelled:
      return fail(Error::invalid_field("/state", "is reached by handing over, or by cancelling"));
  }
  if (!changed) return fail_as(changed);
  auto moved = with_orders(tx, shop, parcel, now);
  if (moved && *changed && state == ParcelState::delivered) {
    tell_parcel(tx, webhooks::Event::parcel_delivered, *moved, now);
  }
  return with_cash(tx, std::move(moved), clock);
}

Result<Parcel> hand_over_parcel(store::Tx& tx, ShopId shop, shipping::ParcelId parcel,
                                const shipping::Handover& handover, const Clock& clock) {
  const Instant now = clock.now();
  auto before = shipping::find_parcel(tx, shop, parcel);
  if (!before) return before;
  auto changed = before->state == ParcelState::shipped
                     ? shipping::correct_handover(tx, shop, parcel, handover, now)
                     : shipping::ship_parcel(tx, shop, parcel, handover, now);
  if (!changed) return fail_as(changed);
  auto moved = with_orders(tx, shop, parcel, now);
  if (moved && before->state != ParcelState::shipped) {
    tell_parcel(tx, webhooks::Event::parcel_shipped, *moved, now);
  }
  return with_cash(tx, std::move(moved), clock);
}

Result<void> follow_order(store::Tx& tx, const orders::Order& order, const Clock& clock) {
  const auto parcels = shipping::parcels_of_order(tx, order.shop, order.id);
  if (order.status == OrderStatus::cancelled) {
    auto removed = shipping::remove_order(tx, order.shop, order.id, clock.now());
    if (!removed) return fail_as(removed);
  }
  for (const Parcel& parcel : parcels) {
    if (auto followed = follow_in(tx, order.shop, parcel.id, clock); !followed) return followed;
  }
  // What lay in parcels was paid with them.
  if (!parcels.empty()) return {};
  return take_cash_at_door(tx, order, clock);
}

std::vector<std::int64_t> discount_by_parcel(const orders::Order& order,
                                             std::span<const Parcel> parcels) {
  std::vector<std::int64_t> goods;
  std::int64_t all = 0;
  for (const Parcel& parcel : parcels) {
    const auto here = std::ranges::find(parcel.orders, order.id, &shipping::ParcelOrder::order);
    goods.push_back(here == parcel.orders.end() ? 0 : here->load.goods_minor);
    all += goods.back();
  }
  if (all == 0) return std::vector<std::int64_t>(parcels.size(), 0);
  return ledger::allot(order.discount.minor, goods);
}

}  // namespace geili::flows
