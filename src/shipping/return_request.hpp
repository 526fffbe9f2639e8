#pragma once
// What a buyer wants to give back. asked → approved | refused, approved → received → refunded |
// exchanged. All functions run inside the caller's transaction; money and stock are for flows to
// move.

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
#include "store/tx.hpp"

namespace geili::shipping {

using ReturnId = Id<struct ReturnRequestTag>;

inline constexpr std::size_t kReturnLinesMax = 20;
inline constexpr std::size_t kReturnsMax = 50;      // of an order
inline constexpr std::size_t kReturnNoteMax = 500;  // code points, as for the next two
inline constexpr std::size_t kReturnTitleMax = 200;
inline constexpr std::size_t kReturnKeyMax = 100;

enum class ReturnState : std::uint8_t { asked, approved, refused, received, refunded, exchanged };
std::string_view to_text(ReturnState state);
std::optional<ReturnState> parse_return_state(std::string_view text);

enum class ReturnWish : std::uint8_t { refund, exchange };
std::string_view to_text(ReturnWish wish);
std::optional<ReturnWish> parse_return_wish(std::string_view text);

enum class ReturnReason : std::uint8_t {
  damaged,
  wrong_item,
  not_as_described,
  late,
  no_longer_wanted,
  other
};
std::string_view to_text(ReturnReason reason);
std::optional<ReturnReason> parse_return_reason(std::string_view text);

struct ReturnLine {
  std::int64_t position = 0;  // of the line in its order
  ProductId product;
  std::string title;
  std::int64_t quantity = 1;
  Money unit_price;
  std::int64_t ordered = 0;  // pieces of the order's line; given with a new request, not kept
};

struct ReturnChange {
  ReturnState state;
  Instant at;
};

struct ReturnRequest {
  ReturnId id;
  ShopId shop;
  OrderId order;
  ReturnState state = ReturnState::asked;
  ReturnWish wish = ReturnWish::refund;
  ReturnReason reason = ReturnReason::other;
  std::string note;    // the buyer's
  std::string answer;  // why it was refused
  Currency currency;
  std::optional<std::int64_t> refund_minor;
  std::optional<OrderId> exchange_order;
  Instant asked_at;
  std::vector<ReturnLine> lines;
  std::vector<ReturnChange> history;  // oldest first; begins with asked

  std::int64_t goods_minor() const;  // what its pieces cost
};

struct NewReturn {
  ShopId shop;
  OrderId order;
  std::string key;  // one request, however often it is sent
  ReturnWish wish = ReturnWish::refund;
  ReturnReason reason = ReturnReason::other;
  std::string note;
  Currency currency;
  std::vector<ReturnLine> lines;
};

// With a key that was used for the order: the request of then. Fails with invalid-field,
// return-exceeds-order (figure position: fewer pieces of the line are left, requests that were
// refused not counted), return-too-many, return-key-reused (for other lines or another wish).
Result<ReturnRequest> ask_return(store::Tx& tx, const NewReturn& request, Instant now);

// Fails with return-not-found, also for another shop's.
Result<ReturnRequest> find_return(store::Tx& tx, ShopId shop, ReturnId id);
std::vector<ReturnRequest> returns_of_order(store::Tx& tx, ShopId shop, OrderId order);
// Oldest first. Fails with bad-cursor, invalid-field.
Result<Page<ReturnRequest>> list_returns(store::Tx& tx, ShopId shop,
                                         std::optional<ReturnState> state, const PageRequest& page);

// Each returns false, and changes nothing, when it was done before with the same values. Fail with
// return-not-found, return-state-conflict.
Result<bool> approve_return(store::Tx& tx, ShopId shop, ReturnId id, Instant now);
// Fails with invalid-field for an answer that is empty or too long.
Result<bool> refuse_return(store::Tx& tx, ShopId shop, ReturnId id, std::string_view answer,
                           Instant now);
Result<bool> receive_return(store::Tx& tx, ShopId shop, ReturnId id, Instant now);
// The buyer has `amount` back, shipping included; 0 to kMoneyMinorMax. Fails with invalid-field.
// Whether the sale still holds so much is for the ledger to say.
Result<bool> refund_return(store::Tx& tx, ShopId shop, ReturnId id, Money amount, Instant now);
// The buyer has the goods of another order instead, as whoever wants money may agree to.
Result<bool> exchange_return(store::Tx& tx, ShopId shop, ReturnId id, OrderId order, Instant now);

// For demo data that goes.
void erase_returns(store::Tx& tx, ShopId shop);

}  // namespace geili::shipping
