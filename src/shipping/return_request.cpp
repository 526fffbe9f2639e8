#include "shipping/return_request.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::shipping {
namespace {

constexpr std::array<std::string_view, 6> kStates{"asked",    "approved", "refused",
                                                  "received", "refunded", "exchanged"};
constexpr std::array<std::string_view, 2> kWishes{"refund", "exchange"};
constexpr std::array<std::string_view, 6> kReasons{
    "damaged", "wrong_item", "not_as_described", "late", "no_longer_wanted", "other"};
constexpr std::string_view kList = "returns";
constexpr std::int64_t kQuantityMax = 1'000'000;
constexpr std::int64_t kPositionMax = 10'000;

#define GEILI_RETURN_COLUMNS                                                           \
  "id, shop_id, order_id, state, wish, reason, note, answer, currency, refund_minor, " \
  "exchange_order_id, asked_at"

ReturnRequest read_return(const store::Row& row) {
  const auto exchange = row.optional_integer(10);
  return {.id = row.id<ReturnId>(0),
          .shop = row.id<ShopId>(1),
          .order = row.id<OrderId>(2),
          .state = store::stored<ReturnState>(kStates, row.text(3)),
          .wish = store::stored<ReturnWish>(kWishes, row.text(4)),
          .reason = store::stored<ReturnReason>(kReasons, row.text(5)),
          .note = row.string(6),
          .answer = row.string(7),
          .currency = store::stored_currency(row.text(8)),
          .refund_minor = row.optional_integer(9),
          .exchange_order = exchange ? std::optional(OrderId{*exchange}) : std::nullopt,
          .asked_at = row.instant(11),
          .lines = {},
          .history = {{ReturnState::asked, row.instant(11)}}};
}

void read_details(store::Tx& tx, ReturnRequest& request) {
  tx.each(
      [&](const store::Row& row) {
        request.lines.push_back({.position = row.integer(0),
                                 .product = row.id<ProductId>(1),
                                 .title = row.string(2),
                                 .quantity = row.integer(3),
                                 .unit_price = {row.integer(4), request.currency}});
      },
      "SELECT position, product_id, title, quantity, unit_price_minor FROM return_line"
      " WHERE return_id = $1 ORDER BY position",
      request.id);
  tx.each(
      [&](const store::Row& row) {
        request.history.push_back(
            {store::stored<ReturnState>(kStates, row.text(0)), row.instant(1)});
      },
      "SELECT state, changed_at FROM return_change WHERE return_id = $1 ORDER BY id", request.id);
}

Result<NewReturn> checked(const NewReturn& request) {
  FieldErrors errors;
  NewReturn kept = request;
  kept.key = errors.text(request.key, {.min_length = 1, .max_length = kReturnKeyMax}, "/key");
  kept.note =
      errors.text(request.note, {.max_length = kReturnNoteMax, .lines = Lines::multiple}, "/note");
  if (request.lines.empty() || request.lines.size() > kReturnLinesMax) {
    errors.add("/lines", "are not 1 to " + std::to_string(kReturnLinesMax));
    kept.lines.clear();
  }
  for (std::size_t i = 0; i < kept.lines.size(); ++i) {
    ReturnLine& line = kept.lines[i];
    const std::string path = "/lines/" + std::to_string(i);
    line.title = errors.text(line.title, {.max_length = kReturnTitleMax}, path + "/title");
    if (line.position < 0 || line.position > kPositionMax) {
      errors.add(path + "/position", "is not a line of an order");
    }
    const auto same = [&](const ReturnLine& other) { return other.position == line.position; };
    if (std::ranges::count_if(kept.lines, same) > 1)
      errors.add(path + "/position", "is named twice");
    if (line.quantity < 1 || line.quantity > kQuantityMax) {
      errors.add(path + "/quantity", "is not 1 or more");
    }
    if (line.unit_price.minor < 0 || line.unit_price.minor > kMoneyMinorMax ||
        line.unit_price.currency != request.currency) {
      errors.add(path + "/unit_price", "is not an amount of the order's currency");
    }
  }
  if (auto fits = std::move(errors).check(); !fits) return fail_as(fits);
  std::ranges::sort(kept.lines, {}, &ReturnLine::position);
  return kept;
}

bool is_same(const ReturnRequest& before, const NewReturn& request) {
  return before.wish == request.wish &&
         std::ranges::equal(before.lines, request.lines,
                            [](const ReturnLine& a, const ReturnLine& b) {
                              return a.position == b.position && a.quantity == b.quantity;
                            });
}

Result<void> check_left(store::Tx& tx, const NewReturn& request) {
  for (const ReturnLine& line : request.lines) {
    std::int64_t before = 0;
    tx.each([&](const store::Row& row) { before += row.integer(0); },
            "SELECT l.quantity FROM return_line l JOIN return_request r ON r.id = l.return_id"
            " WHERE r.shop_id = $1 AND r.order_id = $2 AND r.state <> 'refused'"
            " AND l.position = $3",
            request.shop, request.order, line.position);
    if (before + line.quantity <= line.ordered) continue;
    return fail(Error::make(ErrorKind::conflict, "return-exceeds-order",
                            "More would come back than was bought.")
                    .with("position", line.position)
                    .with("left", std::max<std::int64_t>(line.ordered - before, 0)));
  }
  return {};
}

bool may_follow(ReturnState is, ReturnState next) {
  using enum ReturnState;
  switch (next) {
    case asked:
      return false;
    case approved:
    case refused:
      return is == asked;
    case received:
      return is == approved;
    case refunded:
    case exchanged:
      return is == received;
  }
  return false;
}

std::unexpected<Error> state_conflict(ReturnState is, ReturnState wanted) {
  return fail(ErrorKind::conflict, "return-state-conflict",
              "A return that is " + std::string(to_text(is)) + " cannot become " +
                  std::string(to_text(wanted)) + ".");
}

// `is_same(request)` tells whether what was done before is what is asked for; `write(request)`
// changes the row.
template <class IsSame, class Write>
Result<bool> change_state(store::Tx& tx, ShopId shop, ReturnId id, ReturnState next, Instant now,
                          IsSame is_same, Write write) {
  auto request = find_return(tx, shop, id);
  if (!request) return fail_as(request);
  if (request->state == next && is_same(*request)) return false;
  if (!may_follow(request->state, next)) return state_conflict(request->state, next);
  write();
  tx.exec("INSERT INTO return_change (return_id, state, changed_at) VALUES ($1, $2, $3)", id,
          to_text(next), now);
  return true;
}

Result<bool> change_state(store::Tx& tx, ShopId shop, ReturnId id, ReturnState next, Instant now) {
  return change_state(
      tx, shop, id, next, now, [](const ReturnRequest&) { return true; },
      [&] {
        tx.exec("UPDATE return_request SET state = $2, changed_at = $3 WHERE id = $1", id,
                to_text(next), now);
      });
}

}  // namespace

