#include "shipping/parcel_row.hpp"

#include <array>

#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::shipping {
namespace {

constexpr std::array<std::string_view, 6> kStates{"open",      "packed",   "shipped",
                                                  "delivered", "returned", "cancelled"};

// What lies in it is another now.
void outdate_slip(store::Tx& tx, ParcelId parcel) {
  tx.later("UPDATE parcel SET slip_printed_at = NULL WHERE id = $1", parcel);
}

constexpr store::CounterRow kNumbers{
    .read = "SELECT last_number FROM parcel_counter WHERE shop_id = $1 AND show_id = $2",
    .write = "UPDATE parcel_counter SET last_number = $3 WHERE shop_id = $1 AND show_id = $2",
    .count = 1};

std::int64_t next_number(store::Tx& tx, ShopId shop, ShowId show) {
  if (store::Counters* row = tx.counters(kNumbers, shop, show)) {
    const std::int64_t number = *(*row)[0] + 1;
    row->set(0, number);
    return number;
  }
  return *tx.integer(
      "INSERT INTO parcel_counter (shop_id, show_id, last_number) VALUES ($1, $2, 1)"
      " ON CONFLICT (shop_id, show_id) DO UPDATE SET last_number = parcel_counter.last_number + 1"
      " RETURNING last_number",
      shop, show);
}

}  // namespace

std::string_view to_text(ParcelState state) {
  return store::name_of(kStates, state);
}

std::optional<ParcelState> parse_parcel_state(std::string_view text) {
  return store::parse_name<ParcelState>(kStates, text);
}

Load Parcel::load() const {
  Load sum;
  for (const ParcelOrder& order : orders) sum = sum + order.load;
  return sum;
}

std::int64_t Parcel::shipping_paid_minor() const {
  std::int64_t sum = 0;
  for (const ParcelOrder& order : orders) sum += order.shipping_paid_minor;
  return sum;
}

Parcel read_parcel(const store::Row& row) {
  const auto show = row.id<ShowId>(2);
  const auto buyer = row.optional_integer(3);
  return {.id = row.id<ParcelId>(0),
          .shop = row.id<ShopId>(1),
          .show = show ? std::optional(show) : std::nullopt,
          .buyer = buyer ? std::optional(DeviceId{*buyer}) : std::nullopt,
          .number = row.integer(4),
          .state = store::stored<ParcelState>(kStates, row.text(5)),
          .to = {row.string(6), row.string(7), row.string(8), row.string(9)},
          .currency = store::stored_currency(row.text(10)),
          .rate = row.id<RateId>(11),
          .carrier = row.string(12),
          .service = row.string(13),
          .tracking_number = row.string(14),
          .weighed_g = row.optional_integer(15),
          .created_at = row.instant(16),
          .slip_printed_at = row.optional_instant(17),
          .label_printed_at = row.optional_instant(18),
          .orders = {},
          .history = {{ParcelState::open, row.instant(16)}}};
}

void read_parcel_details(store::Tx& tx, Parcel& parcel) {
  tx.each(
      [&](const store::Row& row) {
        parcel.orders.push_back({row.id<OrderId>(0),
                                 row.integer(1),
                                 {row.integer(2), row.integer(3), row.integer(4), row.integer(5)},
                                 row.integer(6)});
      },
      "SELECT order_id, order_number, units, weight_g, volume_mm3, goods_minor,"
      " shipping_paid_minor FROM parcel_order WHERE parcel_id = $1 ORDER BY order_id",
      parcel.id);
  tx.each(
      [&](const store::Row& row) {
        parcel.history.push_back(
            {store::stored<ParcelState>(kStates, row.text(0)), row.instant(1)});
      },
      "SELECT state, changed_at FROM parcel_change WHERE parcel_id = $1 ORDER BY id", parcel.id);
}

std::string address_key(const Address& address) {
  std::string key = address.country;
  for (const std::string* part : {&address.recipient, &address.lines}) {
    key.push_back(' ');
    for (const char c : *part) {
      const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (is_space && key.back() == ' ') continue;
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      key.push_back(is_space ? ' ' : lower);
    }
  }
  return key;
}

