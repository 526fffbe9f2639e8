#include "shipping/parcel.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"
#include "shipping/parcel_row.hpp"
#include "shipping/tracking.hpp"

namespace geili::shipping {
namespace {

constexpr std::string_view kList = "parcels";

bool may_follow(ParcelState is, ParcelState next) {
  using enum ParcelState;
  switch (next) {
    case open:
      return is == packed;
    case packed:
      return is == open;
    case shipped:
      return is == packed;
    case delivered:
      return is == shipped;
    case returned:
      return is == shipped || is == delivered;
    case cancelled:
      return is == open || is == packed;
  }
  return false;
}

Result<bool> change_state(store::Tx& tx, ShopId shop, ParcelId id, ParcelState next, Instant now) {
  auto parcel = find_parcel(tx, shop, id);
  if (!parcel) return fail_as(parcel);
  if (parcel->state == next) return false;
  if (!may_follow(parcel->state, next)) return state_conflict(parcel->state, next);
  write_state(tx, id, next, now);
  return true;
}

Result<Dispatch> checked(const Dispatch& dispatch) {
  FieldErrors errors;
  Dispatch kept = dispatch;
  kept.to = {
      .recipient = errors.text(dispatch.to.recipient,
                               {.min_length = 1, .max_length = kRecipientMax}, "/to/recipient"),
      .phone = errors.text(dispatch.to.phone, {.max_length = kPhoneMax}, "/to/phone"),
      .lines = errors.text(dispatch.to.lines,
                           {.min_length = 1, .max_length = kAddressMax, .lines = Lines::multiple},
                           "/to/lines"),
      .country = dispatch.to.country};
  if (!is_country(kept.to.country)) errors.add("/to/country", "is not a country of ISO 3166-1");
  kept.carrier = errors.text(dispatch.carrier, {.max_length = kNameMax}, "/carrier");
  kept.service = errors.text(dispatch.service, {.max_length = kNameMax}, "/service");
  if (dispatch.parcels.empty() || dispatch.parcels.size() > kParcelsMax) {
    errors.add("/parcels", "are not 1 to " + std::to_string(kParcelsMax));
  }
  if (auto fits = std::move(errors).check(); !fits) return fail_as(fits);
  return kept;
}

constexpr std::string_view kTakingMore =
    "SELECT id, rate_id, address_key FROM parcel"
    " WHERE shop_id = $1 AND show_id = $2 AND buyer_device_id = $3 AND takes_more = 1";

std::optional<ParcelId> taking_more(store::Tx& tx, ShopId shop, std::optional<ShowId> show,
                                    std::optional<DeviceId> buyer, RateId rate, const Address& to) {
  if (!show || !buyer) return std::nullopt;
  const std::string key = address_key(to);
  std::optional<ParcelId> found;
  tx.each(
      [&](const store::Row& row) {
        if (row.id<RateId>(1) == rate && row.text(2) == key) found = row.id<ParcelId>(0);
      },
      kTakingMore, shop, *show, *buyer);
  return found;
}

bool is_in_parcel(store::Tx& tx, ShopId shop, OrderId order) {
  return tx
      .integer(
          "SELECT 1 FROM parcel_order o JOIN parcel p ON p.id = o.parcel_id"
          " WHERE o.shop_id = $1 AND o.order_id = $2 AND p.state <> 'cancelled' LIMIT 1",
          shop, order)
      .has_value();
}

Result<Handover> checked(const Handover& handover) {
  FieldErrors errors;
  Handover kept = handover;
  kept.carrier = errors.text(
      handover.carrier,
      {.min_length = handover.tracking_number.empty() ? std::size_t{0} : 1, .max_length = kNameMax},
      "/carrier");
  if (!handover.tracking_number.empty()) {
    auto number = checked_tracking_number(handover.tracking_number, "/tracking_number");
    if (!number) return fail_as(number);
    kept.tracking_number = *std::move(number);
  }
  if (handover.weighed_g && (*handover.weighed_g < 1 || *handover.weighed_g > kWeightMaxG)) {
    errors.add("/weighed_g", "is not between 1 and " + std::to_string(kWeightMaxG));
  }
  if (auto fits = std::move(errors).check(); !fits) return fail_as(fits);
  return kept;
}

bool is_handed_over_so(const Parcel& parcel, const Handover& handover) {
  return parcel.carrier == handover.carrier && parcel.tracking_number == handover.tracking_number &&
         parcel.weighed_g == handover.weighed_g;
}

void write_handover(store::Tx& tx, ParcelId parcel, const Handover& handover, Instant now) {
  tx.exec(
      "UPDATE parcel SET carrier = $2, tracking_number = $3, weighed_g = $4, changed_at = $5"
      " WHERE id = $1",
      parcel, handover.carrier, handover.tracking_number, handover.weighed_g, now);
}

// What of the postage was the order's; the others in the parcel paid what it cost more with them.
// One that came back and leaves again leaves with what it had paid last.
void note_postage_left(store::Tx& tx, const Parcel& parcel, OrderId order) {
  const auto at = std::ranges::find(parcel.orders, order, &ParcelOrder::order);
  if (at == parcel.orders.end() || at->shipping_paid_minor == 0) return;
  tx.exec(
      "INSERT INTO parcel_postage_left (parcel_id, order_id, order_number, shipping_minor)"
      " VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (parcel_id, order_id) DO UPDATE SET shipping_minor = excluded.shipping_minor",
      parcel.id, order, at->number, at->shipping_paid_minor);
}

// The order lies there again: late money brought it back.
void forget_postage_left(store::Tx& tx, ParcelId parcel, OrderId order) {
  tx.exec("DELETE FROM parcel_postage_left WHERE parcel_id = $1 AND order_id = $2", parcel, order);
}

}  // namespace

void foresee_open_parcel(store::Tx& tx, ShopId shop, ShowId show, DeviceId buyer) {
  tx.ahead(kTakingMore, shop, show, buyer);
}

std::optional<OpenParcel> find_open_parcel(store::Tx& tx, ShopId shop, std::optional<ShowId> show,
                                           std::optional<DeviceId> buyer, RateId rate,
                                           const Address& to) {
  const auto id = taking_more(tx, shop, show, buyer, rate, to);
  if (!id) return std::nullopt;
  const auto parcel = find_parcel(tx, shop, *id);
  return OpenParcel{rate, parcel->load(), parcel->shipping_paid_minor()};
}

Result<void> add_order(store::Tx& tx, const Dispatch& dispatch, Instant now) {
  auto kept = checked(dispatch);
  if (!kept) return fail_as(kept);
  if (!kept->is_new && is_in_parcel(tx, kept->shop, kept->order)) return {};
  const Parcel like{.id = {},
                    .shop = kept->shop,
                    .show = kept->show,
                    .buyer = kept->buyer,
                    .to = kept->to,
                    .currency = kept->currency,
                    .rate = kept->rate,
                    .carrier = kept->carrier,
                    .service = kept->service,
                    .tracking_number = {},
                    .weighed_g = std::nullopt,
                    .created_at = now,
                    .orders = {},
                    .history = {}};
  const bool takes_more = kept->show && kept->buyer;
  bool one_is_open = false;
  for (const QuotedParcel& quoted : kept->parcels) {
    const ParcelOrder order{kept->order, kept->order_number, quoted.load, quoted.price_minor};
    if (!quoted.joins) {
      if (one_is_open) take_no_more(tx, like);
      put_first(tx, kept->shop, insert_parcel(tx, like, takes_more, now), order);
      one_is_open = takes_more;
      continue;
    }
    const auto open = taking_more(tx, kept->shop, kept->show, kept->buyer, kept->rate, kept->to);
    if (!open) {
      return fail(ErrorKind::conflict, "parcel-not-open",
                  "The parcel that the order was to join is not open.");
    }
    if (auto put = put_in(tx, kept->shop, *open, order); !put) return put;
    if (!kept->is_new) forget_postage_left(tx, *open, kept->order);
    one_is_open = true;
  }
  return {};
}

Result<bool> remove_order(store::Tx& tx, ShopId shop, OrderId order, Instant now) {
  const auto parcels = parcels_of_order(tx, shop, order);
  for (const Parcel& parcel : parcels) {
    if (parcel.state != ParcelState::open && parcel.state != ParcelState::packed) {
      return state_conflict(parcel.state, ParcelState::cancelled);
    }
    take_out(tx, parcel.id, order);
    if (parcel.orders.size() == 1) {
      write_state(tx, parcel.id, ParcelState::cancelled, now);
    } else {
      note_postage_left(tx, parcel, order);
    }
  }
  return !parcels.empty();
}

std::vector<PostageLeft> postage_left(store::Tx& tx, ParcelId parcel) {
  std::vector<PostageLeft> left;
  tx.each(
      [&](const store::Row& row) {
        left.push_back({row.id<OrderId>(0), row.integer(1), row.integer(2)});
      },
      "SELECT order_id, order_number, shipping_minor FROM parcel_postage_left"
      " WHERE parcel_id = $1 ORDER BY order_id",
      parcel);
  return left;
}

Result<Parcel> find_parcel(store::Tx& tx, ShopId shop, ParcelId parcel) {
  auto found = tx.one(read_parcel,
                      "SELECT " GEILI_PARCEL_COLUMNS " FROM parcel WHERE id = $1 AND shop_id = $2",
                      parcel, shop);
  if (!found) return fail(ErrorKind::not_found, "parcel-not-found", "There is no such parcel.");
  read_parcel_details(tx, *found);
  return *std::move(found);
}

std::vector<Parcel> parcels_of_order(store::Tx& tx, ShopId shop, OrderId order) {
  std::vector<Parcel> parcels;
  tx.each([&](const store::Row& row) { parcels.push_back(read_parcel(row)); },
          "SELECT " GEILI_PARCEL_COLUMNS
          " FROM parcel WHERE state <> 'cancelled' AND id IN"
          " (SELECT parcel_id FROM parcel_order WHERE shop_id = $1 AND order_id = $2) ORDER BY id",
          shop, order);
  for (Parcel& parcel : parcels) read_parcel_details(tx, parcel);
  return parcels;
}

Result<Page<Parcel>> list_parcels(store::Tx& tx, ShopId shop, const ParcelFilter& filter,
                                  const PageRequest& page) {
  auto start = page_start(kList, page, {0});
  if (!start) return fail_as(start);
  const std::int64_t after = start->front();
  const int rows = page.limit + 1;
  const std::string_view state = filter.state ? to_text(*filter.state) : "";
  Page<Parcel> found;
  const auto keep = [&](const store::Row& row) { found.items.push_back(read_parcel(row)); };
  if (filter.show && filter.state) {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND show_id = $2 AND state = $3 AND id > $4"
            " ORDER BY id LIMIT $5",
            shop, *filter.show, state, after, rows);
  } else if (filter.show) {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND show_id = $2 AND id > $3 ORDER BY id LIMIT $4",
            shop, *filter.show, after, rows);
  } else if (filter.state) {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4",
            shop, state, after, rows);
  } else {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            shop, after, rows);
  }
  end_page(found, kList, page, [](const Parcel& parcel) { return std::array{parcel.id.value}; });
  for (Parcel& parcel : found.items) read_parcel_details(tx, parcel);
  return found;
}

