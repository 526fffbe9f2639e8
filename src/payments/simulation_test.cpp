// Seeded runs of whole payments: a provider that does what it is asked and does not always say so,
// says things twice, late and out of order, while time passes and people change their minds.
#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "payments/payments_testing.hpp"

namespace geili::payments {
namespace {

using store::Tx;
using enum EvidenceKind;

// The provider's truth of one payment.
struct Truth {
  bool is_made = false;
  bool is_cancelled = false;
  std::vector<std::string> money;  // what the buyer has paid
  std::map<std::string, std::int64_t> refunded;
  std::map<std::string, std::int64_t> refund_keys;
};

class Simulation : public PaymentsTest {
 protected:
  void run(unsigned seed) {
    random_.seed(seed);
    truth_ = {};
    events_.clear();
    asks_.clear();
    counts_.clear();
    payment_ = make();
    const auto asked = write([&](Tx& tx) -> Result<void> { return all(tx); });
    ASSERT_TRUE(asked) << seed << " " << asked.error().code;
    check(seed);
  }

 private:
  unsigned chance(unsigned below) { return static_cast<unsigned>(random_() % below); }

  // One transaction for speed: the rules see the same as in many.
  Result<void> all(Tx& tx) {
    for (int step = 0; step < 60; ++step) {
      if (auto done = one(tx); !done) return done;
    }
    // What is under way comes to its end.
    for (int step = 0; step < 400 && (!asks_.empty() || !events_.empty()); ++step) {
      if (auto done = deliver(tx, false); !done) return done;
    }
    return {};
  }

  Result<void> one(Tx& tx) {
    switch (chance(9)) {
      case 0:
        return ask_to_begin(tx);
      case 1:
        return buyer_pays();
      case 2:
        clock_.advance(std::chrono::minutes(chance(8)));
        return taken(sweep_expired(tx, clock_));
      case 3:
        return chance(6) == 0 ? cancelled(tx) : Result<void>{};
      case 4:
        return chance(3) == 0 ? refund(tx) : Result<void>{};
      case 5:
        // What a restart does.
        for (const Ask& ask : list_unanswered_refunds(tx, clock_)) {
          if (ask.payment == payment_.id) asks_.push_back(ask);
        }
        return {};
      default:
        return deliver(tx, true);
    }
  }

  Result<void> ask_to_begin(Tx& tx) {
    auto ask =
        chance(2) == 0 ? begin(tx, payment_.id, {}, clock_) : look_up(tx, payment_.id, clock_);
    if (ask) asks_.push_back(*std::move(ask));
    return {};
  }
  Result<void> buyer_pays() {
    const bool may = truth_.is_made && !truth_.is_cancelled && truth_.money.size() < 2;
    if (!may) return {};
    if (chance(4) == 0) return say(evidence(attempt_failed, ""));
    if (!truth_.money.empty() && chance(3) != 0) return {};
    truth_.money.push_back("m" + std::to_string(truth_.money.size()));
    return say(evidence(paid, truth_.money.back()));
  }
  Result<void> cancelled(Tx& tx) {
    auto outcome = cancel(tx, payment_.id, clock_);
    if (!outcome) return fail_as(outcome);
    if (outcome->ask) asks_.push_back(*outcome->ask);
    return note(*outcome);
  }
  Result<void> refund(Tx& tx) {
    const auto key = "k" + std::to_string(chance(4));
    auto ask =
        request_refund(tx, payment_.id, 100 + chance(1000), RefundReason::buyer, key, clock_);
    if (ask) asks_.push_back(*std::move(ask));
    return {};
  }

  Evidence evidence(EvidenceKind kind, const std::string& money) {
    return {.kind = kind,
            .provider_reference = "ref_" + payment_.idempotency_key,
            .money_reference = money,
            .amount = payment_.amount,
            .refunded_minor = money.empty() ? 0 : truth_.refunded[money]};
  }
  Result<void> say(Evidence evidence) {
    const Event event{.id = "e" + std::to_string(++event_ids_),
                      .kind = std::string(to_text(evidence.kind)),
                      .reference = payment_.idempotency_key,
                      .evidence = std::move(evidence)};
    for (unsigned i = 0; i <= chance(3); ++i) events_.push_back(event);
    return {};
  }