ParcelId insert_parcel(store::Tx& tx, const Parcel& parcel, bool takes_more, Instant now) {
  const ShowId show = parcel.show.value_or(ShowId{});
  const std::string key = address_key(parcel.to);
  const std::int64_t number = next_number(tx, parcel.shop, show);
  const auto insert = [&] {
    return tx.insert(
        "INSERT INTO parcel (shop_id, show_id, buyer_device_id, number, state, takes_more,"
        " address_key, recipient, phone, address, country, currency, rate_id, carrier, service,"
        " created_at, changed_at) VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11,"
        " $12, $13, $14, $15, $15) ON CONFLICT (shop_id, show_id, buyer_device_id, rate_id,"
        " address_key) WHERE takes_more = 1 DO NOTHING RETURNING id",
        parcel.shop, show, parcel.buyer, number, takes_more ? 1 : 0, key, parcel.to.recipient,
        parcel.to.phone, parcel.to.lines, parcel.to.country, parcel.currency.code(), parcel.rate,
        parcel.carrier, parcel.service, now);
  };
  auto id = insert();
  if (!id) {  // one is there that takes more, and this one does from now on
    take_no_more(tx, parcel);
    id = insert();
  }
  return {*id};
}

void take_no_more(store::Tx& tx, const Parcel& like) {
  tx.later(
      "UPDATE parcel SET takes_more = 0 WHERE shop_id = $1 AND show_id = $2"
      " AND buyer_device_id = $3 AND rate_id = $4 AND address_key = $5 AND takes_more = 1",
      like.shop, like.show.value_or(ShowId{}), *like.buyer, like.rate, address_key(like.to));
}

Result<void> put_in(store::Tx& tx, ShopId shop, ParcelId parcel, const ParcelOrder& order) {
  const auto others =
      tx.integer("SELECT count(*) FROM parcel_order WHERE parcel_id = $1 AND order_id <> $2",
                 parcel, order.order);
  if (*others >= static_cast<std::int64_t>(kParcelOrdersMax)) {
    return fail(Error::make(ErrorKind::too_large, "parcel-full",
                            "The parcel holds as many orders as it may hold.")
                    .with("orders_max", static_cast<std::int64_t>(kParcelOrdersMax)));
  }
  tx.later(
      "INSERT INTO parcel_order (parcel_id, order_id, shop_id, order_number, units, weight_g,"
      " volume_mm3, goods_minor, shipping_paid_minor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
      " ON CONFLICT (parcel_id, order_id) DO UPDATE SET units = parcel_order.units + $5,"
      " weight_g = parcel_order.weight_g + $6, volume_mm3 = parcel_order.volume_mm3 + $7,"
      " goods_minor = parcel_order.goods_minor + $8,"
      " shipping_paid_minor = parcel_order.shipping_paid_minor + $9",
      parcel, order.order, shop, order.number, order.load.units, order.load.weight_g,
      order.load.volume_mm3, order.load.goods_minor, order.shipping_paid_minor);
  outdate_slip(tx, parcel);
  return {};
}

void put_first(store::Tx& tx, ShopId shop, ParcelId parcel, const ParcelOrder& order) {
  tx.later(
      "INSERT INTO parcel_order (parcel_id, order_id, shop_id, order_number, units, weight_g,"
      " volume_mm3, goods_minor, shipping_paid_minor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      parcel, order.order, shop, order.number, order.load.units, order.load.weight_g,
      order.load.volume_mm3, order.load.goods_minor, order.shipping_paid_minor);
}

void take_out(store::Tx& tx, ParcelId parcel, OrderId order) {
  tx.exec("DELETE FROM parcel_order WHERE parcel_id = $1 AND order_id = $2", parcel, order);
  outdate_slip(tx, parcel);
}

void write_state(store::Tx& tx, ParcelId parcel, ParcelState state, Instant now) {
  tx.exec("UPDATE parcel SET state = $2, takes_more = 0, changed_at = $3 WHERE id = $1", parcel,
          to_text(state), now);
  tx.exec("INSERT INTO parcel_change (parcel_id, state, changed_at) VALUES ($1, $2, $3)", parcel,
          to_text(state), now);
}

std::unexpected<Error> state_conflict(ParcelState is, ParcelState wanted) {
  return fail(ErrorKind::conflict, "parcel-state-conflict",
              "A parcel that is " + std::string(to_text(is)) + " cannot become " +
                  std::string(to_text(wanted)) + ".");
}

}  // namespace geili::shipping
