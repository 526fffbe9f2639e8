#pragma once
// What sending an order costs, and the parcels it goes into. A shop that has not said where it
// sends to sends everywhere for nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "catalog/product.hpp"
#include "orders/order.hpp"
#include "shipping/parcel.hpp"
#include "shipping/quote.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct ShipmentRequest {
  ShopId shop;
  std::optional<ShowId> show;
  std::optional<DeviceId> device;  // none: nothing was bought before
  shipping::Address to;            // of what was bought before, and of the place
  std::string postal_code;
  std::optional<shipping::RateId> rate;  // none: the cheapest
  Currency currency;
  std::vector<shipping::Item> items;
};

struct Shipment {
  std::int64_t price_minor = 0;  // what it adds to what the buyer paid for the show's parcel
  shipping::RateId rate;
  std::string carrier;
  std::string service;
  std::vector<shipping::QuotedParcel> parcels;  // none: it is not sent
};

// The ways to send it, cheapest first, each with what it adds to the buyer's open parcel of the
// show. Fails with no-shipping-there, shipping-too-many-items, invalid-field, and when no rate
// takes it with the reason of the first: item-too-heavy, item-too-large, too-many-parcels.
Result<std::vector<shipping::Option>> shipment_options(store::Tx& tx,
                                                       const ShipmentRequest& request);
// The one asked for. Fails likewise; /shipping_rate_id when the rate is not among them.
Result<Shipment> find_shipment(store::Tx& tx, const ShipmentRequest& request);

// A bundle that tells no weight weighs what its parts do, a part that tells none the shop's
// default.
shipping::Item shipment_item(store::Tx& tx, ProductId product, const catalog::Offer& offer,
                             std::int64_t quantity);
shipping::Address shipment_address(const orders::Buyer& buyer);

// How an order goes that lies in no parcel: by this rate, or the cheapest where the shop has given
// that up. Nothing for one that is picked up. Fails as find_shipment().
Result<Shipment> shipment_of(store::Tx& tx, const orders::Order& order,
                             std::optional<shipping::RateId> rate);

// Puts a placed order into the parcels it was quoted for; nothing without parcels.
Result<void> dispatch(store::Tx& tx, const orders::Order& order, const Shipment& shipment,
                      Instant now);
// The same for an order that was placed in this transaction.
Result<void> dispatch_new(store::Tx& tx, const orders::Order& order, const Shipment& shipment,
                          Instant now);

}  // namespace geili::flows