std::string_view to_text(ReturnState state) {
  return store::name_of(kStates, state);
}
std::optional<ReturnState> parse_return_state(std::string_view text) {
  return store::parse_name<ReturnState>(kStates, text);
}
std::string_view to_text(ReturnWish wish) {
  return store::name_of(kWishes, wish);
}
std::optional<ReturnWish> parse_return_wish(std::string_view text) {
  return store::parse_name<ReturnWish>(kWishes, text);
}
std::string_view to_text(ReturnReason reason) {
  return store::name_of(kReasons, reason);
}
std::optional<ReturnReason> parse_return_reason(std::string_view text) {
  return store::parse_name<ReturnReason>(kReasons, text);
}

std::int64_t ReturnRequest::goods_minor() const {
  std::int64_t sum = 0;
  for (const ReturnLine& line : lines) sum += line.unit_price.minor * line.quantity;
  return sum;
}

Result<ReturnRequest> ask_return(store::Tx& tx, const NewReturn& request, Instant now) {
  auto kept = checked(request);
  if (!kept) return fail_as(kept);
  const auto before = tx.integer(
      "SELECT id FROM return_request WHERE shop_id = $1 AND order_id = $2 AND request_key = $3",
      kept->shop, kept->order, kept->key);
  if (before) {
    auto found = find_return(tx, kept->shop, ReturnId{*before});
    if (found && !is_same(*found, *kept)) {
      return fail(ErrorKind::unprocessable, "return-key-reused",
                  "The key was used for another request.");
    }
    return found;
  }
  const auto count =
      tx.integer("SELECT count(*) FROM return_request WHERE shop_id = $1 AND order_id = $2",
                 kept->shop, kept->order);
  if (*count >= static_cast<std::int64_t>(kReturnsMax)) {
    return fail(ErrorKind::too_large, "return-too-many",
                "The order has as many requests as it may have.");
  }
  if (auto left = check_left(tx, *kept); !left) return fail_as(left);
  const ReturnId id{*tx.integer(
      "INSERT INTO return_request (shop_id, order_id, request_key, state, wish, reason, note,"
      " currency, asked_at, changed_at) VALUES ($1, $2, $3, 'asked', $4, $5, $6, $7, $8, $8)"
      " RETURNING id",
      kept->shop, kept->order, kept->key, to_text(kept->wish), to_text(kept->reason), kept->note,
      kept->currency.code(), now)};
  for (const ReturnLine& line : kept->lines) {
    tx.exec(
        "INSERT INTO return_line (return_id, position, product_id, title, quantity,"
        " unit_price_minor) VALUES ($1, $2, $3, $4, $5, $6)",
        id, line.position, line.product, line.title, line.quantity, line.unit_price.minor);
  }
  return find_return(tx, kept->shop, id);
}

