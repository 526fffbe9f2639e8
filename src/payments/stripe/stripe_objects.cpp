#include "payments/stripe/stripe_objects.hpp"

#include "payments/stripe/stripe_form.hpp"

namespace geili::payments {
namespace {

bool is_voucher_intent(const JsonValue& intent) {
  for (const JsonMember& type : intent.at("payment_method_types").members) {
    if (type.value.string() == "oxxo") return true;
  }
  return false;
}

EvidenceKind kind_of(const JsonValue& intent, std::string_view status) {
  if (status == "succeeded") return EvidenceKind::paid;
  if (status == "requires_capture") return EvidenceKind::authorised;
  if (status == "canceled") return EvidenceKind::cancelled;
  const bool has_error = intent.at("last_payment_error").kind == JsonValue::Kind::object;
  if (status == "requires_payment_method" && has_error) {
    // A voucher that nobody paid has no second try; a card has.
    return is_voucher_intent(intent) ? EvidenceKind::failed : EvidenceKind::attempt_failed;
  }
  return EvidenceKind::pending;
}

std::string reason_of(const JsonValue& intent) {
  const JsonValue& error = intent.at("last_payment_error");
  const std::string decline = error.at("decline_code").string();
  return decline.empty() ? error.at("code").string() : decline;
}

// Of the charge's balance transaction, where the answer has it in full. One in another currency is
// not known: what it comes to in the payment's is Stripe's own conversion.
std::optional<Money> fee_of(const JsonValue& charge, std::string_view currency) {
  const JsonValue& transaction = charge.at("balance_transaction");
  if (transaction.at("currency").string() != currency) return std::nullopt;
  auto fee = from_stripe_amount(transaction.at("fee").integer(), currency);
  return fee && fee->minor > 0 ? fee : std::nullopt;
}

}  // namespace

std::vector<Evidence> evidence_of_intent(const JsonValue& intent) {
  const std::string id = intent.at("id").string();
  const EvidenceKind kind = kind_of(intent, intent.at("status").string());
  const auto amount =
      intent.at(kind == EvidenceKind::paid ? "amount_received" : "amount").integer();
  std::vector<Evidence> list{{.kind = kind,
                              .provider_reference = id,
                              .money_reference = id,
                              .amount = from_stripe_amount(amount, intent.at("currency").string()),
                              .reason = reason_of(intent)}};
  const JsonValue& charge = intent.at("latest_charge");
  if (kind == EvidenceKind::paid) {
    list[0].fee = fee_of(charge, intent.at("currency").string());
    list[0].look_up_tells_fee = charge.at("balance_transaction").kind != JsonValue::Kind::object;
  }
  if (charge.at("amount_refunded").integer().value_or(0) > 0) {
    if (auto refunded = evidence_of_charge(charge)) list.push_back(*std::move(refunded));
  }
  return list;
}

std::optional<Evidence> evidence_of_charge(const JsonValue& charge) {
  const std::string intent = charge.at("payment_intent").string();
  const std::string currency = charge.at("currency").string();
  const auto amount = from_stripe_amount(charge.at("amount").integer(), currency);
  const auto refunded = from_stripe_amount(charge.at("amount_refunded").integer(), currency);
  if (intent.empty()) return std::nullopt;
  return Evidence{.kind = EvidenceKind::refunded,
                  .provider_reference = intent,
                  .money_reference = intent,
                  .amount = refunded ? amount : std::nullopt,
                  .refunded_minor = refunded ? refunded->minor : 0};
}

RefundNews news_of_refund(const JsonValue& refund) {
  const std::string status = refund.at("status").string();
  const RefundState state = status == "succeeded"                        ? RefundState::done
                            : status == "failed" || status == "canceled" ? RefundState::failed
                                                                         : RefundState::pending;
  return {.state = state,
          .idempotency_key = refund.at("metadata").at("refund").string(),
          .provider_reference = refund.at("id").string()};
}

}  // namespace geili::payments