std::vector<Parcel> parcels_to_print(store::Tx& tx, ShopId shop, std::optional<ShowId> show,
                                     ParcelPaper paper, std::size_t count_max) {
  std::vector<Parcel> parcels;
  const auto keep = [&](const store::Row& row) { parcels.push_back(read_parcel(row)); };
  const ShowId of = show.value_or(ShowId{});
  const auto rows = static_cast<std::int64_t>(count_max);
  if (paper == ParcelPaper::slip) {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND ($2 = 0 OR show_id = $2)"
            " AND state IN ('open', 'packed') AND slip_printed_at IS NULL ORDER BY id LIMIT $3",
            shop, of, rows);
  } else {
    tx.each(keep,
            "SELECT " GEILI_PARCEL_COLUMNS
            " FROM parcel WHERE shop_id = $1 AND ($2 = 0 OR show_id = $2)"
            " AND state IN ('open', 'packed') AND label_printed_at IS NULL ORDER BY id LIMIT $3",
            shop, of, rows);
  }
  for (Parcel& parcel : parcels) read_parcel_details(tx, parcel);
  return parcels;
}

void note_printed(store::Tx& tx, ShopId shop, const std::vector<ParcelId>& parcels,
                  ParcelPaper paper, Instant now) {
  for (const ParcelId parcel : parcels) {
    if (paper == ParcelPaper::slip) {
      tx.exec("UPDATE parcel SET slip_printed_at = $3 WHERE id = $1 AND shop_id = $2", parcel, shop,
              now);
    } else {
      tx.exec("UPDATE parcel SET label_printed_at = $3 WHERE id = $1 AND shop_id = $2", parcel,
              shop, now);
    }
  }
}

