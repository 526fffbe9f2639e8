#pragma once
// Parcels: a buyer's orders of a show that go to one address lie in one box until it is packed. All
// functions run inside the caller's transaction; orders belong to another room and are named by
// number.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "shipping/quote.hpp"
#include "store/tx.hpp"

namespace geili::shipping {

using ParcelId = Id<struct ParcelTag>;

inline constexpr std::size_t kRecipientMax = 80;  // code points, as for the next two
inline constexpr std::size_t kPhoneMax = 25;
inline constexpr std::size_t kAddressMax = 500;
inline constexpr std::size_t kParcelOrdersMax = 200;  // of a parcel

enum class ParcelState : std::uint8_t { open, packed, shipped, delivered, returned, cancelled };
std::string_view to_text(ParcelState state);
std::optional<ParcelState> parse_parcel_state(std::string_view text);

// Where a parcel goes, as it was when the order was placed.
struct Address {
  std::string recipient;
  std::string phone;
  std::string lines;    // parted by line feeds, without recipient and country
  std::string country;  // ISO 3166-1 alpha-2
  friend bool operator==(const Address&, const Address&) = default;
};

struct ParcelOrder {
  OrderId order;
  std::int64_t number = 0;  // what people call it
  Load load;                // what of it lies in this parcel
  std::int64_t shipping_paid_minor = 0;
};

struct ParcelChange {
  ParcelState state;
  Instant at;
};

struct Parcel {
  ParcelId id;
  ShopId shop;
  std::optional<ShowId> show;
  std::optional<DeviceId> buyer;
  std::int64_t number = 0;  // of the box, counted in the show, else in the shop
  ParcelState state = ParcelState::open;
  Address to;  // empty once it was erased
  Currency currency;
  RateId rate;
  std::string carrier;
  std::string service;
  std::string tracking_number;
  std::optional<std::int64_t> weighed_g;  // on the scale
  Instant created_at;
  std::optional<Instant> slip_printed_at;  // with what lies in it now
  std::optional<Instant> label_printed_at;
  std::vector<ParcelOrder> orders;    // by order
  std::vector<ParcelChange> history;  // oldest first; begins with open

  Load load() const;
  std::int64_t shipping_paid_minor() const;
};

// An order and the parcels it was quoted for.
struct Dispatch {
  ShopId shop;
  std::optional<ShowId> show;
  std::optional<DeviceId> buyer;
  OrderId order;
  std::int64_t order_number = 0;
  bool is_new = false;  // placed in this transaction, so it lies nowhere yet
  Address to;
  Currency currency;
  RateId rate;
  std::string carrier;
  std::string service;
  std::vector<QuotedParcel> parcels;  // Option::parcels
};

// The buyer's open parcel for a quote; none outside a show or without a device. Quote and add_order
// belong in one transaction: what was quoted to join a parcel that has gone is refused.
std::optional<OpenParcel> find_open_parcel(store::Tx& tx, ShopId shop, std::optional<ShowId> show,
                                           std::optional<DeviceId> buyer, RateId rate,
                                           const Address& to);
// Says that find_open_parcel() will be asked (store::Tx::ahead).
void foresee_open_parcel(store::Tx& tx, ShopId shop, ShowId show, DeviceId buyer);

// Puts an order where it was quoted to go; the newest box takes what follows. An order that lies in
// parcels already stays there. Fails with invalid-field, parcel-not-open
// (quoted to join one that is packed by now), parcel-full.
Result<void> add_order(store::Tx& tx, const Dispatch& dispatch, Instant now);
// Takes an order out of its open and packed parcels; a parcel that is empty then is cancelled, and
// one that is not keeps in mind what postage left with it. False: it lay in none. Fails with
// parcel-state-conflict when one is under way.
Result<bool> remove_order(store::Tx& tx, ShopId shop, OrderId order, Instant now);

// Those who joined a parcel paid what it cost more with them, and nobody asks them for more when
// the order that paid before them is cancelled: the shop bears it. Who joins after that is quoted
// by what is paid then (OpenParcel).
struct PostageLeft {
  OrderId order;
  std::int64_t order_number = 0;
  std::int64_t shipping_minor = 0;  // above 0
};
// By order; of a parcel in which orders still lie.
std::vector<PostageLeft> postage_left(store::Tx& tx, ParcelId parcel);

// Fails with parcel-not-found, also for another shop's.
Result<Parcel> find_parcel(store::Tx& tx, ShopId shop, ParcelId parcel);
std::vector<Parcel> parcels_of_order(store::Tx& tx, ShopId shop, OrderId order);

struct ParcelFilter {
  std::optional<ShowId> show;
  std::optional<ParcelState> state;
};
// In order of making. Fails with bad-cursor, invalid-field.
Result<Page<Parcel>> list_parcels(store::Tx& tx, ShopId shop, const ParcelFilter& filter,
                                  const PageRequest& page);

enum class ParcelPaper : std::uint8_t { slip, label };
// The oldest open or packed parcels, of one show or of all, whose paper was not printed yet.
std::vector<Parcel> parcels_to_print(store::Tx& tx, ShopId shop, std::optional<ShowId> show,
                                     ParcelPaper paper, std::size_t count_max);
void note_printed(store::Tx& tx, ShopId shop, const std::vector<ParcelId>& parcels,
                  ParcelPaper paper, Instant now);

// open → packed → shipped → delivered; packed → open; shipped or delivered → returned; open or
// packed → cancelled. Each returns false, and changes nothing, when the parcel is in that state
// already. Fail with parcel-not-found, parcel-state-conflict.
Result<bool> pack_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now);
Result<bool> reopen_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now);
Result<bool> deliver_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now);
Result<bool> take_parcel_back(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now);
Result<bool> cancel_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, Instant now);

