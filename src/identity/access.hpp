#pragma once
// Who may do what: pure decisions over who is asking.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace geili::identity {

enum class Role : std::uint8_t { admin, manager, seller, helper };

// "admin", "manager", "seller", "helper": in the store and in the API.
std::string_view role_name(Role role);
std::optional<Role> parse_role(std::string_view name);

// Who is asking. A visitor has no person.
struct Actor {
  std::optional<PersonId> person;
  Role role = Role::helper;  // of `person`
  std::int64_t session_id = 0;
  std::vector<ShopId> shops;  // memberships of `person`

  bool belongs_to(ShopId shop) const;
};

enum class Action : std::uint8_t {
  // Of the whole house.
  manage_people,  // list, disable, change roles
  see_audit,
  create_shop,
  see_all_shops,  // orders and shows of every shop in one list
  keep_books,     // payouts, commissions, the check of the books
  keep_rates,     // of exchange
  let_people_in,  // sign-in links; see may_let_in for whom
  set_payments,   // of a shop: providers and their keys
  // Of one shop.
  edit_shop,
  edit_products,  // and their prices, photos and stock
  see_stock,
  run_shows,  // create, start, end, stream keys
  host_desk,  // pin a product, hide a message, mute
  see_orders,
  advance_orders,  // packed, handed over
  cancel_orders,
  see_books,          // balance, statements, earnings
  edit_bank_account,  // and see it
  take_payments,      // confirm them, give them back
  edit_webhooks,      // and see them, send tests, begin deliveries anew
  edit_restreams,     // where shows are sent on to, and see that
  invite_helpers,
  see_invitations,
};
inline constexpr int kActionCount = static_cast<int>(Action::see_invitations) + 1;

// Administrators may everything, managers everything but people and audit; a seller may what
// belongs to an own shop, a helper its host desk, stock view and packing. `shop` is none for
// actions of the house.
bool may(const Actor& actor, Action action, std::optional<ShopId> shop = std::nullopt);

// Administrators invite anybody, managers sellers and helpers, sellers helpers to an own shop. A
// helper is always invited to a shop, an administrator or manager never.
bool may_invite(const Actor& actor, Role role, std::optional<ShopId> shop);

// Whether `actor` may make a sign-in link for a person of this role, which is as good as the
// person's password: administrators for everybody, managers for sellers and helpers.
bool may_let_in(const Actor& actor, Role role);

}  // namespace geili::identity
