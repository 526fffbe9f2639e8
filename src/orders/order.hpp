#pragma once
// Orders: what was sold to whom, at which price, and how far it is. Titles and prices are frozen
// when it is placed. Where the goods come from (stock) and who is told (outbox) is for flows/ to
// join.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "orders/buyer.hpp"
#include "orders/coupon_id.hpp"
#include "store/tx.hpp"

namespace geili::orders {

inline constexpr std::size_t kLinesMax = 20;
inline constexpr std::int64_t kLineQuantityMax = 100;
inline constexpr std::size_t kNoteMax = 500;  // code points

enum class OrderStatus : std::uint8_t { placed, packed, handed_over, cancelled };
std::string_view to_text(OrderStatus status);
std::optional<OrderStatus> parse_order_status(std::string_view text);

struct OrderLine {
  ProductId product;
  std::string title;
  std::int64_t quantity = 1;
  Money unit_price;
  std::optional<PhotoId> photo;
  ClaimId claim;  // the units of stock that are the buyer's
};

// What a coupon takes off the goods of an order.
struct Discount {
  std::int64_t minor = 0;
  std::string title;                    // of the coupon; empty without one
  std::optional<CouponClaimId> coupon;  // that is spent on it
};

struct StatusChange {
  OrderStatus status;
  Instant at;
};

struct Order {
  OrderId id;
  std::string token;  // the secret of the order's link: 22 characters
  ShopId shop;
  std::optional<ShowId> show;  // it was bought in
  DeviceId device;
  std::int64_t number = 0;  // counted in the show, else in the shop
  OrderStatus status = OrderStatus::placed;
  std::vector<OrderLine> lines;
  Money total;                      // goods and shipping, less the discount
  std::int64_t shipping_minor = 0;  // of the total
  Discount discount;
  Fulfilment fulfilment = Fulfilment::delivery;
  Buyer buyer;
  std::string pickup_place;  // empty: where the shop says
  std::string note;
  Instant placed_at;
  std::vector<StatusChange> history;  // oldest first; begins with placed
};

// One intent to buy, named by the client; see flows/checkout.hpp.
struct Intent {
  DeviceId device;
  std::string key;
  Bytes request_hash;
};

// What is given to be written down; all of it has been checked.
struct NewOrder {
  ShopId shop;
  std::optional<ShowId> show;
  std::int64_t number = 0;
  std::vector<OrderLine> lines;
  Money total;                      // goods and shipping, less the discount
  std::int64_t shipping_minor = 0;  // of the total
  Discount discount;
  Fulfilment fulfilment = Fulfilment::delivery;
  Buyer buyer;
  std::string pickup_place;
  std::string note;
};

// Fails with request-in-flight when another transaction is placing the same intent just now.
Result<Order> place_order(store::Tx& tx, const Intent& intent, const NewOrder& order, Instant now);

// The order that this intent has led to, if any. Fails with idempotency-key-reused when the key was
// used for another request.
Result<std::optional<Order>> find_by_intent(store::Tx& tx, const Intent& intent);
// Says that find_by_intent() will be asked (store::Tx::ahead).
void foresee_intent(store::Tx& tx, const Intent& intent);

// The next number of the shop's orders that were not bought in a show: 1, 2, 3, …
std::int64_t next_shop_number(store::Tx& tx, ShopId shop);

// Fail with order-not-found; the first also for another shop's order.
Result<Order> find_order(store::Tx& tx, ShopId shop, OrderId order);
Result<Order> find_by_token(store::Tx& tx, std::string_view token);

struct OrderFilter {
  std::optional<OrderStatus> status;
  std::optional<ShowId> show;
};
// Newest first. Fail with bad-cursor, invalid-field.
Result<Page<Order>> list_by_shop(store::Tx& tx, ShopId shop, const OrderFilter& filter,
                                 const PageRequest& page);
Result<Page<Order>> list_by_device(store::Tx& tx, DeviceId device, const PageRequest& page);

// Whether the device has an order of the shop that is not cancelled.
bool has_bought(store::Tx& tx, ShopId shop, DeviceId device);
// The same of a show, whosever shop's the order is.
bool has_bought_in(store::Tx& tx, ShowId show, DeviceId device);

// placed → packed → handed_over, placed or packed → cancelled. Repeating the status it has changes
// nothing and returns false. Fails with order-status-conflict. `order` is brought up to date.
Result<bool> set_status(store::Tx& tx, Order& order, OrderStatus status, Instant now);

// A packed order is placed again, as if it had not been packed; false: it is not packed.
bool unpack(store::Tx& tx, Order& order);

// The prices of its goods, without shipping and discount.
std::int64_t goods_minor(const Order& order);

// Writes down what its buyer changed while it was placed: note, total with shipping and discount,
// quantities and claims of its lines. Fails with order-status-conflict when it is not placed any
// more.
Result<void> amend_order(store::Tx& tx, const Order& order);
// A cancelled order is placed again, with the claims its lines now name: money came for it after
// all. Fails with order-status-conflict when it is not cancelled.
Result<void> reopen(store::Tx& tx, Order& order);

// Deletes a shop's orders: for demo data that goes.
void erase_orders(store::Tx& tx, ShopId shop);

}  // namespace geili::orders
