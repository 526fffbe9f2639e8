#include <algorithm>

#include "payments/json.hpp"
#include "payments/mercado_pago/mercado_pago.hpp"
#include "payments/mercado_pago/mercado_pago_ids.hpp"
#include "payments/signature.hpp"

namespace geili::payments {
namespace {

constexpr std::size_t kSignatureHeaderMax = 500;
constexpr std::size_t kRequestIdMax = 200;

std::unexpected<Error> bad_signature() {
  return fail(ErrorKind::unauthenticated, "webhook-signature", "The signature does not fit.");
}

struct Signature {
  std::string_view time;
  std::string_view hash;
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Each of the two once.
std::optional<Signature> parse_signature(std::string_view header) {
  if (header.size() > kSignatureHeaderMax) return std::nullopt;
  Signature signature;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    const std::string_view item = header.substr(0, comma);
    header = comma == std::string_view::npos ? "" : header.substr(comma + 1);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(item.substr(0, equals));
    const std::string_view value = trimmed(item.substr(equals + 1));
    if (name != "ts" && name != "v1") continue;
    std::string_view& kept = name == "ts" ? signature.time : signature.hash;
    if (!kept.empty() || value.empty()) return std::nullopt;
    kept = value;
  }
  if (signature.time.empty() || signature.hash.empty()) return std::nullopt;
  return signature;
}

// Seconds or milliseconds: both are sent.
std::optional<Instant> instant_of(std::string_view text) {
  constexpr std::int64_t kMillisecondsFrom = 100'000'000'000;
  const auto number = parse_unsigned(text);
  if (!number) return std::nullopt;
  return *number >= kMillisecondsFrom ? Instant{*number * 1'000} : Instant{*number * 1'000'000};
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return small;
}

bool is_there(const Headers& headers, std::string_view name) {
  return std::ranges::any_of(headers,
                             [&](const auto& header) { return lower(header.first) == name; });
}

}  // namespace

Result<std::string> MercadoPagoProvider::verify(const Webhook& webhook, Instant now) const {
  const auto header = only_header(webhook.headers, "x-signature");
  if (!header) {
    return fail(ErrorKind::unauthenticated, "webhook-unsigned", "There is not one x-signature.");
  }
  const auto signature = parse_signature(*header);
  const auto id = only_header(webhook.query, "data.id");
  const auto request_id = only_header(webhook.headers, "x-request-id");
  const bool twice = !request_id && is_there(webhook.headers, "x-request-id");
  if (!signature || !id || !is_preference_id(*id) || twice ||
      (request_id && request_id->size() > kRequestIdMax)) {
    return bad_signature();
  }
  std::string manifest = "id:" + lower(*id) + ";";
  if (request_id) manifest += "request-id:" + std::string(*request_id) + ";";
  manifest += "ts:" + std::string(signature->time) + ";";
  if (!is_hmac(settings_.webhook_secret, manifest, signature->hash)) return bad_signature();
  const auto signed_at = instant_of(signature->time);
  if (!signed_at) return bad_signature();
  if (*signed_at < now - kMercadoPagoOldest || *signed_at > now + kMercadoPagoAhead) {
    return fail(ErrorKind::unauthenticated, "webhook-time",
                "The signature is older than five days or five minutes ahead.");
  }
  return std::string(*id);
}

Result<std::vector<Event>> MercadoPagoProvider::read_webhook(const Webhook& webhook,
                                                             const Clock& clock) const {
  const auto malformed = [](std::string_view detail) {
    return fail(ErrorKind::invalid, "webhook-malformed", detail);
  };
  if (webhook.body.size() > kHttpBodyMax) return malformed("The body is longer than 262144 bytes.");
  auto id = verify(webhook, clock.now());
  if (!id) return fail_as(id);
  const auto body = parse_json(webhook.body);
  if (!body) return malformed("The body is not a notification.");
  // The signature covers the id in the address, not the body.
  if (lower(body->at("data").at("id").id()) != lower(*id)) {
    return malformed("The body names another id than the address.");
  }
  const std::string type = body->at("type").string();
  if (type != "payment") return std::vector<Event>{};
  const std::string notification = body->at("id").id();
  if (!is_payment_number(*id) || !is_preference_id(notification)) {
    return malformed("The notification has no usable id.");
  }
  Event event{.id = *id + ":" + notification, .kind = type, .look_up = *id};
  return std::vector<Event>{std::move(event)};
}

}  // namespace geili::payments
