#include "flows/checkout.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "catalog/shop.hpp"
#include "flows/coupons.hpp"
#include "flows/deal.hpp"
#include "flows/for_sale.hpp"
#include "flows/news.hpp"
#include "flows/order_request.hpp"
#include "flows/outbox.hpp"
#include "flows/request_hash.hpp"
#include "flows/returned.hpp"
#include "flows/shipment.hpp"
#include "flows/sold_out.hpp"
#include "flows/tell.hpp"
#include "flows/won.hpp"
#include "shows/bag.hpp"
#include "shows/show.hpp"
#include "stock/claim.hpp"

namespace geili::flows {
namespace {

constexpr std::size_t kRoomNameMax = 40;  // code points

// Where it is picked up: a point of the shop's, or where the shop says.
Result<void> choose_pickup(store::Tx& tx, const PlaceOrder& request, bool offers_pickup,
                           orders::NewOrder& order) {
  if (request.fulfilment != orders::Fulfilment::pickup) {
    if (!request.pickup_point) return {};
    return fail(Error::invalid_field("/pickup_point_id", "is for what is picked up"));
  }
  if (!request.pickup_point) {
    if (offers_pickup) return {};
    return fail(ErrorKind::conflict, "pickup-unavailable", "The shop's goods are not picked up.");
  }
  for (const shipping::PickupPoint& point : shipping::pickup_points(tx, request.shop)) {
    if (point.id != *request.pickup_point) continue;
    order.pickup_place = point.name + ", " + point.address;
    if (!point.hours.empty()) order.pickup_place += ", " + point.hours;
    return {};
  }
  return fail(Error::invalid_field("/pickup_point_id", "is not a point of this shop"));
}

Result<void> check_shop(store::Tx& tx, const PlaceOrder& request, orders::NewOrder& order) {
  auto terms = catalog::find_shop_terms(tx, request.shop);
  if (!terms) return fail(Error::invalid_field("/shop_id", "is not a shop"));
  if (request.expected_total.currency != terms->currency) {
    return fail(Error::invalid_field("/expected_total/currency",
                                     "is not the shop's, " + std::string(terms->currency.code())));
  }
  return choose_pickup(tx, request, terms->offers_pickup, order);
}

ShipmentRequest shipment_of(const PlaceOrder& request, const orders::NewOrder& order,
                            std::vector<shipping::Item> items) {
  return {.shop = request.shop,
          .show = request.show,
          .device = request.device,
          .to = shipment_address(order.buyer),
          .postal_code = order.buyer.postal_code,
          .rate = request.rate,
          .currency = request.expected_total.currency,
          .items = std::move(items)};
}

// What the sale must know of a line beside what the order keeps.
struct Good {
  ProductId product;
  ProductId shown;  // in bags: its parent, where it is a variant
  bool is_bundle = false;
  std::optional<stock::OnDeal> deal;  // it is sold under
  std::optional<stock::Won> won;      // or at the price of
};

// The total is not what the buyer was shown; `missed` tells why a deal's price is not in it, or
// nothing.
Error other_total(const orders::NewOrder& order, const std::string& missed) {
  Error error =
      missed == "deal-sold-out"
          ? Error::make(ErrorKind::conflict, missed, "The deal has not as many units left.")
      : missed == "deal-limit"
          ? Error::make(ErrorKind::conflict, missed, "No buyer gets more of the deal.")
          : Error::make(ErrorKind::conflict, "price-changed", "The order's total is another now.");
  return std::move(error)
      .with("current_total_minor", order.total.minor)
      .with("current_shipping_minor", order.shipping_minor)
      .with("current_discount_minor", order.discount.minor);
}

// Freezes titles and prices, asks what sending costs, and holds the total against what the buyer
// was shown.
Result<Shipment> price_order(store::Tx& tx, const PlaceOrder& request, orders::NewOrder& order,
                             std::vector<Good>& goods, Instant now) {
  const Currency currency = request.expected_total.currency;
  std::vector<shipping::Item> items;
  std::string missed;
  for (const PlaceOrder::Line& line : request.lines) {
    auto offer = find_for_sale(tx, line.product, request.show);
    if (!offer) return fail_as(offer);
    if (offer->shop != request.shop) return fail(product_unavailable(line.product));
    Price price = price_of(tx, *offer,
                           {.product = line.product,
                            .quantity = line.quantity,
                            .show = request.show,
                            .device = request.device},
                           now);
    if (!price.missed.empty()) missed = std::move(price.missed);
    offer->price_minor = price.unit_minor;
    order.lines.push_back({.product = line.product,
                           .title = std::move(offer->title),
                           .quantity = line.quantity,
                           .unit_price = {offer->price_minor, currency},
                           .photo = offer->photo,
                           .claim = {}});
    order.total = order.total + order.lines.back().unit_price * line.quantity;
    items.push_back(shipment_item(tx, line.product, *offer, line.quantity));
    goods.push_back({.product = line.product,
                     .shown = offer->parent.value_or(line.product),
                     .is_bundle = offer->kind == catalog::ProductKind::bundle,
                     .deal = price.deal,
                     .won = price.won});
  }
  if (request.coupon) {
    auto off = use_coupon(tx, *request.coupon,
                          {request.shop, request.show, request.device, order.total}, now);
    if (!off) return fail_as(off);
    order.discount = *std::move(off);
    order.total.minor -= order.discount.minor;
  }
  Shipment shipment;
  if (request.fulfilment == orders::Fulfilment::delivery) {
    auto found = find_shipment(tx, shipment_of(request, order, std::move(items)));
    if (!found) return fail_as(found);
    shipment = *std::move(found);
    order.shipping_minor = shipment.price_minor;
    order.total.minor += shipment.price_minor;
  }
  if (order.total.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/lines", "come to more than an order may"));
  }
  if (order.total != request.expected_total) return fail(other_total(order, missed));
  return shipment;
}

// What was taken, and the shows whose rooms hear what is left.
struct Left {
  Good good;
  stock::Claim taken;
  std::vector<ShowId> shows;
};

// What an order took.
struct Sale {
  std::vector<Left> left;
  Taken taken;
};

// What is held for the device is its buyer's already; a hold of another size makes way.
// That had been taken off before, and this order sells nothing out by it.
Result<stock::Claim> take(store::Tx& tx, const PlaceOrder& request, const orders::OrderLine& line,
                          const Good& good, Taken& all, Instant now) {
  const auto& deal = good.deal;
  bool made_way = false;
  std::vector<stock::TakenPart> moved;  // a bundle may have other parts by now
  for (const stock::Claim& held : stock::holds_of(tx, request.device, line.product, now)) {
    if (held.quantity == line.quantity && held.show == request.show &&
        stock::is_same_deal(held.deal, deal) && is_same_won(held.won, good.won)) {
      auto confirmed = stock::confirm(tx, held.id, now);
      if (confirmed) note_bought(tx, *confirmed, now);
      return confirmed;
    }
    if (held.won) continue;
    auto released = stock::release(tx, held.id, now);
    if (!released) return released;
    tell_deal(tx, *released, now);
    all.give_back(*released);
    moved.insert(moved.end(), released->parts.begin(), released->parts.end());
    made_way = true;
  }
  auto taken = stock::claim(tx,
                            {.product = line.product,
                             .quantity = line.quantity,
                             .show = request.show,
                             .buyer = request.device,
                             .held_until = {},
                             .deal = deal},
                            now);
  if (!taken) return taken;
  tell_deal(tx, *taken, now);
  if (made_way) {
    moved.insert(moved.end(), taken->parts.begin(), taken->parts.end());
    taken->available = pass_on(tx, line.product, moved, now);
  }
  all.take(*taken);
  return taken;
}

// Parts of a bundle may come before and after the order's other products.
void lock_parts(store::Tx& tx, const std::vector<Good>& goods) {
  const bool has_bundle = std::ranges::any_of(goods, &Good::is_bundle);
  if (!has_bundle || goods.size() < 2) return;
  std::vector<ProductId> counted;
  for (const Good& good : goods) {
    if (!good.is_bundle) counted.push_back(good.product);
    for (const stock::Part& part : stock::parts_of(tx, good.product)) {
      counted.push_back(part.product);
    }
  }
  stock::lock(tx, std::move(counted));
}

// In the order of the products' ids: two buyers of the same goods then wait for each other's rows
// in one order and never in a circle.
Result<Sale> claim_lines(store::Tx& tx, const PlaceOrder& request, orders::NewOrder& order,
                         std::vector<Good> goods, Instant now) {
  lock_parts(tx, goods);
  std::ranges::sort(goods, {}, &Good::product);
  Sale sale;
  for (const Good& good : goods) {
    sale.left.push_back(
        {.good = good, .taken = {}, .shows = shows::open_shows_with(tx, good.shown)});
  }
  for (Left& one : sale.left) {
    const auto line = std::ranges::find(order.lines, one.good.product, &orders::OrderLine::product);
    auto claim = take(tx, request, *line, one.good, sale.taken, now);
    if (!claim) return fail_as(claim);
    line->claim = claim->id;
    one.taken = *std::move(claim);
  }
  return sale;
}

Result<std::int64_t> next_number(store::Tx& tx, const PlaceOrder& request) {
  if (!request.show) return orders::next_shop_number(tx, request.shop);
  auto number = shows::next_sold_number(tx, *request.show, request.shop);
  if (number || number.error().kind != ErrorKind::not_found) return number;
  // A show may have goods of other shops in its bag.
  const bool shows_it = std::ranges::all_of(request.lines, [&](const PlaceOrder::Line& line) {
    const auto offer = catalog::find_offer(tx, line.product);
    return offer && is_in_bag(tx, *request.show, line.product, *offer);
  });
  if (shows_it) return shows::next_sold_number(tx, *request.show);
  return fail(Error::invalid_field("/show_id", "does not show these goods"));
}

// The name that the room may hear: the device's own, or the first word of the buyer's, at most
// kRoomNameMax code points of it.
std::string_view room_name(const PlaceOrder& request, const orders::Buyer& buyer) {
  std::string_view name = buyer.name;
  name = request.display_name.empty() ? name.substr(0, name.find(' ')) : request.display_name;
  std::size_t points = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_point = (static_cast<unsigned char>(name[i]) & 0xC0U) != 0x80U;
    if (begins_point && ++points > kRoomNameMax) return name.substr(0, i);
  }
  return name;
}

void tell_left(store::Tx& tx, const orders::Order& order, const Left& left) {
  const ProductId product = left.good.product;
  if (left.good.is_bundle) {
    for (const ShowId show : left.shows) append_stock(tx, show, product, order.placed_at);
  } else {
    tell_stock(tx, left.shows, product, left.taken.available, order.placed_at);
  }
  tell_beside(tx, left.taken, order.placed_at);
}

void tell(store::Tx& tx, const PlaceOrder& request, const orders::Order& order, const Sale& sale,
          const Listeners& listeners) {
  tell_order(tx, listeners, webhooks::Event::order_placed, order, order.placed_at);
  if (order.show) {
    const std::string name(room_name(request, order.buyer));
    for (const orders::OrderLine& line : order.lines) {
      append(tx, *order.show, Sold{order.number, name, line.product, line.title, line.quantity},
             order.placed_at);
    }
  }
  for (const Left& one : sale.left) tell_left(tx, order, one);
  sale.taken.tell_sold_out(tx, listeners, order.shop, order.placed_at);
}

// What most orders come to ask before anything is changed, in one round trip to a store that is
// away.
void foresee(store::Tx& tx, const PlaceOrder& request, const orders::Intent& intent, Instant now) {
  orders::foresee_intent(tx, intent);
  catalog::foresee_shop_terms(tx, request.shop);
  shipping::foresee_settings(tx, request.shop);
  payments::foresee_shop_providers(tx, request.shop);
  webhooks::foresee_listeners(tx, request.shop);
  for (const PlaceOrder::Line& line : request.lines) {
    catalog::foresee_offer(tx, line.product);
    shows::foresee_open_shows_with(tx, line.product);
  }
  if (request.show && request.fulfilment == orders::Fulfilment::delivery) {
    shipping::foresee_open_parcel(tx, request.shop, *request.show, request.device);
  }
  if (request.lines.size() == 1) {
    stock::foresee_holds(tx, request.device, request.lines.front().product, now);
  }
}

// An order between the steps that several of a basket take together.
struct Buying {
  const PlaceOrder& request;
  orders::Intent intent;
  orders::NewOrder order;
  Listeners listeners;
  Shipment shipment;
  PaymentChoice payment;
  std::vector<Good> goods;
  Sale sale;
};

Result<Buying> begin_buying(const PlaceOrder& request) {
  auto order = check_order_request(request);
  if (!order) return fail_as(order);
  return Buying{
      .request = request,
      .intent = {request.device, request.idempotency_key, request_hash(request)},
      .order = *std::move(order),
      .listeners = {},
      .shipment = {},
      .payment = {},
      .goods = {},
      .sale = {},
  };
}

Result<void> price(store::Tx& tx, Buying& buying, Instant now) {
  buying.listeners = webhooks::listeners(tx, buying.request.shop);
  if (auto fits = check_shop(tx, buying.request, buying.order); !fits) return fits;
  auto shipment = price_order(tx, buying.request, buying.order, buying.goods, now);
  if (!shipment) return fail_as(shipment);
  buying.shipment = *std::move(shipment);
  auto payment = choose_payment(tx, buying.request.shop, buying.order.fulfilment,
                                buying.request.payment_method);
  if (!payment) return fail_as(payment);
  buying.payment = *std::move(payment);
  for (const Good& good : buying.goods) {
    if (good.deal) buying.payment.deals.push_back(good.deal->deal);
  }
  return {};
}

Result<void> claim(store::Tx& tx, Buying& buying, Instant now) {
  auto sale = claim_lines(tx, buying.request, buying.order, std::move(buying.goods), now);
  if (!sale) return fail_as(sale);
  buying.sale = *std::move(sale);
  return {};
}

Result<Placed> place(store::Tx& tx, Buying& buying, Instant now, const Clock& clock,
                     const PaymentTerms& terms) {
  auto number = next_number(tx, buying.request);
  if (!number) return fail_as(number);
  buying.order.number = *number;
  auto placed = orders::place_order(tx, buying.intent, buying.order, now);
  if (!placed) return fail_as(placed);
  if (auto spent = spend_coupon(tx, *placed); !spent) return fail_as(spent);
  if (auto sent = dispatch_new(tx, *placed, buying.shipment, now); !sent) return fail_as(sent);
  auto opened = open_payment(tx, *placed, buying.payment, terms, clock);
  if (!opened) return fail_as(opened);
  tell(tx, buying.request, *placed, buying.sale, buying.listeners);
  return Placed{*std::move(placed), false};
}

// The error of one order of a basket, told as one of the basket: what every order has alike stands
// beside them.
template <class T>
std::unexpected<Error> fail_as_part(Result<T>& result, std::size_t position) {
  Error error = std::move(result.error());
  for (FieldError& field : error.fields) {
    if (!field.path.starts_with('/') || field.path == "/show_id" ||
        field.path.starts_with("/buyer")) {
      continue;
    }
    field.path.insert(0, "/orders/" + std::to_string(position));
  }
  return fail(std::move(error).with("order", static_cast<std::int64_t>(position)));
}

// Orders of a basket that were placed before: all of them or none, as they are placed together.
Result<std::vector<Placed>> find_placed(store::Tx& tx, std::span<const Buying> all) {
  std::vector<Placed> before;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto found = orders::find_by_intent(tx, all[i].intent);
    if (!found) return fail_as(found);
    if (*found) before.push_back({**std::move(found), true});
  }
  return before;
}

}  // namespace

