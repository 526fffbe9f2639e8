#include "flows/amend.hpp"

#include <algorithm>
#include <utility>

#include "base/field_errors.hpp"
#include "catalog/product.hpp"
#include "flows/coupons.hpp"
#include "flows/deal.hpp"
#include "flows/news.hpp"
#include "flows/pay.hpp"
#include "flows/returned.hpp"
#include "flows/shipment.hpp"
#include "flows/sold_out.hpp"
#include "stock/claim.hpp"

namespace geili::flows {
namespace {

Result<void> check(const orders::Order& order, const Amendment& amendment) {
  if (order.status != orders::OrderStatus::placed) {
    return fail(ErrorKind::conflict, "order-status-conflict",
                "Only an order that is not packed yet is changed.");
  }
  FieldErrors faults;
  if (amendment.expected_total.currency != order.total.currency) {
    faults.add("/expected_total/currency", "is not the order's");
  }
  for (std::size_t i = 0; i < amendment.lines.size(); ++i) {
    const auto& line = amendment.lines[i];
    const std::string path = "/lines/" + std::to_string(i);
    if (std::ranges::find(order.lines, line.product, &orders::OrderLine::product) ==
        order.lines.end()) {
      faults.add(path + "/product_id", "is not in the order");
    }
    if (line.quantity < 1 || line.quantity > orders::kLineQuantityMax) {
      faults.add(path + "/quantity", "is not between 1 and 100");
    }
  }
  return std::move(faults).check();
}

// The units of before go back, and those of now are taken, so that limits count them once.
Result<bool> change_line(store::Tx& tx, const orders::Order& order, orders::OrderLine& line,
                         std::int64_t quantity, Taken& all, Instant now) {
  if (line.quantity == quantity) return false;
  auto released = stock::release(tx, line.claim, now);
  if (!released) return fail_as(released);
  if (released->won) {
    return fail(ErrorKind::conflict, "won-quantity", "What was won is one piece.");
  }
  all.give_back(*released);
  // More of what was bought on deal is sold while that deal runs, as to anybody.
  auto deal = released->deal;
  if (deal) deal->is_kept = quantity < line.quantity;
  auto taken = stock::claim(tx,
                            {.product = line.product,
                             .quantity = quantity,
                             .show = order.show,
                             .buyer = order.device,
                             .held_until = {},
                             .as_before = line.claim,
                             .deal = deal},
                            now);
  if (!taken) return fail_as(taken);
  line.claim = taken->id;
  line.quantity = quantity;
  taken->available = pass_on(tx, line.product, taken->parts, now);
  tell_deal(tx, *taken, now);
  all.take(*taken);
  return true;
}

// In the order of the products' ids, as checkout does.
Result<bool> change_lines(store::Tx& tx, orders::Order& order, std::vector<Amendment::Line> lines,
                          Instant now) {
  std::ranges::sort(lines, {}, &Amendment::Line::product);
  bool is_changed = false;
  Taken taken;
  for (const Amendment::Line& wanted : lines) {
    const auto line = std::ranges::find(order.lines, wanted.product, &orders::OrderLine::product);
    auto changed = change_line(tx, order, *line, wanted.quantity, taken, now);
    if (!changed) return changed;
    is_changed = is_changed || *changed;
  }
  if (taken.may_sell_out()) {
    taken.tell_sold_out(tx, webhooks::listeners(tx, order.shop), order.shop, now);
  }
  return is_changed;
}

// Takes the order out of its parcels, and returns how it goes now; nothing where it is not sent.
Result<Shipment> repack(store::Tx& tx, orders::Order& order, Instant now) {
  const auto parcels = shipping::parcels_of_order(tx, order.shop, order.id);
  if (parcels.empty()) return Shipment{};
  for (const shipping::Parcel& parcel : parcels) {
    if (parcel.state == shipping::ParcelState::open) continue;
    return fail(ErrorKind::conflict, "parcel-not-open", "A part of the order is packed.");
  }
  if (auto removed = shipping::remove_order(tx, order.shop, order.id, now); !removed) {
    return fail_as(removed);
  }
  auto shipment = shipment_of(tx, order, parcels.front().rate);
  if (shipment) order.shipping_minor = shipment->price_minor;
  return shipment;
}

// What was free has no payment, and nobody has said how it would be paid: cash is not everybody's.
Result<std::optional<PaymentChoice>> choose_anew(store::Tx& tx, const orders::Order& order,
                                                 bool was_free, const Amendment& amendment) {
  if (!was_free || order.total.minor == 0) {
    if (!amendment.payment_method) return std::nullopt;
    return fail(Error::invalid_field("/payment_method", "is chosen where nothing was to be paid"));
  }
  if (!amendment.payment_method) {
    return fail(Error::make(ErrorKind::conflict, "payment-method-needed",
                            "The order cost nothing; say how it is paid now.")
                    .with("current_total_minor", order.total.minor));
  }
  auto choice = choose_payment(tx, order.shop, order.fulfilment, amendment.payment_method);
  if (!choice) return fail_as(choice);
  for (const orders::OrderLine& line : order.lines) {
    auto claim = stock::find_claim(tx, line.claim);
    if (!claim) return fail_as(claim);
    if (claim->deal) choice->deals.push_back(claim->deal->deal);
  }
  return *std::move(choice);
}

}  // namespace

Result<orders::Order> amend_order(store::Tx& tx, std::string_view token, const Amendment& amendment,
                                  const PaymentTerms& terms, const Clock& clock) {
  auto order = orders::find_by_token(tx, token);
  if (!order) return order;
  if (auto fits = check(*order, amendment); !fits) return fail_as(fits);
  const Instant now = clock.now();
  if (amendment.note) {
    FieldErrors faults;
    order->note = faults.text(*amendment.note,
                              {.max_length = orders::kNoteMax, .lines = Lines::multiple}, "/note");
    if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  }
  const bool was_free = order->total.minor == 0;
  auto changed = change_lines(tx, *order, amendment.lines, now);
  if (!changed) return fail_as(changed);
  Shipment shipment;
  if (*changed) {
    auto packed = repack(tx, *order, now);
    if (!packed) return fail_as(packed);
    shipment = *std::move(packed);
    follow_goods(tx, *order);
    order->total.minor =
        orders::goods_minor(*order) - order->discount.minor + order->shipping_minor;
    if (payment_of(tx, *order).payment) {
      return fail(ErrorKind::conflict, "payment-in-progress",
                  "What is paid already, or being paid, keeps its quantities.");
    }
  }
  if (order->total.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/lines", "come to more than an order may"));
  }
  if (order->total != amendment.expected_total) {
    return fail(
        Error::make(ErrorKind::conflict, "price-changed", "The order's total is another now.")
            .with("current_total_minor", order->total.minor)
            .with("current_shipping_minor", order->shipping_minor)
            .with("current_discount_minor", order->discount.minor));
  }
  const auto choice = choose_anew(tx, *order, was_free, amendment);
  if (!choice) return std::unexpected(choice.error());
  if (auto kept = orders::amend_order(tx, *order); !kept) return fail_as(kept);
  if (auto sent = dispatch(tx, *order, shipment, now); !sent) return fail_as(sent);
  if (*choice) {
    auto opened = open_payment(tx, *order, **choice, terms, clock);
    if (!opened) return fail_as(opened);
  }
  return order;
}

}  // namespace geili::flows
