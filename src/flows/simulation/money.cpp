#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "flows/pay.hpp"
#include "flows/simulation/actions.hpp"
#include "payments/retry.hpp"
#include "shipping/return_request.hpp"
#include "stock/claim.hpp"

namespace geili::flows::simulation {
namespace {

using payments::HttpAnswer;
using store::Tx;

constexpr std::chrono::minutes kSlowRetry{15};  // as api/payment_calls.cpp
constexpr std::size_t kCallsMax = 12;

template <class List>
auto take_any(World& world, List& list) {
  const std::int64_t at = world.random.below(static_cast<std::int64_t>(list.size()));
  auto taken = std::move(list[static_cast<std::size_t>(at)]);
  list.erase(list.begin() + at);
  return taken;
}

// What went wrong on the wire; an answer of 200 where nothing did.
HttpAnswer carried(World& world, const ProviderCall& call) {
  HttpAnswer answer{.status = 200, .headers = {}, .body = {}};
  if (!world.has_faults) return answer;
  switch (world.random.below(8)) {
    case 0:
      answer.carried = payments::Carried::timed_out;
      return answer;
    case 1:  // it was done all the same
      answer.carried = payments::Carried::timed_out;
      (void)world.provider.answer(call.asked.ask, call.asked.shop);
      return answer;
    case 2:
      answer.status = 500;
      return answer;
    default:
      return answer;
  }
}

void ask_later(World& world, const ProviderCall& call, const payments::RetryStep& step) {
  const auto wait = step.next == payments::Next::retry
                        ? std::chrono::duration_cast<std::chrono::microseconds>(step.after)
                        : std::chrono::microseconds(kSlowRetry);
  (void)world.run("ask later", [&](Tx& tx) -> Result<bool> {
    auto done = postpone_call(tx, call, world.clock.now() + wait);
    if (!done) return fail_as(done);
    return true;
  });
}

void add_calls(World& world, const std::vector<ProviderCall>& calls) {
  for (const ProviderCall& call : calls) {
    // The rest is forgotten by this process; their leases end.
    if (world.calls.size() < kCallsMax) world.calls.push_back(call);
  }
}

// What came back and was not fit for sale is gone for good, also when the rest goes on sale again.
void write_off(World& world, const orders::Order& order) {
  if (order.status != orders::OrderStatus::handed_over) return;
  world.read([&](Tx& tx) -> Result<bool> {
    for (const auto& request : shipping::returns_of_order(tx, order.shop, order.id)) {
      if (request.state < shipping::ReturnState::received || is_restocked(request.id.value)) {
        continue;
      }
      for (const shipping::ReturnLine& line : request.lines) {
        const ClaimId claim = order.lines.at(static_cast<std::size_t>(line.position)).claim;
        auto parts = stock::parts_taken(tx, claim);
        if (parts.empty()) parts.push_back({.product = line.product, .quantity = 1});
        for (const auto& part : parts) world.supply[part.product] -= part.quantity * line.quantity;
      }
    }
    return true;
  });
}

}  // namespace

void open_payment_page(World& world) {
  if (world.promises.empty()) return;
  const Promise& promise = world.random.pick(world.promises);
  const auto ran = world.run("open the payment page", [&](Tx& tx) {
    return begin_payment(tx, promise.token, world.terms, world.clock);
  });
  if (ran.seen && *ran.seen) add_calls(world, {**ran.seen});
}

void pay_at_provider(World& world) {
  if (world.provider.payments().empty()) return;
  SimPayment& payment = world.random.pick(world.provider.payments());
  if (world.random.one_in(6)) {
    world.provider.decline(payment);
  } else if (payment.money.empty() || world.random.one_in(4)) {
    world.note(world.provider.pay(payment) ? "the buyer pays" : "the buyer cannot pay");
  }
}

void come_back_from_provider(World& world) {
  if (world.provider.payments().empty()) return;
  const SimPayment& payment = world.random.pick(world.provider.payments());
  (void)world.run("come back from the provider",
                  [&](Tx& tx) { return return_from_payment(tx, payment.reference, world.clock); });
}

void hear_event(World& world) {
  world.provider.finish_refunds();
  if (world.provider.events().empty()) return;
  const SimEvent event = take_any(world, world.provider.events());
  const auto ran = world.run("hear of " + event.event.kind, [&](Tx& tx) -> Result<bool> {
    auto taken = take_events(tx, event.shop, event.provider, {event.event}, world.clock);
    if (!taken) return fail_as(taken);
    return true;
  });
  // What was not answered is sent again, and what was answered now and then.
  if (!ran.seen || (world.has_faults && world.random.one_in(8))) {
    world.provider.events().push_back(event);
  }
}

void carry_call(World& world) {
  if (world.calls.empty()) return;
  const ProviderCall call = take_any(world, world.calls);
  Result<payments::Answer> said = payments::Answer{};
  if (std::holds_alternative<payments::HttpRequest>(call.call)) {
    const auto step = payments::classify(carried(world, call), call.asked.attempts,
                                         static_cast<std::uint64_t>(world.random.below(1'000)));
    if (step.next != payments::Next::read) return ask_later(world, call, step);
    said = world.provider.answer(call.asked.ask, call.asked.shop);
  } else {
    said = std::get<payments::Answer>(call.call);
  }
  const std::string what = "hear the answer to " + std::string(to_text(call.asked.ask.kind));
  const auto ran = world.run(said ? what : what + " (refused)", [&](Tx& tx) {
    return settle_call(tx, call, said, world.terms, world.clock);
  });
  if (ran.seen && ran.seen->next) add_calls(world, {*ran.seen->next});
}

void look_after_payments(World& world) {
  const bool needed = world.read([&](Tx& tx) { return needs_payment_upkeep(tx, world.clock); });
  if (!needed) return;
  const auto ran = world.run("look after payments",
                             [&](Tx& tx) { return payment_upkeep(tx, world.terms, world.clock); });
  if (ran.seen) add_calls(world, *ran.seen);
}

void confirm_by_seller(World& world) {
  const auto order = some_order(world);
  if (!order) return;
  (void)world.run("confirm by the seller",
                  [&](Tx& tx) { return confirm_payment(tx, order->shop, order->id, world.clock); });
}

void refund(World& world) {
  const auto order = some_order(world);
  if (!order) return;
  const RefundOrder wish{.shop = order->shop,
                         .order = order->id,
                         .amount_minor = world.random.one_in(2)
                                             ? order->total.minor
                                             : world.random.between(1, order->total.minor),
                         .return_stock = world.random.one_in(2),
                         .key = world.next_key()};
  const auto ran = world.run(wish.return_stock ? "refund and take back" : "refund",
                             [&](Tx& tx) { return refund_order(tx, wish, world.clock); });
  if (ran.done && wish.return_stock && world.goods_back.insert(order->id).second) {
    write_off(world, *order);
  }
}

void refund_at_desk(World& world) {
  if (world.provider.payments().empty()) return;
  SimPayment& payment = world.random.pick(world.provider.payments());
  world.note("money goes back at the provider's desk");
  world.provider.refund_at_desk(payment, world.random.one_in(2)
                                             ? payment.amount.minor
                                             : world.random.between(1, payment.amount.minor));
}

void refuse_next_refund(World& world) {
  if (world.provider.payments().empty()) return;
  SimPayment& payment = world.random.pick(world.provider.payments());
  // A second money has no other way back than this one.
  payment.refuses_a_refund = payment.money.size() == 1 && payment.provider == "stripe";
}

}  // namespace geili::flows::simulation