Result<Placed> checkout(store::Tx& tx, const PlaceOrder& request, const Clock& clock,
                        const PaymentTerms& terms) {
  auto buying = begin_buying(request);
  if (!buying) return fail_as(buying);
  const Instant now = clock.now();
  foresee(tx, request, buying->intent, now);
  auto before = orders::find_by_intent(tx, buying->intent);
  if (!before) return fail_as(before);
  if (*before) return Placed{**std::move(before), true};
  if (auto fits = price(tx, *buying, now); !fits) return fail_as(fits);
  if (auto taken = claim(tx, *buying, now); !taken) return fail_as(taken);
  return place(tx, *buying, now, clock, terms);
}

Result<std::vector<Placed>> checkout_basket(store::Tx& tx, std::span<const PlaceOrder> requests,
                                            const Clock& clock, const PaymentTerms& terms) {
  std::vector<Buying> all;
  all.reserve(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto buying = begin_buying(requests[i]);
    if (!buying) return fail_as_part(buying, i);
    all.push_back(*std::move(buying));
  }
  auto before = find_placed(tx, all);
  if (!before || !before->empty()) return before;
  const Instant now = clock.now();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (auto fits = price(tx, all[i], now); !fits) return fail_as_part(fits, i);
  }
  // Stock first and in one order, numbers of the show after it, as single orders take them: nobody
  // waits in a circle.
  std::vector<std::size_t> by_shop(all.size());
  std::iota(by_shop.begin(), by_shop.end(), std::size_t{0});
  std::ranges::sort(by_shop, {}, [&](std::size_t i) { return requests[i].shop; });
  for (const std::size_t i : by_shop) {
    if (auto taken = claim(tx, all[i], now); !taken) return fail_as_part(taken, i);
  }
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto one = place(tx, all[i], now, clock, terms);
    if (!one) return fail_as_part(one, i);
    placed.push_back(*std::move(one));
  }
  return placed;
}

}  // namespace geili::flows
