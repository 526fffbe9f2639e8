#include "flows/pay.hpp"

#include <algorithm>
#include <array>

#include "flows/books.hpp"
#include "flows/coupons.hpp"
#include "flows/deal.hpp"
#include "flows/draws.hpp"
#include "flows/news.hpp"
#include "flows/returned.hpp"
#include "flows/shipment.hpp"
#include "payments/to_ask.hpp"
#include "payments/transfer/transfer_reference.hpp"
#include "stock/bundle.hpp"
#include "stock/claim.hpp"
#include "stock/show_limit.hpp"
#include "store/names.hpp"

namespace geili::flows {
namespace {

using payments::Late;
using payments::Method;
using payments::Payment;
using payments::PaymentId;
using payments::Settled;
using payments::SettleOutcome;

constexpr std::array<std::string_view, 8> kStates{"due",      "pending", "paid",    "refunding",
                                                  "refunded", "failed",  "expired", "cancelled"};
constexpr std::string_view kRefundByHand = "refund-by-hand";
constexpr std::string_view kPractice = "sandbox";

bool is_by_hand(std::string_view provider) {
  return provider == "delivery" || provider == "transfer";
}

// Late money that was not kept was never a sale. What has gone back in all names this refund.
Result<void> post_refund(store::Tx& tx, const SettleOutcome& outcome, Instant now) {
  const Payment& payment = outcome.payment;
  if (outcome.what != Settled::refunded_now) return {};
  auto order = orders::find_order(tx, payment.shop, payment.order);
  if (!order) return fail_as(order);
  tell_money(tx, webhooks::Event::order_refunded, *order, payment, outcome.amount_minor, now);
  if (payment.provider == kPractice || !is_posted(tx, *order)) return {};
  return record_refund(
      tx, *order,
      {.id = std::to_string(payment.id.value) + "/" + std::to_string(payment.refunded_minor),
       .amount_minor = outcome.amount_minor},
      now);
}

// Money of the practice provider is nobody's: the books do not know it. Cash and transfers are in
// the household's hand, all else a provider holds for the co-operative. What went back before
// the money was heard of is posted behind it.
Result<void> post_sale(store::Tx& tx, const Payment& payment, Instant now) {
  auto order = orders::find_order(tx, payment.shop, payment.order);
  if (!order) return fail_as(order);
  tell_money(tx, webhooks::Event::order_paid, *order, payment, payment.received_minor, now);
  if (payment.provider == kPractice) return {};
  auto sold = record_sale(tx, *order,
                          {.provider = is_by_hand(payment.provider) ? "" : payment.provider,
                           .shipping_minor = order->shipping_minor},
                          now);
  if (!sold || payment.refunded_minor == 0) return sold;
  return post_refund(
      tx,
      {.what = Settled::refunded_now, .payment = payment, .amount_minor = payment.refunded_minor},
      now);
}

// Also of money that goes back: the provider keeps its fee.
Result<void> post_fee(store::Tx& tx, const payments::FeeNews& news, Instant now) {
  const Payment& payment = news.payment;
  if (payment.provider == kPractice) return {};
  auto order = orders::find_order(tx, payment.shop, payment.order);
  if (!order) return fail_as(order);
  return record_provider_fee(
      tx, *order,
      {.provider = payment.provider, .money_reference = news.money_reference, .fee = news.fee},
      now);
}

enum class Handed : std::uint8_t { already, yet_to_be };

// Cash and transfers go back by the seller's hand, all else by a call.
Result<void> give_back(store::Tx& tx, ShopId shop, const payments::Ask& ask, Handed handed,
                       const Clock& clock) {
  if (!is_by_hand(ask.provider)) {
    payments::want(tx, shop, ask, clock.now());
    return {};
  }
  const bool is_done = handed == Handed::already;
  auto news = payments::take_refund_news(
      tx,
      {.state = is_done ? payments::RefundState::done : payments::RefundState::pending,
       .idempotency_key = ask.idempotency_key,
       .provider_reference = ""},
      clock);
  if (!news) return fail_as(news);
  if (is_done) return post_refund(tx, *news, clock.now());
  return payments::note_problem(tx, ask.payment, kRefundByHand, clock);
}

// The order's units once more: all of them or none. A limit that is reached between the look at it
// and the claim fails, so that nothing of the job remains.
Result<bool> claim_again(store::Tx& tx, orders::Order& order, Instant now) {
  std::vector<orders::OrderLine*> by_product;
  for (auto& line : order.lines) by_product.push_back(&line);
  std::ranges::sort(by_product, {}, [](const auto* line) { return line->product; });
  std::vector<stock::Claim> taken;
  std::vector<stock::Claim> freed;
  const auto give_up = [&]() -> Result<bool> {
    for (const stock::Claim& one : taken) {
      if (auto released = stock::release(tx, one.id, now); !released) return fail_as(released);
    }
    for (const stock::Claim& one : freed) keep_prize(tx, one, now);
    return false;
  };
  for (orders::OrderLine* line : by_product) {
    auto before = stock::find_claim(tx, line->claim);
    if (!before) return fail_as(before);
    const stock::Wanted wanted{.product = line->product,
                               .quantity = line->quantity,
                               .show = order.show,
                               .buyer = order.device,
                               .held_until = {},
                               .as_before = line->claim,
                               .deal = before->deal,
                               .won = before->won};
    // What was won may have gone to who came next.
    if (before->won && stock::is_win_taken(tx, *before->won, order.device)) return give_up();
    const bool is_prize = before->won && before->won->by == stock::WonBy::draw;
    if (is_prize && free_prize(tx, *before, now)) freed.push_back(*before);
    // What was bought on deal is paid at its price: there must be a unit of it left.
    const bool fits =
        !wanted.deal || stock::fits_deal(tx, *wanted.deal, stock::deal_units(*before), now);
    if (!fits || !stock::fits_show(tx, wanted, stock::parts_of(tx, line->product)))
      return give_up();
    auto claim = stock::claim(tx, wanted, now);
    if (!claim && claim.error().code == "sold-out") return give_up();
    if (!claim) return fail_as(claim);
    line->claim = claim->id;
    taken.push_back(*std::move(claim));
  }
  for (const stock::Claim& one : taken) {
    tell_deal(tx, one, now);
    pass_on(tx, one.product, one.parts, now);
  }
  return true;
}

// Late money buys the goods when they are still there and nobody called the order off.
Result<bool> keep_late(store::Tx& tx, const Payment& payment, const Clock& clock) {
  auto order = orders::find_order(tx, payment.shop, payment.order);
  if (!order) return fail_as(order);
  if (payment.state == payments::State::cancelled) return false;
  for (const Payment& other : payments::list_by_order(tx, payment.order)) {
    if (other.id != payment.id && other.received_minor > other.refunded_minor) return false;
  }
  if (order->status == orders::OrderStatus::cancelled) {
    const auto shipment = shipment_of(tx, *order, std::nullopt);
    if (!shipment) return false;
    if (!has_coupon_still(tx, *order)) return false;
    auto claimed = claim_again(tx, *order, clock.now());
    if (!claimed || !*claimed) return claimed;
    if (auto opened = orders::reopen(tx, *order); !opened) return fail_as(opened);
    if (auto spent = spend_coupon(tx, *order); !spent) return fail_as(spent);
    if (auto sent = dispatch(tx, *order, *shipment, clock.now()); !sent) return fail_as(sent);
  }
  auto kept = payments::keep_late(tx, payment.id, clock);
  if (!kept) {
    if (kept.error().code != "payment-in-progress") return fail_as(kept);
    return false;
  }
  // What the same answer tells of refunds comes behind this, as an outcome of its own.
  kept->refunded_minor = payment.refunded_minor;
  if (auto posted = post_sale(tx, *kept, clock.now()); !posted) return fail_as(posted);
  return true;
}

// `payment` is as it was when the money was heard of; all of it may have gone back since.
Result<void> take_late(store::Tx& tx, const Payment& payment, const Clock& clock) {
  auto now_is = payments::find_payment(tx, payment.id);
  if (!now_is) return fail_as(now_is);
  if (now_is->late != Late::undecided) return {};
  auto kept = keep_late(tx, payment, clock);
  if (!kept) return fail_as(kept);
  if (*kept) return {};
  auto ask = payments::request_refund(tx, payment.id, payments::refundable_minor(tx, *now_is),
                                      payments::RefundReason::late, "late", clock);
  if (!ask) return fail_as(ask);
  return give_back(tx, payment.shop, *ask, Handed::yet_to_be, clock);
}

// An order nobody paid gives its goods back.
Result<void> let_go(store::Tx& tx, const Payment& payment, const Clock& clock) {
  auto order = orders::find_order(tx, payment.shop, payment.order);
  if (!order) return fail_as(order);
  if (order->status != orders::OrderStatus::placed) return {};
  auto ended = cancel_goods(tx, *order, clock);
  if (!ended) return fail_as(ended);
  return {};
}

Result<void> take_outcome(store::Tx& tx, const SettleOutcome& outcome, const Clock& clock) {
  switch (outcome.what) {
    case Settled::paid_now:
      return post_sale(tx, outcome.payment, clock.now());
    case Settled::refunded_now:
      return post_refund(tx, outcome, clock.now());
    case Settled::paid_late:
      return take_late(tx, outcome.payment, clock);
    case Settled::failed_now:
    case Settled::cancelled_now:
    case Settled::expired_now:
      return let_go(tx, outcome.payment, clock);
    default:
      return {};
  }
}

PayState state_of(const Payment& payment) {
  if (payment.received_minor > 0 && payment.refunded_minor == payment.received_minor) {
    return PayState::refunded;
  }
  if (payment.late == Late::kept) return PayState::paid;
  switch (payment.state) {
    case payments::State::created:
    case payments::State::pending:
    case payments::State::authorised:
      return PayState::pending;
    case payments::State::paid:
      return PayState::paid;
    case payments::State::failed:
      return PayState::failed;
    case payments::State::expired:
      return PayState::expired;
    case payments::State::cancelled:
      return PayState::cancelled;
  }
  return PayState::pending;
}

bool counts(const Payment& payment) {
  return !payments::is_final(payment.state) || payment.received_minor > 0;
}

std::optional<Payment> main_payment(store::Tx& tx, OrderId order) {
  std::vector<Payment> all = payments::list_by_order(tx, order);
  if (all.empty()) return std::nullopt;
  const auto main = std::ranges::find_if(all, counts);
  return main == all.end() ? std::move(all.back()) : std::move(*main);
}

Method in_hand(const orders::Order& order) {
  return order.fulfilment == orders::Fulfilment::pickup ? Method::at_pickup : Method::on_delivery;
}

// Cash has no payment until it is there.
Result<Payment> payment_to_confirm(store::Tx& tx, const orders::Order& order, const Clock& clock) {
  if (auto found = main_payment(tx, order.id)) return *std::move(found);
  if (order.status == orders::OrderStatus::cancelled || order.total.minor == 0) {
    return fail(ErrorKind::conflict, "order-status-conflict", "No money is awaited for it.");
  }
  return payments::create(tx,
                          {.order = order.id,
                           .shop = order.shop,
                           .provider = "delivery",
                           .method = in_hand(order),
                           .amount = order.total},
                          clock);
}

// What was handed over and came back has no status for it: its units alone return.
Result<void> return_goods(store::Tx& tx, orders::Order& order, const Clock& clock) {
  if (order.status == orders::OrderStatus::cancelled) return {};
  if (order.status != orders::OrderStatus::handed_over) {
    auto ended = cancel_goods(tx, order, clock);
    if (!ended) return fail_as(ended);
    return {};
  }
  return take_goods_back(tx, order, clock.now());
}

}  // namespace

std::string_view to_text(PayState state) {
  return store::name_of(kStates, state);
}

OrderPayment payment_of(store::Tx& tx, const orders::Order& order) {
  OrderPayment view{
      .payment = main_payment(tx, order.id), .method = in_hand(order), .amount = order.total};
  if (!view.payment) {
    if (order.status == orders::OrderStatus::cancelled) view.state = PayState::cancelled;
    return view;
  }
  const Payment& payment = *view.payment;
  view.method = payment.method;
  view.state = state_of(payment);
  view.amount = payment.amount;
  if (payment.received_minor > 0) {
    view.refunded_minor = payment.received_minor - payments::refundable_minor(tx, payment);
    view.returning_minor = view.refunded_minor - payment.refunded_minor;
    const bool is_all = view.refunded_minor == payment.received_minor;
    if (is_all && view.returning_minor > 0) view.state = PayState::refunding;
  }
  view.has_late_money = payment.late != Late::none;
  if (payment.method == Method::transfer) {
    view.transfer_reference = payments::transfer_reference(payment.id);
  }
  return view;
}

Result<void> follow(store::Tx& tx, ShopId shop, const payments::Told& told, const Clock& clock) {
  for (const SettleOutcome& outcome : told.outcomes) {
    if (auto done = take_outcome(tx, outcome, clock); !done) return done;
  }
  for (const payments::FeeNews& news : told.fees) {
    if (auto posted = post_fee(tx, news, clock.now()); !posted) return posted;
  }
  for (const payments::Ask& ask : told.asks) {
    if (ask.kind == payments::AskKind::refund) {
      if (auto done = give_back(tx, shop, ask, Handed::yet_to_be, clock); !done) return done;
    } else if (!is_by_hand(ask.provider)) {
      payments::want(tx, shop, ask, clock.now());
    }
  }
  return {};
}

Result<void> check_paid(store::Tx& tx, const orders::Order& order) {
  const OrderPayment view = payment_of(tx, order);
  if (!is_prepaid(view.method) || view.state == PayState::paid) return {};
  return fail(ErrorKind::conflict, "order-not-paid", "The order is not paid yet.");
}

Result<void> call_off(store::Tx& tx, const orders::Order& order, payments::RefundReason reason,
                      const Clock& clock) {
  for (const Payment& payment : payments::list_by_order(tx, order.id)) {
    auto outcome = payments::cancel(tx, payment.id, clock);
    if (!outcome) return fail_as(outcome);
    payments::Told told;
    if (outcome->ask) told.asks.push_back(*outcome->ask);
    if (auto done = follow(tx, order.shop, told, clock); !done) return done;
    auto ask = payments::request_rest(tx, payment.id, reason, clock);
    if (!ask) return fail_as(ask);
    if (!*ask) continue;
    auto back = give_back(tx, order.shop, **ask, Handed::yet_to_be, clock);
    if (!back) return back;
  }
  return {};
}

Result<void> take_cash(store::Tx& tx, const orders::Order& order, const Clock& clock) {
  if (order.total.minor == 0 || is_prepaid(payment_of(tx, order).method)) return {};
  auto confirmed = confirm_payment(tx, order.shop, order.id, clock);
  if (!confirmed) return fail_as(confirmed);
  return {};
}

Result<orders::Order> confirm_payment(store::Tx& tx, ShopId shop, OrderId id, const Clock& clock) {
  auto order = orders::find_order(tx, shop, id);
  if (!order) return order;
  auto payment = payment_to_confirm(tx, *order, clock);
  if (!payment) return fail_as(payment);
  auto outcome = payments::confirm_by_seller(tx, payment->id, clock);
  if (!outcome) return fail_as(outcome);
  payments::Told told{.outcomes = {*outcome}, .asks = {}, .fees = {}};
  if (auto done = follow(tx, shop, told, clock); !done) return fail_as(done);
  return orders::find_order(tx, shop, id);
}

Result<orders::Order> refund_order(store::Tx& tx, const RefundOrder& request, const Clock& clock) {
  auto order = orders::find_order(tx, request.shop, request.order);
  if (!order) return order;
  const auto payment = main_payment(tx, order->id);
  if (!payment) {
    return fail(ErrorKind::conflict, "payment-not-paid", "No money came in.");
  }
  auto ask = payments::request_refund(tx, payment->id, request.amount_minor,
                                      payments::RefundReason::seller, request.key, clock);
  if (!ask) return fail_as(ask);
  auto back = give_back(tx, request.shop, *ask, Handed::already, clock);
  if (!back) return fail_as(back);
  if (request.return_stock) {
    if (auto done = return_goods(tx, *order, clock); !done) return fail_as(done);
  }
  return orders::find_order(tx, request.shop, request.order);
}

Result<orders::Order> clear_payment_problem(store::Tx& tx, ShopId shop, OrderId id,
                                            const Clock& clock) {
  auto order = orders::find_order(tx, shop, id);
  if (!order) return order;
  const auto payment = main_payment(tx, id);
  if (!payment) {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  for (const payments::Refund& refund : payments::list_refunds(tx, payment->id)) {
    if (refund.state != payments::RefundState::pending || !is_by_hand(payment->provider)) continue;
    auto done = payments::take_refund_news(tx,
                                           {.state = payments::RefundState::done,
                                            .idempotency_key = refund.idempotency_key,
                                            .provider_reference = ""},
                                           clock);
    if (!done) return fail_as(done);
    if (auto posted = post_refund(tx, *done, clock.now()); !posted) return fail_as(posted);
  }
  if (auto done = payments::clear_problem(tx, payment->id, clock); !done) return fail_as(done);
  return order;
}

}  // namespace geili::flows
