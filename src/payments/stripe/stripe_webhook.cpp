#include <algorithm>

#include "payments/json.hpp"
#include "payments/signature.hpp"
#include "payments/stripe/stripe.hpp"
#include "payments/stripe/stripe_form.hpp"
#include "payments/stripe/stripe_objects.hpp"

namespace geili::payments {
namespace {

constexpr std::size_t kSignatureHeaderMax = 2'000;

std::unexpected<Error> bad_signature() {
  return fail(ErrorKind::unauthenticated, "webhook-signature", "The signature does not fit.");
}

struct Signature {
  std::string_view time;  // as it was signed
  std::int64_t seconds = 0;
  std::vector<std::string_view> hashes;  // v1
};

std::optional<Signature> parse_signature(std::string_view header) {
  if (header.size() > kSignatureHeaderMax) return std::nullopt;
  Signature signature;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    const std::string_view item = header.substr(0, comma);
    header = comma == std::string_view::npos ? "" : header.substr(comma + 1);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view value = item.substr(equals + 1);
    if (item.substr(0, equals) == "v1") {
      if (signature.hashes.size() == kStripeSignaturesMax) return std::nullopt;
      signature.hashes.push_back(value);
    } else if (item.substr(0, equals) == "t") {
      const auto seconds = parse_unsigned(value);
      constexpr std::int64_t kSecondsMax = 1'000'000'000'000;
      if (!seconds || *seconds > kSecondsMax || !signature.time.empty()) return std::nullopt;
      signature.time = value;
      signature.seconds = *seconds;
    }
  }
  if (signature.time.empty() || signature.hashes.empty()) return std::nullopt;
  return signature;
}

// A dispute names its intent; it has no metadata of ours.
Event event_of_dispute(const JsonValue& dispute) {
  Event event;
  event.provider_reference = dispute.at("payment_intent").string();
  if (event.provider_reference.empty()) return event;
  event.evidence = Evidence{.kind = EvidenceKind::disputed,
                            .money_reference = event.provider_reference,
                            .reason = dispute.at("reason").string()};
  return event;
}

Event event_of(const JsonValue& object) {
  const std::string kind = object.at("object").string();
  if (kind == "dispute") return event_of_dispute(object);
  Event event;
  event.reference = object.at("metadata").at("payment").string();
  if (kind == "payment_intent") {
    event.provider_reference = object.at("id").string();
    event.evidence = evidence_of_intent(object).front();
  } else if (kind == "charge") {
    event.provider_reference = object.at("payment_intent").string();
    if (object.at("amount_refunded").integer().value_or(0) > 0) {
      event.evidence = evidence_of_charge(object);
    }
  } else if (kind == "refund") {
    event.provider_reference = object.at("payment_intent").string();
    event.refund = news_of_refund(object);
  }
  return event;
}

bool is_known(std::string_view type) {
  return type.starts_with("payment_intent.") || type == "charge.refunded" ||
         type == "charge.dispute.created" || type.starts_with("refund.") ||
         type == "charge.refund.updated";
}

}  // namespace

Result<void> StripeProvider::verify(const Webhook& webhook, Instant now) const {
  const auto header = only_header(webhook.headers, "Stripe-Signature");
  if (!header) {
    return fail(ErrorKind::unauthenticated, "webhook-unsigned",
                "There is not one Stripe-Signature.");
  }
  const auto signature = parse_signature(*header);
  if (!signature) return bad_signature();
  const std::string message = std::string(signature->time) + "." + webhook.body;
  bool fits = false;
  for (const auto& secret : settings_.webhook_secrets) {
    for (const std::string_view hash : signature->hashes) {
      fits = is_hmac(secret, message, hash) || fits;
    }
  }
  if (!fits) return bad_signature();
  const Instant signed_at{signature->seconds * 1'000'000};
  if (signed_at < now - kStripeTolerance || signed_at > now + kStripeTolerance) {
    return fail(ErrorKind::unauthenticated, "webhook-time",
                "The signature is older or newer than 300 seconds.");
  }
  return {};
}

Result<std::vector<Event>> StripeProvider::read_webhook(const Webhook& webhook,
                                                        const Clock& clock) const {
  if (webhook.body.size() > kHttpBodyMax) {
    return fail(ErrorKind::too_large, "webhook-malformed", "The body is longer than 262144 bytes.");
  }
  if (auto fits = verify(webhook, clock.now()); !fits) return fail_as(fits);
  const auto body = parse_json(webhook.body);
  if (!body || body->at("object").string() != "event" || !is_stripe_id(body->at("id").string())) {
    return fail(ErrorKind::invalid, "webhook-malformed", "The body is not an event.");
  }
  if (body->at("livemode").is_true() != live_) {
    return fail(ErrorKind::unprocessable, "webhook-unsupported",
                "An event of the test mode is not for real money, and the other way round.");
  }
  const std::string type = body->at("type").string();
  if (!is_known(type)) return std::vector<Event>{};
  Event event = event_of(body->at("data").at("object"));
  // Whoever shares the account may have intents of their own.
  const bool ours = !event.reference.empty() || !event.provider_reference.empty();
  if (!ours || (!event.evidence && !event.refund)) return std::vector<Event>{};
  event.id = body->at("id").string();
  event.kind = type;
  return std::vector<Event>{std::move(event)};
}

}  // namespace geili::payments