// How it was handed over. An empty tracking number is one without; then the carrier may be empty,
// too.
struct Handover {
  std::string carrier;
  std::string tracking_number;
  std::optional<std::int64_t> weighed_g;
};
// Repeated with the same it returns false. Fails with invalid-field, too, and with
// parcel-already-shipped when it was handed over otherwise: correct_handover() changes that.
Result<bool> ship_parcel(store::Tx& tx, ShopId shop, ParcelId parcel, const Handover& handover,
                         Instant now);
// Of a shipped parcel. False: nothing new.
Result<bool> correct_handover(store::Tx& tx, ShopId shop, ParcelId parcel, const Handover& handover,
                              Instant now);

// Moving between open parcels of one address. What is moved keeps the shipping that was paid for
// it. A parcel that is empty then is cancelled; how heavy one may become is for whoever packs to
// say. All fail with parcel-not-found, parcel-not-open, parcel-address-differs, parcel-full,
// order-not-in-parcel.
//
// False: the order lies in `to` alone already.
Result<bool> move_order(store::Tx& tx, ShopId shop, OrderId order, ParcelId from, ParcelId to,
                        Instant now);
// Everything of `from`. False: it was merged before (it is cancelled and empty).
Result<bool> merge_parcels(store::Tx& tx, ShopId shop, ParcelId from, ParcelId into, Instant now);
// Whole orders into a new parcel; when they lie in another one together already, that one. Fails
// with parcel-split-all when none would stay, too.
Result<Parcel> split_parcel(store::Tx& tx, ShopId shop, ParcelId from,
                            const std::vector<OrderId>& orders, Instant now);
// A part of one order into a new parcel; each repetition takes another part. Fails with
// invalid-field when the part is not smaller than what lies there.
Result<Parcel> split_order(store::Tx& tx, ShopId shop, ParcelId from, OrderId order,
                           const Load& part, std::int64_t shipping_minor, Instant now);

// Empties the addresses of a buyer's parcels. Fails with parcel-in-progress while one is open or
// packed.
Result<void> erase_buyer_addresses(store::Tx& tx, DeviceId buyer);
// For demo data that goes.
void erase_parcels(store::Tx& tx, ShopId shop);

}  // namespace geili::shipping
