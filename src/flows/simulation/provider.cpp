#include "flows/simulation/provider.hpp"

#include <algorithm>
#include <utility>

namespace geili::flows::simulation {
namespace {

using payments::Answer;
using payments::Ask;
using payments::AskKind;
using payments::Event;
using payments::Evidence;
using payments::EvidenceKind;
using payments::RefundState;

constexpr std::string_view kByNumber = "mercado_pago";  // its events name a number to look up

std::unexpected<Error> refused(std::string_view why) {
  return fail(ErrorKind::conflict, "provider-refused", why);
}

std::int64_t fee_of(std::int64_t amount_minor) {
  return amount_minor * 3 / 100 + 1;
}

SimMoney* money_of(SimPayment& payment, const std::string& reference) {
  const auto found = std::ranges::find(payment.money, reference, &SimMoney::reference);
  return found == payment.money.end() ? nullptr : &*found;
}

}  // namespace

SimPayment* SimProvider::find(const std::string& reference) {
  const auto found = std::ranges::find(payments_, reference, &SimPayment::reference);
  return found == payments_.end() ? nullptr : &*found;
}

const SimMoney* SimProvider::find_money(const std::string& reference, const std::string& money) {
  SimPayment* payment = find(reference);
  return payment == nullptr ? nullptr : money_of(*payment, money);
}

Result<Answer> SimProvider::answer(const Ask& ask, ShopId shop) {
  if (ask.kind == AskKind::create) return create(ask, shop);
  if (ask.kind == AskKind::look_up) return look_up(ask);
  SimPayment* payment = find(ask.reference);
  if (payment == nullptr) {
    fault_ = "asked about a payment that was never made";
    return refused("unknown");
  }
  if (ask.kind == AskKind::cancel) return cancel(*payment);
  if (ask.kind == AskKind::refund) return refund(*payment, ask);
  Answer answer = answer_of(*payment);
  answer.evidence.push_back(
      {.kind = EvidenceKind::pending, .provider_reference = payment->provider_reference});
  return answer;
}

Answer SimProvider::answer_of(const SimPayment& payment) const {
  return {.reference = payment.reference, .provider_reference = payment.provider_reference};
}

Result<Answer> SimProvider::create(const Ask& ask, ShopId shop) {
  SimPayment* payment = find(ask.reference);
  if (payment == nullptr) {
    payments_.push_back({.reference = ask.reference,
                         .provider = ask.provider,
                         .provider_reference = "made_" + std::to_string(++last_id_),
                         .shop = shop,
                         .method = ask.method,
                         .amount = *ask.amount});
    payment = &payments_.back();
  } else if (payment->amount != *ask.amount) {
    fault_ = "a creation was repeated with another amount";
  }
  Answer answer = answer_of(*payment);
  answer.evidence.push_back(
      {.kind = EvidenceKind::pending, .provider_reference = payment->provider_reference});
  return answer;
}

Result<Answer> SimProvider::cancel(SimPayment& payment) {
  if (!payment.money.empty() && payment.provider != kByNumber) return refused("it was paid");
  payment.is_cancelled = true;
  Answer answer = answer_of(payment);
  if (payment.money.empty()) {
    answer.evidence.push_back(
        {.kind = EvidenceKind::cancelled, .provider_reference = payment.provider_reference});
  }
  return answer;
}

Result<Answer> SimProvider::refund(SimPayment& payment, const Ask& ask) {
  const auto before = std::ranges::find(payment.refunds, ask.idempotency_key, &SimRefund::key);
  if (before != payment.refunds.end() && before->amount_minor != ask.amount->minor) {
    fault_ = "a refund was repeated with another amount";
  }
  SimRefund done{
      .key = ask.idempotency_key, .money = ask.money_reference, .amount_minor = ask.amount->minor};
  if (before != payment.refunds.end()) {
    done = *before;
  } else {
    SimMoney* money = money_of(payment, ask.money_reference);
    if (money == nullptr) {
      fault_ = "asked to give back money that never came";
      return refused("unknown");
    }
    done.is_refused = money->refunded_minor + done.amount_minor > money->amount_minor ||
                      std::exchange(payment.refuses_a_refund, false);
    if (!done.is_refused) {
      money->refunded_minor += done.amount_minor;
      done.is_pending = random_.one_in(4);
      tell_refunded(payment, *money);
    }
    payment.refunds.push_back(done);
  }
  if (done.is_refused) return refused("not this one");
  Answer answer = answer_of(payment);
  answer.refund = {.state = done.is_pending ? RefundState::pending : RefundState::done,
                   .idempotency_key = done.key,
                   .provider_reference = {}};
  return answer;
}

Result<Answer> SimProvider::look_up(const Ask& ask) {
  for (SimPayment& payment : payments_) {
    if (payment.provider != ask.provider) continue;
    const bool is_named = !ask.reference.empty();
    if (is_named && payment.reference != ask.reference) continue;
    if (!is_named && money_of(payment, ask.money_reference) == nullptr) continue;
    Answer answer = answer_of(payment);
    for (const SimMoney& money : payment.money) {
      if (!is_named && money.reference != ask.money_reference) continue;
      for (Evidence& one : evidence_of(payment, money, true)) {
        answer.evidence.push_back(std::move(one));
      }
    }
    return answer;
  }
  return refused("there is no such payment");
}

std::vector<Evidence> SimProvider::evidence_of(const SimPayment& payment, const SimMoney& money,
                                               bool tells_fee) const {
  Evidence paid{.kind = EvidenceKind::paid,
                .provider_reference = payment.provider_reference,
                .money_reference = money.reference,
                .amount = payment.amount};
  if (tells_fee) paid.fee = Money{money.fee_minor, payment.amount.currency};
  paid.look_up_tells_fee = !tells_fee;
  std::vector<Evidence> list{paid};
  if (money.refunded_minor > 0) {
    list.push_back({.kind = EvidenceKind::refunded,
                    .provider_reference = payment.provider_reference,
                    .money_reference = money.reference,
                    .amount = payment.amount,
                    .refunded_minor = money.refunded_minor});
  }
  return list;
}

void SimProvider::tell(const SimPayment& payment, Event event) {
  event.id = "event_" + std::to_string(++last_id_);
  if (event.look_up.empty()) event.reference = payment.reference;
  events_.push_back({payment.shop, payment.provider, event});
  if (random_.one_in(4)) events_.push_back(events_.back());
}

void SimProvider::tell_paid(const SimPayment& payment, const SimMoney& money) {
  Event event{.kind = "paid"};
  if (payment.provider == kByNumber) {
    event.look_up = money.reference;
  } else {
    event.evidence = evidence_of(payment, money, false).front();
  }
  tell(payment, std::move(event));
}

void SimProvider::tell_refunded(const SimPayment& payment, const SimMoney& money) {
  Event event{.kind = "refunded"};
  if (payment.provider == kByNumber) {
    event.look_up = money.reference;
  } else {
    event.evidence = evidence_of(payment, money, false).back();
  }
  tell(payment, std::move(event));
}

bool SimProvider::pay(SimPayment& payment) {
  if (payment.is_cancelled) return false;
  // A page of a provider may be paid twice; an intent may not.
  const std::size_t times_max = payment.provider == kByNumber ? 2 : 1;
  if (payment.money.size() >= times_max) return false;
  const std::string reference = payment.provider == kByNumber ? std::to_string(1000 + ++last_id_)
                                                              : payment.provider_reference;
  payment.money.push_back({.reference = reference,
                           .amount_minor = payment.amount.minor,
                           .fee_minor = fee_of(payment.amount.minor)});
  tell_paid(payment, payment.money.back());
  return true;
}

void SimProvider::decline(SimPayment& payment) {
  if (payment.provider == kByNumber || payment.is_cancelled || !payment.money.empty()) return;
  Event event{.kind = "declined"};
  event.evidence = Evidence{.kind = EvidenceKind::attempt_failed,
                            .provider_reference = payment.provider_reference,
                            .reason = "card_declined"};
  tell(payment, std::move(event));
}

void SimProvider::refund_at_desk(SimPayment& payment, std::int64_t amount_minor) {
  if (payment.money.empty()) return;
  SimMoney& money = payment.money.front();
  if (money.refunded_minor + amount_minor > money.amount_minor) return;
  money.refunded_minor += amount_minor;
  tell_refunded(payment, money);
}

void SimProvider::refund_others_at_desk(const std::string& reference, const std::string& money) {
  SimPayment* payment = find(reference);
  if (payment == nullptr) return;
  for (SimMoney& one : payment->money) {
    if (one.reference == money || one.refunded_minor == one.amount_minor) continue;
    one.refunded_minor = one.amount_minor;
    tell_refunded(*payment, one);
  }
}

void SimProvider::finish_refunds() {
  for (SimPayment& payment : payments_) {
    for (SimRefund& refund : payment.refunds) {
      if (!std::exchange(refund.is_pending, false)) continue;
      Event event{.kind = "refund"};
      event.refund = payments::RefundNews{
          .state = RefundState::done, .idempotency_key = refund.key, .provider_reference = {}};
      tell(payment, std::move(event));
    }
  }
}

}  // namespace geili::flows::simulation
