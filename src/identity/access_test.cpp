#include "identity/access.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili::identity {
namespace {

constexpr ShopId kOwn{1};
constexpr ShopId kForeign{2};

Actor actor(Role role) {
  return {.person = PersonId{7}, .role = role, .session_id = 1, .shops = {kOwn}};
}

// One line an action; a column for admin, manager, seller, helper: '*' anywhere, 'o' in an own shop
// alone, '-' never.
struct Line {
  Action action;
  std::string_view rights;
};
constexpr Line kHouse[] = {
    {Action::manage_people, "*---"}, {Action::see_audit, "*---"},
    {Action::create_shop, "**--"},   {Action::see_all_shops, "**--"},
    {Action::let_people_in, "**--"}, {Action::set_payments, "**--"},
    {Action::keep_books, "**--"},    {Action::keep_rates, "**--"},
};
constexpr Line kShop[] = {
    {Action::edit_shop, "**o-"},         {Action::edit_products, "**o-"},
    {Action::see_stock, "**oo"},         {Action::run_shows, "**o-"},
    {Action::host_desk, "**oo"},         {Action::see_orders, "**oo"},
    {Action::advance_orders, "**oo"},    {Action::cancel_orders, "**o-"},
    {Action::take_payments, "**o-"},     {Action::see_books, "**o-"},
    {Action::edit_bank_account, "**o-"}, {Action::edit_webhooks, "**o-"},
    {Action::edit_restreams, "**o-"},    {Action::invite_helpers, "**o-"},
    {Action::see_invitations, "**o-"},
};
constexpr Role kRoles[] = {Role::admin, Role::manager, Role::seller, Role::helper};

TEST(Access, TheTableNamesEveryAction) {
  EXPECT_EQ(std::size(kHouse) + std::size(kShop), static_cast<std::size_t>(kActionCount));
}

TEST(Access, OfTheHouse) {
  for (const Line& line : kHouse) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(may(actor(kRoles[i]), line.action), line.rights[i] == '*')
          << role_name(kRoles[i]) << " action " << static_cast<int>(line.action);
    }
    EXPECT_FALSE(may(Actor{}, line.action));
  }
}

TEST(Access, OfAShop) {
  for (const Line& line : kShop) {
    for (std::size_t i = 0; i < 4; ++i) {
      const Actor who = actor(kRoles[i]);
      const std::string label = std::string(role_name(kRoles[i])) + " action " +
                                std::to_string(static_cast<int>(line.action));
      EXPECT_EQ(may(who, line.action, kOwn), line.rights[i] != '-') << label << " own";
      EXPECT_EQ(may(who, line.action, kForeign), line.rights[i] == '*') << label << " foreign";
    }
    EXPECT_FALSE(may(Actor{.shops = {kOwn}}, line.action, kOwn)) << "a visitor";
  }
}

TEST(Access, WhoInvitesWhom) {
  // Columns: admin, manager, seller, helper invite.
  struct {
    Role invited;
    std::optional<ShopId> shop;
    std::string_view who;
  } const kTable[] = {
      {Role::admin, std::nullopt, "*---"},  {Role::manager, std::nullopt, "*---"},
      {Role::seller, std::nullopt, "**--"}, {Role::helper, std::nullopt, "----"},
      {Role::admin, kOwn, "----"},          {Role::manager, kOwn, "----"},
      {Role::seller, kOwn, "**--"},         {Role::helper, kOwn, "***-"},
      {Role::seller, kForeign, "**--"},     {Role::helper, kForeign, "**--"},
  };
  for (const auto& line : kTable) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(may_invite(actor(kRoles[i]), line.invited, line.shop), line.who[i] == '*')
          << role_name(kRoles[i]) << " invites " << role_name(line.invited) << " to "
          << (line.shop ? line.shop->value : 0);
    }
    EXPECT_FALSE(may_invite(Actor{.shops = {kOwn}}, line.invited, line.shop));
  }
}

TEST(Access, WhoLetsWhomInAgain) {
  // Columns: admin, manager, seller, helper make the link.
  struct {
    Role role;
    std::string_view who;
  } const kTable[] = {{Role::admin, "*---"},
                      {Role::manager, "*---"},
                      {Role::seller, "**--"},
                      {Role::helper, "**--"}};
  for (const auto& line : kTable) {
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(may_let_in(actor(kRoles[i]), line.role), line.who[i] == '*')
          << role_name(kRoles[i]) << " lets in a " << role_name(line.role);
    }
    EXPECT_FALSE(may_let_in(Actor{}, line.role));
  }
}

TEST(Access, RoleNamesGoThereAndBack) {
  for (const Role role : kRoles) EXPECT_EQ(parse_role(role_name(role)), role);
  for (const std::string_view name : {"", "Admin", "owner", "seller "})
    EXPECT_FALSE(parse_role(name));
}

}  // namespace
}  // namespace geili::identity