  // An event or an ask, any of those that wait; `faulty` loses answers of what was done.
  Result<void> deliver(Tx& tx, bool faulty) {
    if (!events_.empty() && (asks_.empty() || chance(2) == 0)) {
      const std::size_t at = chance(static_cast<unsigned>(events_.size()));
      const Event event = events_[at];
      events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(at));
      return taken(take_event(tx, "stripe", event, clock_));
    }
    if (asks_.empty()) return {};
    const std::size_t at = chance(static_cast<unsigned>(asks_.size()));
    const Ask ask = asks_[at];
    const auto answer = done_by_provider(ask);
    if (faulty && chance(2) == 0) return {};  // a time-out after it was done: asked again
    asks_.erase(asks_.begin() + static_cast<std::ptrdiff_t>(at));
    if (!answer) return taken(take_refusal(tx, ask, answer.error(), clock_));
    return taken(take_answer(tx, ask, *answer, clock_));
  }

  Result<Answer> done_by_provider(const Ask& ask) {
    const auto no = [] { return fail(ErrorKind::conflict, "provider-refused", "no"); };
    Answer answer{.reference = ask.reference,
                  .provider_reference = "ref_" + payment_.idempotency_key};
    switch (ask.kind) {
      case AskKind::create:
        truth_.is_made = true;
        answer.evidence.push_back(evidence(pending, ""));
        return answer;
      case AskKind::cancel:
        if (!truth_.money.empty()) return no();
        truth_.is_cancelled = true;
        answer.evidence.push_back(evidence(EvidenceKind::cancelled, ""));
        return answer;
      case AskKind::resume:
      case AskKind::look_up:
        for (const std::string& money : truth_.money) {
          answer.evidence.push_back(evidence(truth_.refunded[money] > 0 ? refunded : paid, money));
        }
        return answer;
      case AskKind::refund:
        break;
    }
    std::int64_t& back = truth_.refunded[ask.money_reference];
    if (!truth_.refund_keys.contains(ask.idempotency_key)) {
      if (back + ask.amount->minor > 1000) return no();
      back += ask.amount->minor;
      truth_.refund_keys[ask.idempotency_key] = ask.amount->minor;
      (void)say(evidence(refunded, ask.money_reference));
    }
    answer.refund = RefundNews{.state = RefundState::done};
    return answer;
  }

  Result<void> taken(Result<Told> told) {
    if (!told) return fail_as(told);
    // A sweep comes by the payments of earlier runs as well.
    for (const Ask& ask : told->asks) {
      if (ask.payment == payment_.id) asks_.push_back(ask);
    }
    for (const SettleOutcome& outcome : told->outcomes) {
      if (outcome.payment.id != payment_.id) continue;
      if (auto noted = note(outcome); !noted) return noted;
    }
    return {};
  }
  // What must hold after every step.
  Result<void> note(const SettleOutcome& outcome) {
    ++counts_[outcome.what];
    const Payment& after = outcome.payment;
    const auto broken = [](std::string_view what) {
      return fail(ErrorKind::conflict, "broken", what);
    };
    if (is_final(outcome.was) && after.state != outcome.was) return broken("an end was left");
    if (after.state < outcome.was) return broken("a step back");
    if (after.refunded_minor > after.received_minor) return broken("refunded more than paid");
    if (counts_[Settled::paid_now] + counts_[Settled::paid_late] > 1) return broken("paid twice");
    if (after.received_minor > 0 && truth_.money.empty()) return broken("paid from nothing");
    return {};
  }

  void check(unsigned seed) {
    const Payment after = now_of(payment_);
    EXPECT_EQ(after.received_minor > 0, !truth_.money.empty()) << seed;
    EXPECT_EQ(after.problem, "") << seed;
    if (!after.money_reference.empty()) {
      EXPECT_EQ(after.refunded_minor, truth_.refunded[after.money_reference]) << seed;
    }
    // Every second money was given back.
    for (const std::string& money : truth_.money) {
      if (money != after.money_reference) EXPECT_EQ(truth_.refunded[money], 1000) << seed;
    }
    EXPECT_EQ(after.late != Late::none, after.received_minor > 0 && after.state != State::paid)
        << seed;
  }

  std::mt19937 random_;
  Truth truth_;
  std::deque<Event> events_;
  std::deque<Ask> asks_;
  std::map<Settled, int> counts_;
  Payment payment_{.amount = {1000, kMxn}};
  int event_ids_ = 0;
};

TEST_F(Simulation, AThousandPaymentsKeepTheirPromises) {
  for (unsigned seed = 1; seed <= 1000 && !HasFailure(); ++seed) run(seed);
}

}  // namespace
}  // namespace geili::payments
