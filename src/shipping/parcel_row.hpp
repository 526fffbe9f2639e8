#pragma once
// How parcels are read and written; shared by the files of this room.

#include <string>
#include <vector>

#include "shipping/parcel.hpp"
#include "store/tx.hpp"

namespace geili::shipping {

// The columns that read_parcel() takes, in their order. A macro, since a statement is one constant
// text.
#define GEILI_PARCEL_COLUMNS                                                               \
  "id, shop_id, show_id, buyer_device_id, number, state, recipient, phone, address, "      \
  "country, currency, rate_id, carrier, service, tracking_number, weighed_g, created_at, " \
  "slip_printed_at, label_printed_at"

// Without orders and history.
Parcel read_parcel(const store::Row& row);
// Adds them.
void read_parcel_details(store::Tx& tx, Parcel& parcel);

// The same for addresses that differ in white space and the case of Latin letters alone.
std::string address_key(const Address& address);

// A new, open parcel like `parcel`, with the next number. It takes the buyer's further orders from
// the one that did, where `takes_more`.
ParcelId insert_parcel(store::Tx& tx, const Parcel& parcel, bool takes_more, Instant now);
// What takes the buyer's further orders of that rate and address takes no more of them.
void take_no_more(store::Tx& tx, const Parcel& like);
// Adds to what lies there of the order. Fails with parcel-full.
Result<void> put_in(store::Tx& tx, ShopId shop, ParcelId parcel, const ParcelOrder& order);
// Into a parcel in which nothing of the order lies.
void put_first(store::Tx& tx, ShopId shop, ParcelId parcel, const ParcelOrder& order);
void take_out(store::Tx& tx, ParcelId parcel, OrderId order);
// Writes the state and its history.
void write_state(store::Tx& tx, ParcelId parcel, ParcelState state, Instant now);

std::unexpected<Error> state_conflict(ParcelState is, ParcelState wanted);

}  // namespace geili::shipping
