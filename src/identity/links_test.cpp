#include <limits>

#include "identity/entry_links.hpp"
#include "identity/invitations.hpp"
#include "identity/test_house.hpp"

namespace geili::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using store::Tx;

class Invitations : public House {
 protected:
  Actor admin_{.person = add("admin", Role::admin), .role = Role::admin, .shops = {}};
  Actor seller_{.person = add("rosa", Role::seller), .role = Role::seller, .shops = {ShopId{4}}};

  Result<NewInvitation> try_invite(const Actor& by, Role role, std::optional<ShopId> shop,
                                   std::string_view name = "Ana") {
    return write([&](Tx& tx) { return invite(tx, clock_, by, role, shop, name); });
  }
  NewInvitation helper() { return *try_invite(seller_, Role::helper, ShopId{4}); }
  Result<Invitation> look(std::string_view token) {
    return read([&](Tx& tx) { return look_at_invitation(tx, clock_, token); });
  }
  Result<PersonId> accept(std::string_view token, std::string_view login) {
    return write([&](Tx& tx) {
      return accept_invitation(tx, clock_, token, {"Ana", std::string(login), "hash"});
    });
  }
  Result<void> revoke(const Actor& by, InvitationId id) {
    return write([&](Tx& tx) { return revoke_invitation(tx, clock_, by, id); });
  }
  std::vector<Invitation> list(std::optional<ShopId> shop) {
    return *read([&](Tx& tx) -> Result<std::vector<Invitation>> {
      constexpr InvitationId kNewest{std::numeric_limits<std::int64_t>::max()};
      return list_invitations(tx, shop, kNewest, 10);
    });
  }
};

TEST_F(Invitations, MakeAPersonOfTheirRoleAndShop) {
  const auto invitation = helper();
  const auto seen = look(invitation.token);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->name, "Ana");
  EXPECT_EQ(seen->inviter_name, "rosa");
  EXPECT_EQ(seen->expires_at, clock_.now() + kInvitationLifetime);
  const auto person = accept(invitation.token, "Ana1");
  ASSERT_TRUE(person);
  const auto signed_in = who(sign_in(*person).token);
  EXPECT_EQ(signed_in->login, "ana1");
  EXPECT_EQ(signed_in->actor.role, Role::helper);
  EXPECT_EQ(signed_in->actor.shops, std::vector{ShopId{4}});
}

TEST_F(Invitations, OpenOnce) {
  const auto invitation = helper();
  ASSERT_TRUE(accept(invitation.token, "ana"));
  EXPECT_EQ(code_of(accept(invitation.token, "bea")), "link-used");
  EXPECT_EQ(code_of(look(invitation.token)), "link-used");
  EXPECT_EQ(accept(invitation.token, "bea").error().kind, ErrorKind::gone);
  EXPECT_EQ(count("SELECT count(*) FROM person"), 3);
}

TEST_F(Invitations, ARefusedAcceptanceLeavesThemOpen) {
  const auto invitation = helper();
  EXPECT_EQ(code_of(accept(invitation.token, "rosa")), "login-taken");
  EXPECT_EQ(field_of(accept(invitation.token, "!")), "/login");
  EXPECT_TRUE(accept(invitation.token, "ana"));
}

TEST_F(Invitations, EndAfterSevenDays) {
  const auto invitation = helper();
  clock_.advance(hours(24 * 7) - std::chrono::microseconds(1));
  EXPECT_TRUE(look(invitation.token));
  clock_.advance(std::chrono::microseconds(1));
  EXPECT_EQ(code_of(look(invitation.token)), "link-expired");
  EXPECT_EQ(code_of(accept(invitation.token, "ana")), "link-expired");
}

TEST_F(Invitations, UnknownTokensAreNotFound) {
  for (const std::string_view token : {"", "x", "' OR 1=1 --"}) {
    EXPECT_EQ(code_of(look(token)), "link-unknown");
    EXPECT_EQ(look(token).error().kind, ErrorKind::not_found);
  }
}

TEST_F(Invitations, CanBeTakenBack) {
  const auto invitation = helper();
  Actor stranger = seller_;
  stranger.person = add("stranger", Role::seller);
  stranger.shops = {ShopId{9}};
  EXPECT_EQ(code_of(revoke(stranger, invitation.id)), "invitation-unknown");
  EXPECT_EQ(code_of(revoke(seller_, InvitationId{999})), "invitation-unknown");
  EXPECT_TRUE(revoke(seller_, invitation.id));
  EXPECT_TRUE(revoke(admin_, invitation.id));
  EXPECT_EQ(code_of(accept(invitation.token, "ana")), "link-revoked");
  const auto used = helper();
  ASSERT_TRUE(accept(used.token, "ana"));
  EXPECT_EQ(code_of(revoke(seller_, used.id)), "link-used");
}