Result<ReturnRequest> find_return(store::Tx& tx, ShopId shop, ReturnId id) {
  auto found =
      tx.one(read_return,
             "SELECT " GEILI_RETURN_COLUMNS " FROM return_request WHERE id = $1 AND shop_id = $2",
             id, shop);
  if (!found) return fail(ErrorKind::not_found, "return-not-found", "There is no such request.");
  read_details(tx, *found);
  return *std::move(found);
}

std::vector<ReturnRequest> returns_of_order(store::Tx& tx, ShopId shop, OrderId order) {
  std::vector<ReturnRequest> found;
  tx.each([&](const store::Row& row) { found.push_back(read_return(row)); },
          "SELECT " GEILI_RETURN_COLUMNS
          " FROM return_request WHERE shop_id = $1 AND order_id = $2 ORDER BY id",
          shop, order);
  for (ReturnRequest& request : found) read_details(tx, request);
  return found;
}

Result<Page<ReturnRequest>> list_returns(store::Tx& tx, ShopId shop,
                                         std::optional<ReturnState> state,
                                         const PageRequest& page) {
  auto start = page_start(kList, page, {0});
  if (!start) return fail_as(start);
  const std::int64_t after = start->front();
  const int rows = page.limit + 1;
  Page<ReturnRequest> found;
  const auto keep = [&](const store::Row& row) { found.items.push_back(read_return(row)); };
  if (state) {
    tx.each(keep,
            "SELECT " GEILI_RETURN_COLUMNS
            " FROM return_request WHERE shop_id = $1 AND state = $2 AND id > $3"
            " ORDER BY id LIMIT $4",
            shop, to_text(*state), after, rows);
  } else {
    tx.each(keep,
            "SELECT " GEILI_RETURN_COLUMNS
            " FROM return_request WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            shop, after, rows);
  }
  end_page(found, kList, page,
           [](const ReturnRequest& request) { return std::array{request.id.value}; });
  for (ReturnRequest& request : found.items) read_details(tx, request);
  return found;
}

Result<bool> approve_return(store::Tx& tx, ShopId shop, ReturnId id, Instant now) {
  return change_state(tx, shop, id, ReturnState::approved, now);
}

Result<bool> refuse_return(store::Tx& tx, ShopId shop, ReturnId id, std::string_view answer,
                           Instant now) {
  auto kept = checked_text(
      answer, {.min_length = 1, .max_length = kReturnNoteMax, .lines = Lines::multiple}, "/answer");
  if (!kept) return fail_as(kept);
  return change_state(
      tx, shop, id, ReturnState::refused, now,
      [&](const ReturnRequest& before) { return before.answer == *kept; },
      [&] {
        tx.exec(
            "UPDATE return_request SET state = 'refused', answer = $2, changed_at = $3"
            " WHERE id = $1",
            id, *kept, now);
      });
}

Result<bool> receive_return(store::Tx& tx, ShopId shop, ReturnId id, Instant now) {
  return change_state(tx, shop, id, ReturnState::received, now);
}

Result<bool> refund_return(store::Tx& tx, ShopId shop, ReturnId id, Money amount, Instant now) {
  auto request = find_return(tx, shop, id);
  if (!request) return fail_as(request);
  if (amount.minor < 0 || amount.minor > kMoneyMinorMax || amount.currency != request->currency) {
    return fail(Error::invalid_field("/amount", "is not an amount of the order's currency"));
  }
  return change_state(
      tx, shop, id, ReturnState::refunded, now,
      [&](const ReturnRequest& before) { return before.refund_minor == amount.minor; },
      [&] {
        tx.exec(
            "UPDATE return_request SET state = 'refunded', refund_minor = $2, changed_at = $3"
            " WHERE id = $1",
            id, amount.minor, now);
      });
}

Result<bool> exchange_return(store::Tx& tx, ShopId shop, ReturnId id, OrderId order, Instant now) {
  return change_state(
      tx, shop, id, ReturnState::exchanged, now,
      [&](const ReturnRequest& before) { return before.exchange_order == order; },
      [&] {
        tx.exec(
            "UPDATE return_request SET state = 'exchanged', exchange_order_id = $2,"
            " changed_at = $3 WHERE id = $1",
            id, order, now);
      });
}

void erase_returns(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM return_change"
      " WHERE return_id IN (SELECT id FROM return_request WHERE shop_id = $1)",
      shop);
  tx.exec(
      "DELETE FROM return_line"
      " WHERE return_id IN (SELECT id FROM return_request WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM return_request WHERE shop_id = $1", shop);
}

}  // namespace geili::shipping
