#include "payments/key_check.hpp"

#include <array>

#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 6> kChecks{
    "works", "key_refused", "not_reached", "no_answer", "provider_trouble", "not_understood"};
constexpr std::string_view kProbe = "AAAAAAAAAAAAAAAAAAAAAA";

}  // namespace

std::string_view to_text(KeyCheck check) {
  return store::name_of(kChecks, check);
}

Result<std::optional<HttpRequest>> key_check_request(const ShopProvider& row, Currency currency,
                                                     const Site& site) {
  auto provider = make_provider(row, currency, site);
  if (!provider) return fail_as(provider);
  // A search for a name that nobody has, or the account itself: both only read.
  const Ask probe{.kind = AskKind::look_up,
                  .provider = row.provider,
                  .reference = std::string(kProbe),
                  .provider_reference = "pi_0"};
  if (!(*provider)->capabilities().makes_calls) return std::nullopt;
  auto call = (*provider)->build(probe);
  if (!call) return fail_as(call);
  auto request = std::get<HttpRequest>(*std::move(call));
  if (row.provider == "stripe") request.url = site.stripe_url + "/v1/balance";
  return request;
}

KeyCheck read_key_check(const HttpAnswer& answer) {
  switch (answer.carried) {
    case Carried::timed_out:
      return KeyCheck::no_answer;
    case Carried::unreachable:
    case Carried::busy:
      return KeyCheck::not_reached;
    case Carried::answered:
      break;
  }
  if (answer.status == 401 || answer.status == 403) return KeyCheck::key_refused;
  if (answer.status == 429 || answer.status >= 500) return KeyCheck::provider_trouble;
  return answer.status == 200 ? KeyCheck::works : KeyCheck::not_understood;
}

}  // namespace geili::payments