TEST_F(Invitations, EndWithTheirInviter) {
  const auto invitation = helper();
  ASSERT_TRUE(write(
      [&](Tx& tx) { return set_disabled(tx, clock_, *admin_.person, *seller_.person, true); }));
  EXPECT_EQ(code_of(accept(invitation.token, "ana")), "link-revoked");
}

TEST_F(Invitations, AreMadeByThoseWhoMay) {
  EXPECT_EQ(code_of(try_invite(seller_, Role::seller, std::nullopt)), "forbidden");
  EXPECT_EQ(code_of(try_invite(seller_, Role::helper, ShopId{5})), "forbidden");
  EXPECT_EQ(code_of(try_invite(Actor{}, Role::helper, ShopId{4})), "forbidden");
  EXPECT_EQ(field_of(try_invite(admin_, Role::seller, std::nullopt, "")), "/name");
  EXPECT_EQ(count("SELECT count(*) FROM invitation"), 0);
}

TEST_F(Invitations, AreBounded) {
  for (int i = 0; i < kOpenInvitationsPerInviterMax; ++i) helper();
  EXPECT_EQ(code_of(try_invite(seller_, Role::helper, ShopId{4})), "too-many-invitations");
  EXPECT_TRUE(try_invite(admin_, Role::seller, std::nullopt));
  clock_.advance(hours(24 * 7));
  helper();
}

TEST_F(Invitations, AreListedByShop) {
  helper();
  ASSERT_TRUE(try_invite(admin_, Role::seller, std::nullopt, "Bo"));
  ASSERT_TRUE(try_invite(admin_, Role::helper, ShopId{5}, "Cy"));
  ASSERT_EQ(list(std::nullopt).size(), 3U);
  EXPECT_EQ(list(std::nullopt)[0].name, "Cy");
  ASSERT_EQ(list(ShopId{4}).size(), 1U);
  EXPECT_EQ(list(ShopId{4})[0].shop, ShopId{4});
  EXPECT_FALSE(list(std::nullopt)[1].shop);
}

class EntryLinks : public House {
 protected:
  std::optional<NewLink> setup() {
    return *write(
        [this](Tx& tx) -> Result<std::optional<NewLink>> { return make_setup_link(tx, clock_); });
  }
  Result<PersonId> use_setup(std::string_view token, std::string_view login = "boss") {
    return write([&](Tx& tx) {
      return use_setup_link(tx, clock_, token, {"Boss", std::string(login), "hash"});
    });
  }
  NewLink sign_in_link(PersonId person) {
    return *write([&](Tx& tx) { return make_sign_in_link(tx, clock_, std::nullopt, person); });
  }
  Result<NewLink> make(const Actor& by, PersonId person) {
    return write([&](Tx& tx) { return let_in(tx, clock_, by, person); });
  }
  Result<PersonId> use(std::string_view token) {
    return write([&](Tx& tx) { return use_sign_in_link(tx, clock_, token); });
  }
};

TEST_F(EntryLinks, TheFirstStartMakesAnAdministrator) {
  const auto link = setup();
  ASSERT_TRUE(link);
  EXPECT_TRUE(read([&](Tx& tx) { return look_at_setup_link(tx, clock_, link->token); }));
  const auto boss = use_setup(link->token);
  ASSERT_TRUE(boss);
  EXPECT_EQ(who(sign_in(*boss).token)->actor.role, Role::admin);
  EXPECT_FALSE(setup()) << "there is an administrator now";
  EXPECT_EQ(code_of(use_setup(link->token, "second")), "link-used");
  EXPECT_EQ(count("SELECT count(*) FROM person"), 1);
}

TEST_F(EntryLinks, ANewSetupLinkEndsTheOneBefore) {
  const auto first = setup();
  const auto second = setup();
  EXPECT_EQ(code_of(use_setup(first->token)), "link-unknown");
  EXPECT_EQ(field_of(use_setup(second->token, "?")), "/login");
  EXPECT_TRUE(use_setup(second->token));
}

