#include "identity/access.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace geili::identity {
namespace {

constexpr std::array<std::string_view, 4> kRoleNames{"admin", "manager", "seller", "helper"};

bool is_of_the_house(Action action) {
  return action <= Action::set_payments;
}

bool is_helpers_work(Action action) {
  switch (action) {
    case Action::see_stock:
    case Action::host_desk:
    case Action::see_orders:
    case Action::advance_orders:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string_view role_name(Role role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view name) {
  const auto found = std::ranges::find(kRoleNames, name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(found - kRoleNames.begin());
}

bool Actor::belongs_to(ShopId shop) const {
  return std::ranges::find(shops, shop) != shops.end();
}

bool may(const Actor& actor, Action action, std::optional<ShopId> shop) {
  assert(is_of_the_house(action) || shop);
  if (!actor.person) return false;
  switch (actor.role) {
    case Role::admin:
      return true;
    case Role::manager:
      return action != Action::manage_people && action != Action::see_audit;
    case Role::seller:
      return !is_of_the_house(action) && actor.belongs_to(*shop);
    case Role::helper:
      return is_helpers_work(action) && actor.belongs_to(*shop);
  }
  return false;
}

bool may_invite(const Actor& actor, Role role, std::optional<ShopId> shop) {
  if (!actor.person) return false;
  if ((role == Role::helper) != shop.has_value() && role != Role::seller) return false;
  switch (actor.role) {
    case Role::admin:
      return true;
    case Role::manager:
      return role == Role::seller || role == Role::helper;
    case Role::seller:
      return role == Role::helper && actor.belongs_to(*shop);
    case Role::helper:
      return false;
  }
  return false;
}

bool may_let_in(const Actor& actor, Role role) {
  if (!may(actor, Action::let_people_in)) return false;
  return actor.role == Role::admin || role == Role::seller || role == Role::helper;
}

}  // namespace geili::identity
