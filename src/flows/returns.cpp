#include "flows/returns.hpp"

#include <algorithm>
#include <vector>

#include "flows/news.hpp"
#include "flows/pay.hpp"
#include "flows/returned.hpp"
#include "orders/coupon_rule.hpp"
#include "orders/order.hpp"
#include "stock/claim.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

// Of a bundle the parts that its claim took come back; nothing when its goods came back with a
// refund before.
Result<void> put_back(store::Tx& tx, const shipping::ReturnLine& line, ClaimId claim, Instant now) {
  auto found = stock::find_claim(tx, claim);
  if (!found) return fail_as(found);
  if (found->state != stock::ClaimState::claimed) return {};
  std::vector<stock::TakenPart> back;
  for (const stock::Part& part : stock::parts_taken(tx, claim)) {
    back.push_back({.product = part.product, .quantity = part.quantity * line.quantity});
  }
  if (back.empty()) {
    if (auto changed = stock::change(tx, line.product, line.quantity); !changed) {
      return fail_as(changed);
    }
  }
  for (const stock::TakenPart& part : back) {
    auto changed = stock::change(tx, part.product, part.quantity);
    if (!changed) return fail_as(changed);
  }
  pass_on(tx, line.product, back, now);
  return {};
}

}  // namespace

namespace {

// What the buyer paid for a piece, with its share of what a coupon took off.
Money paid_for_one(const orders::Order& order, const orders::OrderLine& line) {
  return {
      orders::paid_minor(line.unit_price.minor, order.discount.minor, orders::goods_minor(order)),
      line.unit_price.currency};
}

}  // namespace

Result<shipping::ReturnRequest> ask_return(store::Tx& tx, const AskReturn& request,
                                           const Clock& clock) {
  auto order = orders::find_by_token(tx, request.token);
  if (!order) return fail_as(order);
  if (order->status != orders::OrderStatus::handed_over) {
    return fail(ErrorKind::conflict, "order-status-conflict",
                "Only what was handed over is given back.");
  }
  shipping::NewReturn asked{.shop = order->shop,
                            .order = order->id,
                            .key = request.key,
                            .wish = request.wish,
                            .reason = request.reason,
                            .note = request.note,
                            .currency = order->total.currency,
                            .lines = {}};
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    const auto line =
        std::ranges::find(order->lines, request.lines[i].product, &orders::OrderLine::product);
    if (line == order->lines.end()) {
      return fail(Error::invalid_field("/lines/" + std::to_string(i) + "/product_id",
                                       "is not in the order"));
    }
    asked.lines.push_back({.position = line - order->lines.begin(),
                           .product = line->product,
                           .title = line->title,
                           .quantity = request.lines[i].quantity,
                           .unit_price = paid_for_one(*order, *line),
                           .ordered = line->quantity});
  }
  const std::size_t before = shipping::returns_of_order(tx, order->shop, order->id).size();
  auto told = shipping::ask_return(tx, asked, clock.now());
  if (!told) return told;
  const bool is_new = shipping::returns_of_order(tx, order->shop, order->id).size() > before;
  if (is_new) tell_return(tx, *told, *order, clock.now());
  return told;
}

Result<bool> receive_return(store::Tx& tx, ShopId shop, shipping::ReturnId id, Restock restock,
                            const Clock& clock) {
  const Instant now = clock.now();
  auto received = shipping::receive_return(tx, shop, id, now);
  if (!received || !*received || restock == Restock::no) return received;
  auto request = shipping::find_return(tx, shop, id);
  if (!request) return fail_as(request);
  auto order = orders::find_order(tx, shop, request->order);
  if (!order) return fail_as(order);
  for (const shipping::ReturnLine& line : request->lines) {
    const auto position = static_cast<std::size_t>(line.position);
    if (auto back = put_back(tx, line, order->lines.at(position).claim, now); !back) {
      return fail_as(back);
    }
  }
  return true;
}

Result<bool> refund_return(store::Tx& tx, ShopId shop, shipping::ReturnId id,
                           std::int64_t amount_minor, const Clock& clock) {
  auto request = shipping::find_return(tx, shop, id);
  if (!request) return fail_as(request);
  auto noted =
      shipping::refund_return(tx, shop, id, Money{amount_minor, request->currency}, clock.now());
  if (!noted || !*noted) return noted;
  // No client can name it: ':' is none of the signs of its keys.
  auto refunded = refund_order(tx,
                               {.shop = shop,
                                .order = request->order,
                                .amount_minor = amount_minor,
                                .key = "return:" + std::to_string(id.value)},
                               clock);
  if (!refunded) return fail_as(refunded);
  return true;
}

Result<bool> exchange_return(store::Tx& tx, ShopId shop, shipping::ReturnId id, OrderId order,
                             const Clock& clock) {
  auto found = orders::find_order(tx, shop, order);
  if (!found) return fail_as(found);
  return shipping::exchange_return(tx, shop, id, order, clock.now());
}

}  // namespace geili::flows
