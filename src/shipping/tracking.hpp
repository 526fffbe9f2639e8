#pragma once
// Links to a carrier's page about a parcel.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shipping {

inline constexpr std::size_t kTemplateMax = 300;       // characters
inline constexpr std::size_t kTrackingNumberMax = 40;  // characters
inline constexpr std::size_t kCarriersMax = 30;        // of a shop
inline constexpr std::string_view kNumberWord = "{number}";

// A template as it is kept: an https address of RFC 3986 characters with a host of letters, digits,
// dots and hyphens, an optional port, and {number} once behind it. No user, no other braces. Fails
// with invalid-field at `path`.
Result<std::string> checked_tracking_template(std::string_view text, std::string_view path);

// As it is kept: capitals and lower case as typed, white space around it gone. Letters, digits and
// " -./" of ASCII. Fails with invalid-field at `path`.
Result<std::string> checked_tracking_number(std::string_view text, std::string_view path);

// `number` percent-encoded into a template that was checked: all but the unreserved characters of
// RFC 3986, section 2.3.
std::string tracking_url(std::string_view checked_template, std::string_view number);

struct Carrier {
  std::string name;
  std::string tracking_template;
};
// An empty template takes the carrier away. Fails with invalid-field, shipping-too-many-carriers.
Result<void> set_carrier(store::Tx& tx, ShopId shop, const Carrier& carrier);
// By name.
std::vector<Carrier> carriers(store::Tx& tx, ShopId shop);
// None when the shop has no template for the carrier, or the number is empty.
std::optional<std::string> tracking_link(store::Tx& tx, ShopId shop, std::string_view carrier,
                                         std::string_view number);

}  // namespace geili::shipping
