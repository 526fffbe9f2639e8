#pragma once
// Row identities that cannot be mixed up: Id<struct ShopTag> is not Id<struct ProductTag>.

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace geili {

// A value of 0 means "none yet"; the store hands out values from 1.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
  explicit operator bool() const { return value != 0; }
};

using PersonId = Id<struct PersonTag>;
using ShopId = Id<struct ShopTag>;
using ProductId = Id<struct ProductTag>;
using PhotoId = Id<struct PhotoTag>;
using ShowId = Id<struct ShowTag>;
using OrderId = Id<struct OrderTag>;
using DeviceId = Id<struct DeviceTag>;
using InvitationId = Id<struct InvitationTag>;
using ClaimId = Id<struct ClaimTag>;
using DrawId = Id<struct DrawTag>;

// An identity as text: decimal digits without a leading zero, 1 to 10^18 - 1.
std::optional<std::int64_t> parse_id(std::string_view text);

}  // namespace geili

template <class Tag>
struct std::hash<geili::Id<Tag>> {
  std::size_t operator()(const geili::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
