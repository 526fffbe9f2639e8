// Orders between the open parcels of one address.
#include <algorithm>

#include "shipping/parcel.hpp"
#include "shipping/parcel_row.hpp"

namespace geili::shipping {
namespace {

Result<Parcel> find_open(store::Tx& tx, ShopId shop, ParcelId id) {
  auto parcel = find_parcel(tx, shop, id);
  if (parcel && parcel->state != ParcelState::open) {
    return fail(ErrorKind::conflict, "parcel-not-open",
                "The parcel is " + std::string(to_text(parcel->state)) + ".");
  }
  return parcel;
}

Result<void> check_alike(const Parcel& a, const Parcel& b) {
  if (address_key(a.to) == address_key(b.to) && a.currency == b.currency) return {};
  return fail(ErrorKind::conflict, "parcel-address-differs",
              "The parcels do not go to the same person and place.");
}

const ParcelOrder* find_in(const Parcel& parcel, OrderId order) {
  const auto at = std::ranges::find(parcel.orders, order, &ParcelOrder::order);
  return at == parcel.orders.end() ? nullptr : &*at;
}

std::unexpected<Error> not_in_parcel(OrderId order) {
  return fail(Error::make(ErrorKind::conflict, "order-not-in-parcel",
                          "The order does not lie in the parcel.")
                  .with("order_id", order.value));
}

// The parcel other than `from` that holds all of `orders`.
std::optional<Parcel> holder_of(store::Tx& tx, ShopId shop, const Parcel& from,
                                const std::vector<OrderId>& orders) {
  if (orders.empty()) return std::nullopt;
  for (Parcel& parcel : parcels_of_order(tx, shop, orders.front())) {
    if (parcel.id == from.id || !check_alike(parcel, from)) continue;
    if (std::ranges::all_of(orders, [&](OrderId order) { return find_in(parcel, order); })) {
      return std::move(parcel);
    }
  }
  return std::nullopt;
}

// An order that was cancelled may have lain in both.
void carry_postage_left(store::Tx& tx, ParcelId from, ParcelId to) {
  tx.exec(
      "INSERT INTO parcel_postage_left (parcel_id, order_id, order_number, shipping_minor)"
      " SELECT CAST($2 AS BIGINT), order_id, order_number, shipping_minor"
      " FROM parcel_postage_left WHERE parcel_id = $1"
      " ON CONFLICT (parcel_id, order_id) DO UPDATE"
      " SET shipping_minor = parcel_postage_left.shipping_minor + excluded.shipping_minor",
      from, to);
  tx.exec("DELETE FROM parcel_postage_left WHERE parcel_id = $1", from);
}

}  // namespace

Result<bool> move_order(store::Tx& tx, ShopId shop, OrderId order, ParcelId from, ParcelId to,
                        Instant now) {
  auto target = find_open(tx, shop, to);
  if (!target) return fail_as(target);
  auto source = find_parcel(tx, shop, from);
  if (!source) return fail_as(source);
  const ParcelOrder* moved = find_in(*source, order);
  if (from == to || moved == nullptr) {
    if (find_in(*target, order) != nullptr) return false;
    return not_in_parcel(order);
  }
  if (auto is_open = find_open(tx, shop, from); !is_open) return fail_as(is_open);
  if (auto alike = check_alike(*source, *target); !alike) return fail_as(alike);
  if (auto put = put_in(tx, shop, to, *moved); !put) return fail_as(put);
  take_out(tx, from, order);
  if (source->orders.size() == 1) {
    carry_postage_left(tx, from, to);
    write_state(tx, from, ParcelState::cancelled, now);
  }
  return true;
}

Result<bool> merge_parcels(store::Tx& tx, ShopId shop, ParcelId from, ParcelId into, Instant now) {
  auto target = find_open(tx, shop, into);
  if (!target) return fail_as(target);
  auto source = find_parcel(tx, shop, from);
  if (!source) return fail_as(source);
  if (from == into || (source->state == ParcelState::cancelled && source->orders.empty())) {
    return false;
  }
  for (const ParcelOrder& order : source->orders) {
    if (auto moved = move_order(tx, shop, order.order, from, into, now); !moved) return moved;
  }
  return true;
}

Result<Parcel> split_parcel(store::Tx& tx, ShopId shop, ParcelId from,
                            const std::vector<OrderId>& orders, Instant now) {
  auto source = find_parcel(tx, shop, from);
  if (!source) return source;
  const auto lies_there = [&](OrderId order) { return find_in(*source, order) != nullptr; };
  if (std::ranges::none_of(orders, lies_there)) {
    if (auto before = holder_of(tx, shop, *source, orders)) return *std::move(before);
  }
  if (auto is_open = find_open(tx, shop, from); !is_open) return is_open;
  for (const OrderId order : orders) {
    if (!lies_there(order)) return not_in_parcel(order);
  }
  const auto goes = [&](const ParcelOrder& order) {
    return std::ranges::find(orders, order.order) != orders.end();
  };
  if (orders.empty() || std::ranges::all_of(source->orders, goes)) {
    return fail(ErrorKind::unprocessable, "parcel-split-all",
                "Some orders must go, and some stay.");
  }
  const ParcelId made = insert_parcel(tx, *source, false, now);
  for (const ParcelOrder& order : source->orders) {
    if (!goes(order)) continue;
    if (auto put = put_in(tx, shop, made, order); !put) return fail_as(put);
    take_out(tx, from, order.order);
  }
  return find_parcel(tx, shop, made);
}

Result<Parcel> split_order(store::Tx& tx, ShopId shop, ParcelId from, OrderId order,
                           const Load& part, std::int64_t shipping_minor, Instant now) {
  auto source = find_open(tx, shop, from);
  if (!source) return source;
  const ParcelOrder* whole = find_in(*source, order);
  if (whole == nullptr) return not_in_parcel(order);
  const Load& all = whole->load;
  const bool is_part = part.units > 0 && part.units < all.units && part.weight_g > 0 &&
                       part.weight_g < all.weight_g && part.volume_mm3 >= 0 &&
                       part.volume_mm3 <= all.volume_mm3 && part.goods_minor >= 0 &&
                       part.goods_minor <= all.goods_minor;
  if (!is_part) return fail(Error::invalid_field("/part", "is not a part of the order"));
  if (shipping_minor < 0 || shipping_minor > whole->shipping_paid_minor) {
    return fail(Error::invalid_field("/shipping_minor", "is more than was paid"));
  }
  const ParcelId made = insert_parcel(tx, *source, false, now);
  auto put = put_in(tx, shop, made, {order, whole->number, part, shipping_minor});
  if (!put) return fail_as(put);
  tx.exec(
      "UPDATE parcel_order SET units = units - $3, weight_g = weight_g - $4,"
      " volume_mm3 = volume_mm3 - $5, goods_minor = goods_minor - $6,"
      " shipping_paid_minor = shipping_paid_minor - $7 WHERE parcel_id = $1 AND order_id = $2",
      from, order, part.units, part.weight_g, part.volume_mm3, part.goods_minor, shipping_minor);
  return find_parcel(tx, shop, made);
}

}  // namespace geili::shipping