Result<bool> pack_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now) {
  return change_state(tx, shop, parcel, ParcelState::packed, now);
}

Result<bool> reopen_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now) {
  auto changed = change_state(tx, shop, parcel, ParcelState::open, now);
  if (!changed || !*changed) return changed;
  const auto opened = find_parcel(tx, shop, parcel);
  if (opened->show && opened->buyer &&
      !taking_more(tx, shop, opened->show, opened->buyer, opened->rate, opened->to)) {
    tx.exec("UPDATE parcel SET takes_more = 1 WHERE id = $1", parcel);
  }
  return true;
}

Result<bool> deliver_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now) {
  return change_state(tx, shop, parcel, ParcelState::delivered, now);
}

Result<bool> take_parcel_back(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now) {
  return change_state(tx, shop, parcel, ParcelState::returned, now);
}

Result<bool> cancel_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now) {
  return change_state(tx, shop, parcel, ParcelState::cancelled, now);
}

Result<bool> ship_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, const Handover& handover,
                         Instant now) {
  auto kept = checked(handover);
  if (!kept) return fail_as(kept);
  auto before = find_parcel(tx, shop, parcel);
  if (!before) return fail_as(before);
  if (before->state == ParcelState::shipped) {
    if (is_handed_over_so(*before, *kept)) return false;
    return fail(ErrorKind::conflict, "parcel-already-shipped",
                "The parcel was handed over otherwise.");
  }
  auto changed = change_state(tx, shop, parcel, ParcelState::shipped, now);
  if (!changed) return changed;
  write_handover(tx, parcel, *kept, now);
  return true;
}

