#include "payments/json.hpp"
#include "payments/mercado_pago/mercado_pago.hpp"
#include "payments/mercado_pago/mercado_pago_ids.hpp"

namespace geili::payments {
namespace {

constexpr std::size_t kPaymentsMax = 50;  // of one search

std::unexpected<Error> malformed() {
  return fail(ErrorKind::invalid, "provider-malformed", "The answer is not of the known shape.");
}

std::optional<EvidenceKind> kind_of(std::string_view status) {
  if (status == "approved") return EvidenceKind::paid;
  if (status == "authorized") return EvidenceKind::authorised;
  if (status == "refunded") return EvidenceKind::refunded;
  if (status == "charged_back" || status == "in_mediation") return EvidenceKind::disputed;
  // One try; the page lets the buyer try again until the preference ends.
  if (status == "rejected" || status == "cancelled") return EvidenceKind::attempt_failed;
  if (status == "pending" || status == "in_process") return EvidenceKind::pending;
  return std::nullopt;
}

std::optional<std::int64_t> minor_of(const JsonValue& value, Currency currency) {
  if (value.kind != JsonValue::Kind::number) return std::nullopt;
  return minor_from_decimal(value.text, currency);
}

// What it charges the seller, of all kinds; nothing where one of them cannot be read.
std::optional<Money> fee_of(const JsonValue& payment, Currency currency) {
  std::int64_t sum = 0;
  for (const JsonMember& fee : payment.at("fee_details").members) {
    if (fee.value.at("fee_payer").string() != "collector") continue;
    const auto minor = minor_of(fee.value.at("amount"), currency);
    if (!minor || *minor < 0 || *minor > kMoneyMinorMax - sum) return std::nullopt;
    sum += *minor;
  }
  return sum > 0 ? std::optional(Money{sum, currency}) : std::nullopt;
}

// What one payment says: that it was paid, and what of it was given back. Empty when its state or
// its number is not known.
std::vector<Evidence> evidence_of(const JsonValue& payment) {
  const auto kind = kind_of(payment.at("status").string());
  const std::string number = payment.at("id").id();
  if (!kind || !is_payment_number(number)) return {};
  Evidence evidence{
      .kind = *kind, .money_reference = number, .reason = payment.at("status_detail").string()};
  std::int64_t refunded = 0;
  if (const auto currency = Currency::parse(payment.at("currency_id").string())) {
    if (const auto minor = minor_of(payment.at("transaction_amount"), *currency)) {
      evidence.amount = Money{*minor, *currency};
    }
    refunded = minor_of(payment.at("transaction_amount_refunded"), *currency).value_or(0);
    if (*kind == EvidenceKind::paid) evidence.fee = fee_of(payment, *currency);
  }
  std::vector<Evidence> list{evidence};
  if (*kind == EvidenceKind::refunded) {
    list.back().refunded_minor = evidence.amount ? evidence.amount->minor : 0;
  } else if (*kind == EvidenceKind::paid && refunded > 0) {
    Evidence back = evidence;
    back.kind = EvidenceKind::refunded;
    back.fee.reset();
    back.refunded_minor = refunded;
    list.push_back(std::move(back));
  }
  return list;
}

Result<Answer> read_payment(const Ask& ask, const JsonValue& body) {
  const std::string reference = body.at("external_reference").string();
  if (!ask.reference.empty() && reference != ask.reference) return malformed();
  auto evidence = evidence_of(body);
  if (evidence.empty() || !is_preference_id(reference)) return malformed();
  return Answer{.reference = reference, .evidence = std::move(evidence)};
}

Result<Answer> read_search(const Ask& ask, const JsonValue& body) {
  const JsonValue& results = body.at("results");
  if (results.kind != JsonValue::Kind::array || results.members.size() > kPaymentsMax) {
    return malformed();
  }
  Answer answer{.reference = ask.reference};
  for (const JsonMember& payment : results.members) {
    if (payment.value.at("external_reference").string() != ask.reference) return malformed();
    for (Evidence& evidence : evidence_of(payment.value)) {
      answer.evidence.push_back(std::move(evidence));
    }
  }
  return answer;
}

Result<Answer> read_preference(const Ask& ask, const JsonValue& body) {
  const std::string id = body.at("id").string();
  if (!is_preference_id(id) || body.at("external_reference").string() != ask.reference) {
    return malformed();
  }
  Answer answer{.reference = ask.reference, .provider_reference = id};
  if (ask.kind != AskKind::cancel) {
    answer.buyer.redirect_url = body.at("init_point").string();
    if (!answer.buyer.redirect_url.starts_with("https://")) return malformed();
  }
  if (ask.kind == AskKind::create) {
    answer.evidence.push_back({.kind = EvidenceKind::pending, .provider_reference = id});
  }
  return answer;
}

Result<Answer> read_refund(const Ask& ask, const JsonValue& body) {
  const std::string number = body.at("id").id();
  const std::string status = body.at("status").string();
  if (!is_payment_number(number)) return malformed();
  RefundNews news{.state = RefundState::pending,
                  .idempotency_key = ask.idempotency_key,
                  .provider_reference = number};
  if (status == "approved") news.state = RefundState::done;
  if (status == "rejected" || status == "cancelled") news.state = RefundState::failed;
  return Answer{.reference = ask.reference, .refund = std::move(news)};
}

}  // namespace

Result<Answer> MercadoPagoProvider::read(const Ask& ask, const HttpAnswer& answer) const {
  const auto body = parse_json(answer.body);
  if (!body) return std::unexpected(body.error());
  if (answer.status >= 400 && answer.status <= 499) {
    const std::string code = body->at("error").string();
    return fail(ErrorKind::conflict, "provider-refused",
                is_preference_id(code) ? std::string_view(code) : "unknown");
  }
  if (answer.status != 200 && answer.status != 201) return malformed();
  switch (ask.kind) {
    case AskKind::create:
    case AskKind::resume:
    case AskKind::cancel:
      return read_preference(ask, *body);
    case AskKind::refund:
      return read_refund(ask, *body);
    case AskKind::look_up:
      return is_payment_number(ask.money_reference) ? read_payment(ask, *body)
                                                    : read_search(ask, *body);
  }
  return malformed();
}

}  // namespace geili::payments