TEST_F(EntryLinks, ASetupLinkIsWorthlessOnceThereIsAnAdministrator) {
  const auto link = setup();
  add("admin", Role::admin);
  EXPECT_EQ(code_of(use_setup(link->token)), "link-used");
}

TEST_F(EntryLinks, ASetupLinkExpires) {
  const auto link = setup();
  clock_.advance(kSetupLinkLifetime);
  EXPECT_EQ(code_of(use_setup(link->token)), "link-expired");
}

TEST_F(EntryLinks, ASignInLinkOpensOnce) {
  const PersonId lin = add("lin", Role::seller);
  const auto link = sign_in_link(lin);
  EXPECT_EQ(code_of(use_setup(link.token)), "link-unknown");
  EXPECT_EQ(*use(link.token), lin);
  EXPECT_EQ(code_of(use(link.token)), "link-used");
  EXPECT_EQ(code_of(use("x")), "link-unknown");
}

TEST_F(EntryLinks, ASignInLinkExpires) {
  const auto link = sign_in_link(add("lin", Role::seller));
  clock_.advance(minutes(15));
  EXPECT_EQ(code_of(use(link.token)), "link-expired");
}

TEST_F(EntryLinks, ANewSignInLinkEndsTheOneBefore) {
  const PersonId lin = add("lin", Role::seller);
  const auto of_rosa = sign_in_link(add("rosa", Role::seller));
  const auto first = sign_in_link(lin);
  const auto second = sign_in_link(lin);
  EXPECT_EQ(code_of(use(first.token)), "link-expired");
  EXPECT_TRUE(use(second.token));
  EXPECT_TRUE(use(of_rosa.token));
}

TEST_F(EntryLinks, LetThoseInWhomTheMakerMayLetIn) {
  const Actor admin{.person = add("admin", Role::admin), .role = Role::admin, .shops = {}};
  const Actor manager{.person = add("mei", Role::manager), .role = Role::manager, .shops = {}};
  const Actor seller{.person = add("lin", Role::seller), .role = Role::seller, .shops = {}};
  EXPECT_EQ(*use(make(manager, *seller.person)->token), seller.person);
  EXPECT_TRUE(make(admin, *manager.person));
  for (const PersonId person : {*manager.person, *admin.person}) {
    EXPECT_EQ(code_of(make(manager, person)), "forbidden");
  }
  for (const PersonId person : {*seller.person, PersonId{99}}) {
    EXPECT_EQ(code_of(make(seller, person)), "forbidden");
  }
  EXPECT_EQ(code_of(make(manager, PersonId{99})), "person-unknown");
}

TEST_F(EntryLinks, AreBoundedForEachPerson) {
  const Actor admin{.person = add("admin", Role::admin), .role = Role::admin, .shops = {}};
  const PersonId lin = add("lin", Role::seller);
  ASSERT_TRUE(make(admin, lin));
  clock_.advance(minutes(5));
  for (int i = 1; i < kSignInLinksPerPersonMax; ++i) ASSERT_TRUE(make(admin, lin));
  const auto refused = make(admin, lin);
  ASSERT_EQ(code_of(refused), "too-many-sign-in-links");
  EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(refused.error().figures.back(),
            (std::pair<std::string, std::int64_t>("retry_after_s", 600)));
  EXPECT_TRUE(make(admin, add("rosa", Role::seller)));
  clock_.advance(minutes(10));
  EXPECT_TRUE(make(admin, lin));
  EXPECT_FALSE(make(admin, lin));
  EXPECT_TRUE(write([&](Tx& tx) { return make_sign_in_link(tx, clock_, std::nullopt, lin); }))
      << "the host's own command";
}

TEST_F(EntryLinks, AreNotMadeForThoseWhoMayNotEnter) {
  const PersonId admin = add("admin", Role::admin);
  const PersonId lin = add("lin", Role::seller);
  const auto before = sign_in_link(lin);
  ASSERT_TRUE(write([&](Tx& tx) { return set_disabled(tx, clock_, admin, lin, true); }));
  EXPECT_EQ(code_of(use(before.token)), "link-unknown");
  EXPECT_EQ(code_of(write([&](Tx& tx) { return make_sign_in_link(tx, clock_, admin, lin); })),
            "person-disabled");
  EXPECT_EQ(
      code_of(write([&](Tx& tx) { return make_sign_in_link(tx, clock_, admin, PersonId{99}); })),
      "person-unknown");
}

}  // namespace
}  // namespace geili::identity
