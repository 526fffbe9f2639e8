#include <array>
#include <cstdint>

#include "payments/payment.hpp"
#include "payments/sandbox/sandbox.hpp"
#include "store/currency.hpp"

namespace geili::payments::sandbox {
namespace {

struct Known {
  std::string_view last_four;
  CardKind kind;
};
constexpr std::array kKnown{Known{"4242", CardKind::paid}, Known{"0002", CardKind::declined},
                            Known{"0077", CardKind::late}, Known{"3220", CardKind::confirms}};

// The digits alone; empty when something else is between them than spaces and hyphens.
std::string digits_of(std::string_view number) {
  constexpr std::size_t kTypedMax = 40;
  std::string digits;
  if (number.size() > kTypedMax) return digits;
  for (const char c : number) {
    if (c == ' ' || c == '-') continue;
    if (c < '0' || c > '9') return {};
    digits += c;
  }
  return digits;
}

bool has_check_digit(std::string_view digits) {
  int sum = 0;
  bool doubled = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    const int value = (*digit - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
    doubled = !doubled;
  }
  return sum % 10 == 0;
}

struct Entry {
  std::string reference;
  Money amount;
  std::string state;
  std::int64_t attempts = 0;
};

Entry read_entry(const store::Row& row) {
  return {row.string(0),
          {row.integer(1), store::stored_currency(row.text(2))},
          row.string(3),
          row.integer(4)};
}

std::optional<Entry> find(store::Tx& tx, std::string_view reference) {
  return tx.one(read_entry,
                "SELECT reference, amount_minor, currency, state, attempts FROM sandbox_payment"
                " WHERE reference = $1",
                reference);
}

Event event_of(const Entry& entry, EvidenceKind kind, std::string_view reason = "") {
  const std::string name = "sandbox-" + entry.reference;
  return {.id = name + "-" + std::to_string(entry.attempts) + "-" + std::string(to_text(kind)),
          .kind = std::string(to_text(kind)),
          .reference = entry.reference,
          .provider_reference = name,
          .evidence = Evidence{.kind = kind,
                               .provider_reference = name,
                               .money_reference = name,
                               .amount = entry.amount,
                               .reason = std::string(reason)}};
}

std::unexpected<Error> ended() {
  return fail(ErrorKind::conflict, "payment-ended", "The payment has ended here.");
}

}  // namespace

Result<CardKind> card_kind(std::string_view number) {
  constexpr std::size_t kDigitsMin = 12;
  constexpr std::size_t kDigitsMax = 19;
  const std::string digits = digits_of(number);
  if (digits.size() < kDigitsMin || digits.size() > kDigitsMax || !has_check_digit(digits)) {
    return fail(ErrorKind::unprocessable, "card-number-invalid", "This is no card number.");
  }
  for (const Known& known : kKnown) {
    if (digits.ends_with(known.last_four)) return known.kind;
  }
  return fail(ErrorKind::unprocessable, "card-not-of-the-sandbox",
              "The sandbox takes its own practice cards alone.");
}

Result<std::vector<Event>> submit_card(store::Tx& tx, std::string_view reference,
                                       const Secret<std::string>& number, const Clock& clock) {
  const auto kind = card_kind(number.reveal());
  if (!kind) return std::unexpected(kind.error());
  auto payment = find_by_key(tx, reference);
  if (!payment || payment->provider != "sandbox") {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  tx.exec(
      "INSERT INTO sandbox_payment (reference, amount_minor, currency, state, card_last_four,"
      " attempts) VALUES ($1, $2, $3, 'open', '', 0) ON CONFLICT (reference) DO NOTHING",
      reference, payment->amount.minor, payment->amount.currency.code());
  Entry entry = *find(tx, reference);
  if (entry.state != "open" && entry.state != "confirming") return ended();
  if (++entry.attempts > kAttemptsMax) {
    return fail(ErrorKind::rate_limited, "too-many-attempts", "At most 20 cards may be tried.");
  }
  const std::string digits = digits_of(number.reveal());
  std::string_view state = "open";
  std::optional<Instant> due_at;
  Event event = event_of(entry, EvidenceKind::attempt_failed, "card_declined");
  if (*kind == CardKind::paid) {
    state = "paid";
    event = event_of(entry, EvidenceKind::paid);
  } else if (*kind == CardKind::late) {
    state = "waiting";
    due_at = clock.now() + kLateAfter;
    event = event_of(entry, EvidenceKind::pending);
  } else if (*kind == CardKind::confirms) {
    state = "confirming";
    event = event_of(entry, EvidenceKind::pending);
  }
  tx.exec(
      "UPDATE sandbox_payment SET state = $2, card_last_four = $3, attempts = $4, due_at = $5"
      " WHERE reference = $1",
      reference, state, digits.substr(digits.size() - 4), entry.attempts, due_at);
  return std::vector<Event>{std::move(event)};
}

Result<std::vector<Event>> confirm(store::Tx& tx, std::string_view reference, bool accepted) {
  const auto entry = find(tx, reference);
  if (!entry) {
    return fail(ErrorKind::not_found, "payment-not-found", "There is no such payment.");
  }
  if (entry->state != "confirming") return ended();
  tx.exec("UPDATE sandbox_payment SET state = $2 WHERE reference = $1", reference,
          accepted ? "paid" : "open");
  return std::vector<Event>{
      accepted ? event_of(*entry, EvidenceKind::paid)
               : event_of(*entry, EvidenceKind::attempt_failed, "confirmation_refused")};
}

std::vector<Event> take_due(store::Tx& tx, const Clock& clock) {
  std::vector<Event> events;
  tx.each(
      [&](const store::Row& row) {
        events.push_back(event_of(read_entry(row), EvidenceKind::paid));
      },
      "UPDATE sandbox_payment SET state = 'paid', due_at = NULL"
      " WHERE state = 'waiting' AND due_at <= $1"
      " RETURNING reference, amount_minor, currency, state, attempts",
      clock.now());
  return events;
}

bool is_any_due(store::Tx& tx, Instant now) {
  return tx
      .integer("SELECT 1 FROM sandbox_payment WHERE state = 'waiting' AND due_at <= $1 LIMIT 1",
               now)
      .has_value();
}

bool is_confirming(store::Tx& tx, std::string_view reference) {
  const auto entry = find(tx, reference);
  return entry && entry->state == "confirming";
}

bool is_waiting(store::Tx& tx, std::string_view reference) {
  const auto entry = find(tx, reference);
  return entry && entry->state == "waiting";
}

}  // namespace geili::payments::sandbox
