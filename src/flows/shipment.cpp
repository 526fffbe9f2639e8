#include "flows/shipment.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "stock/bundle.hpp"

namespace geili::flows {
namespace {

// One parcel for nothing, which the buyer's further orders of the show join.
shipping::Option free_option(store::Tx& tx, const ShipmentRequest& request,
                             std::int64_t default_weight_g) {
  shipping::QuotedParcel parcel;
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    const shipping::Item& item = request.items[i];
    parcel.load =
        parcel.load +
        shipping::Load{.units = item.quantity,
                       .weight_g = item.weight_g.value_or(default_weight_g) * item.quantity,
                       .goods_minor = item.unit_price_minor * item.quantity};
    parcel.items.emplace_back(i, item.quantity);
  }
  parcel.joins = shipping::find_open_parcel(tx, request.shop, request.show, request.device,
                                            shipping::RateId{}, request.to)
                     .has_value();
  return {.parcels = {std::move(parcel)}};
}

Error impossible(const shipping::Impossible& reason) {
  Error error = Error::make(ErrorKind::unprocessable, to_text(reason.reason),
                            "No rate of the shop takes these goods.");
  return reason.item ? std::move(error).with("item", static_cast<std::int64_t>(*reason.item))
                     : error;
}

// What each option adds to the parcel that the buyer has open by its rate.
Result<void> join_open_parcels(store::Tx& tx, const ShipmentRequest& request,
                               const shipping::ShopShipping& shop, const shipping::Destination& to,
                               std::vector<shipping::Option>& options) {
  for (shipping::Option& option : options) {
    const auto open = shipping::find_open_parcel(tx, request.shop, request.show, request.device,
                                                 option.rate, request.to);
    if (!open) continue;
    auto joined = shipping::quote(shop, to, request.items, open);
    if (!joined) return fail_as(joined);
    const auto same = std::ranges::find(joined->options, option.rate, &shipping::Option::rate);
    if (same != joined->options.end()) option = std::move(*same);
  }
  std::ranges::sort(options, {}, [](const shipping::Option& option) {
    return std::tuple(option.incremental_minor, option.handling_days, option.rate);
  });
  return {};
}

std::int64_t default_weight_g(store::Tx& tx, ShopId shop) {
  const auto shipping = shipping::load_shipping(tx, shop);
  return shipping ? shipping->settings.default_weight_g : shipping::kDefaultWeightG;
}

// Of one bundle; 0 for one without parts.
std::int64_t weight_of_parts_g(store::Tx& tx, ProductId bundle, ShopId shop) {
  std::int64_t told_g = 0;
  std::int64_t untold = 0;
  for (const stock::Part& part : stock::parts_of(tx, bundle)) {
    const auto offer = catalog::find_offer(tx, part.product);
    if (offer && offer->weight_g > 0) {
      told_g += offer->weight_g * part.quantity;
    } else {
      untold += part.quantity;
    }
  }
  return untold == 0 ? told_g : told_g + untold * default_weight_g(tx, shop);
}

}  // namespace

Result<std::vector<shipping::Option>> shipment_options(store::Tx& tx,
                                                       const ShipmentRequest& request) {
  const shipping::Settings unset{.currency = request.currency};
  const auto shop = shipping::load_shipping(tx, request.shop);
  if (!shop || shop->zones.empty()) {
    const auto weight_g = (shop ? shop->settings : unset).default_weight_g;
    return std::vector{free_option(tx, request, weight_g)};
  }
  const shipping::Destination to{
      .country = request.to.country, .subdivision = {}, .postal_code = request.postal_code};
  auto quote = shipping::quote(*shop, to, request.items);
  if (!quote) return fail_as(quote);
  if (quote->options.empty()) return fail(impossible(quote->impossible.front()));
  if (auto joined = join_open_parcels(tx, request, *shop, to, quote->options); !joined) {
    return fail_as(joined);
  }
  return std::move(quote->options);
}

Result<Shipment> find_shipment(store::Tx& tx, const ShipmentRequest& request) {
  auto options = shipment_options(tx, request);
  if (!options) return fail_as(options);
  const auto chosen = request.rate
                          ? std::ranges::find(*options, *request.rate, &shipping::Option::rate)
                          : options->begin();
  if (chosen == options->end()) {
    return fail(Error::invalid_field("/shipping_rate_id", "does not take these goods there"));
  }
  return Shipment{.price_minor = chosen->incremental_minor,
                  .rate = chosen->rate,
                  .carrier = std::move(chosen->carrier),
                  .service = std::move(chosen->service),
                  .parcels = std::move(chosen->parcels)};
}

shipping::Item shipment_item(store::Tx& tx, ProductId product, const catalog::Offer& offer,
                             std::int64_t quantity) {
  std::int64_t weight_g = offer.weight_g;
  if (weight_g == 0 && offer.kind == catalog::ProductKind::bundle) {
    weight_g = weight_of_parts_g(tx, product, offer.shop);
  }
  return {.quantity = quantity,
          .weight_g = weight_g > 0 ? std::optional(weight_g) : std::nullopt,
          .unit_price_minor = offer.price_minor};
}

shipping::Address shipment_address(const orders::Buyer& buyer) {
  return {.recipient = buyer.name,
          .phone = buyer.phone,
          .lines = buyer.address,
          .country = buyer.country};
}

Result<Shipment> shipment_of(store::Tx& tx, const orders::Order& order,
                             std::optional<shipping::RateId> rate) {
  if (order.fulfilment == orders::Fulfilment::pickup) return Shipment{};
  ShipmentRequest request{.shop = order.shop,
                          .show = order.show,
                          .device = order.device,
                          .to = shipment_address(order.buyer),
                          .postal_code = order.buyer.postal_code,
                          .rate = rate,
                          .currency = order.total.currency,
                          .items = {}};
  for (const orders::OrderLine& line : order.lines) {
    const auto offer = catalog::find_offer(tx, line.product);
    shipping::Item item =
        offer ? shipment_item(tx, line.product, *offer, line.quantity) : shipping::Item{};
    item.quantity = line.quantity;
    item.unit_price_minor = line.unit_price.minor;
    request.items.push_back(item);
  }
  auto shipment = find_shipment(tx, request);
  if (shipment || shipment.error().code != "invalid-field") return shipment;
  request.rate = std::nullopt;
  return find_shipment(tx, request);
}

namespace {

Result<void> put_in_parcels(store::Tx& tx, const orders::Order& order, const Shipment& shipment,
                            bool is_new, Instant now) {
  if (shipment.parcels.empty()) return {};
  return shipping::add_order(tx,
                             {.shop = order.shop,
                              .show = order.show,
                              .buyer = order.device,
                              .order = order.id,
                              .order_number = order.number,
                              .is_new = is_new,
                              .to = shipment_address(order.buyer),
                              .currency = order.total.currency,
                              .rate = shipment.rate,
                              .carrier = shipment.carrier,
                              .service = shipment.service,
                              .parcels = shipment.parcels},
                             now);
}

}  // namespace

Result<void> dispatch(store::Tx& tx, const orders::Order& order, const Shipment& shipment,
                      Instant now) {
  return put_in_parcels(tx, order, shipment, false, now);
}

Result<void> dispatch_new(store::Tx& tx, const orders::Order& order, const Shipment& shipment,
                          Instant now) {
  return put_in_parcels(tx, order, shipment, true, now);
}

}  // namespace geili::flows
