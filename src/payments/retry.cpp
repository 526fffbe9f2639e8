#include "payments/retry.hpp"

#include <algorithm>
#include <charconv>

namespace geili::payments {
namespace {

bool is_retryable(const HttpAnswer& answer) {
  if (answer.carried != Carried::answered) return true;
  if (const auto said = only_header(answer.headers, "Stripe-Should-Retry")) {
    if (*said == "true") return true;
    if (*said == "false") return false;
  }
  return answer.status == 409 || answer.status == 425 || answer.status == 429 ||
         (answer.status >= 500 && answer.status <= 599);
}

std::chrono::milliseconds retry_after(const HttpAnswer& answer, std::chrono::milliseconds longest) {
  const auto text = only_header(answer.headers, "Retry-After");
  if (!text) return {};
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc() || end != text->data() + text->size()) return {};
  return std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds), longest);
}

}  // namespace

RetryStep classify(const HttpAnswer& answer, int attempt, std::uint64_t random,
                   const RetrySettings& settings) {
  if (!is_retryable(answer)) return {.next = Next::read};
  if (attempt >= settings.attempts_max) return {.next = Next::give_up};
  std::chrono::milliseconds whole = settings.first;
  for (int i = 1; i < attempt && whole < settings.longest; ++i) whole *= 2;
  whole = std::min(whole, settings.longest);
  const auto half = whole / 2;
  const auto jitter = random % static_cast<std::uint64_t>(half.count() + 1);
  const auto wait = half + std::chrono::milliseconds(jitter);
  return {.next = Next::retry, .after = std::max(wait, retry_after(answer, settings.longest))};
}

}  // namespace geili::payments
