#pragma once
// Whether a shop's keys work, by a call that changes nothing.

#include <cstdint>
#include <optional>
#include <string_view>

#include "payments/provider.hpp"
#include "payments/shop_providers.hpp"

namespace geili::payments {

enum class KeyCheck : std::uint8_t {
  works,
  key_refused,       // the provider does not know the key, or it may not do this
  not_reached,       // no connection
  no_answer,         // none in time
  provider_trouble,  // it answered that it cannot now
  not_understood,    // it answered something else
};
std::string_view to_text(KeyCheck check);

// What to ask; none of a provider that is never called, which then works. Fails as make_provider().
Result<std::optional<HttpRequest>> key_check_request(const ShopProvider& row, Currency currency,
                                                     const Site& site);
KeyCheck read_key_check(const HttpAnswer& answer);

}  // namespace geili::payments
