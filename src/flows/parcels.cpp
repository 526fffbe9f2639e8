#include "flows/parcels.hpp"

#include <algorithm>

#include "flows/pay.hpp"

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
    if (auto changed = orders::set_status(tx, order, step, now); !changed) return fail_as(changed);
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

bool all_reached(store::Tx& tx, const Parcel& parcel, OrderStatus status) {
  return std::ranges::all_of(parcel.orders, [&](const shipping::ParcelOrder& one) {
    const auto order = orders::find_order(tx, parcel.shop, one.order);
    return order && order->status >= status && order->status != OrderStatus::cancelled;
  });
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
  return with_orders(tx, shop, parcel, now);
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
  return with_orders(tx, shop, parcel, now);
}

Result<void> follow_order(store::Tx& tx, const orders::Order& order, Instant now) {
  if (order.status == OrderStatus::cancelled) {
    auto removed = shipping::remove_order(tx, order.shop, order.id, now);
    if (!removed) return fail_as(removed);
    return {};
  }
  for (const Parcel& parcel : shipping::parcels_of_order(tx, order.shop, order.id)) {
    ParcelState state = parcel.state;
    if (state == ParcelState::open && all_reached(tx, parcel, OrderStatus::packed)) {
      auto packed = shipping::pack_parcel(tx, order.shop, parcel.id, now);
      if (!packed) return fail_as(packed);
      state = ParcelState::packed;
    }
    if (state == ParcelState::packed && all_reached(tx, parcel, OrderStatus::handed_over)) {
      auto left = shipping::ship_parcel(tx, order.shop, parcel.id,
                                        {.carrier = parcel.carrier, .tracking_number = {}}, now);
      if (!left) return fail_as(left);
    }
  }
  return {};
}

}  // namespace geili::flows
