#include "webhooks/request.hpp"

#include "base/base64.hpp"
#include "crypto/hmac.hpp"

namespace geili::webhooks {
namespace {

constexpr std::int64_t kSecond_us = 1'000'000;

DeliveryError error_of(Carried carried) {
  switch (carried) {
    case Carried::timed_out:
      return DeliveryError::timed_out;
    case Carried::unreachable:
      return DeliveryError::unreachable;
    case Carried::forbidden:
      return DeliveryError::forbidden;
    case Carried::answered:
    case Carried::busy:
      break;
  }
  return DeliveryError::none;
}

}  // namespace

std::string signatures(const std::vector<Secret<std::string>>& keys, const std::string& message,
                       std::int64_t timestamp_s, const std::string& body) {
  const std::string signed_text = message + "." + std::to_string(timestamp_s) + "." + body;
  std::string all;
  for (const Secret<std::string>& key : keys) {
    if (!all.empty()) all += ' ';
    all += "v1," + to_base64(crypto::hmac_sha256(key, signed_text));
  }
  return all;
}

HttpRequest make_request(const Attempt& attempt, const std::string& url,
                         const std::vector<Secret<std::string>>& keys, Reach reach, Instant now) {
  const std::int64_t timestamp_s = now.us / kSecond_us;
  return {.method = "POST",
          .url = url,
          .headers = {{"webhook-id", attempt.message},
                      {"webhook-timestamp", std::to_string(timestamp_s)},
                      {"webhook-signature",
                       signatures(keys, attempt.message, timestamp_s, attempt.body)},
                      {"User-Agent", "Geili-Webhooks/1"}},
          .content_type = "application/json",
          .body = attempt.body,
          .answer_timeout = kHookAnswerTimeout,
          .reach = reach,
          .body_bytes_max = kHookAnswerMax,
          .may_cut_body = true};
}

Outcome outcome_of(const Attempt& attempt, const HttpAnswer& answer) {
  Outcome outcome{.delivery = attempt.delivery,
                  .number = attempt.number,
                  .error = error_of(answer.carried),
                  .was_sent = answer.carried != Carried::busy};
  if (answer.carried == Carried::answered) outcome.status = answer.status;
  return outcome;
}

}  // namespace geili::webhooks