Result<bool> correct_handover(store::Tx& tx, ShopId shop, ParcelId parcel, const Handover& handover,
                              Instant now) {
  auto kept = checked(handover);
  if (!kept) return fail_as(kept);
  auto before = find_parcel(tx, shop, parcel);
  if (!before) return fail_as(before);
  if (before->state != ParcelState::shipped) {
    return state_conflict(before->state, ParcelState::shipped);
  }
  if (is_handed_over_so(*before, *kept)) return false;
  write_handover(tx, parcel, *kept, now);
  return true;
}

Result<void> erase_buyer_addresses(store::Tx& tx, DeviceId buyer) {
  if (tx.integer("SELECT 1 FROM parcel WHERE buyer_device_id = $1 AND state IN ('open', 'packed')"
                 " LIMIT 1",
                 buyer)) {
    return fail(ErrorKind::conflict, "parcel-in-progress", "A parcel still needs its address.");
  }
  tx.exec(
      "UPDATE parcel SET recipient = '', phone = '', address = '', address_key = ''"
      " WHERE buyer_device_id = $1",
      buyer);
  return {};
}

void erase_parcels(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM parcel_change WHERE parcel_id IN (SELECT id FROM parcel WHERE shop_id = $1)",
          shop);
  tx.exec(
      "DELETE FROM parcel_postage_left WHERE parcel_id IN"
      " (SELECT id FROM parcel WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM parcel_order WHERE parcel_id IN (SELECT id FROM parcel WHERE shop_id = $1)",
          shop);
  tx.exec("DELETE FROM parcel WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM parcel_counter WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM shipping_carrier WHERE shop_id = $1", shop);
}

}  // namespace geili::shipping
