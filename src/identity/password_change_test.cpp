#include "identity/password_change.hpp"

#include "identity/audit.hpp"
#include "identity/entry_links.hpp"
#include "identity/sign_in.hpp"
#include "identity/test_house.hpp"

namespace geili::identity {
namespace {

using store::Tx;

class PasswordChange : public House {
 protected:
  NewSession enter_by_link(PersonId person) {
    return *write([&](Tx& tx) { return open_session(tx, clock_, person, Entry::sign_in_link); });
  }
  Result<void> change(const NewSession& session, std::optional<std::string> verified_hash,
                      std::string_view fresh_hash = "fresh") {
    return write([&](Tx& tx) -> Result<void> {
      const auto signed_in = authenticate(tx, clock_, session.token);
      return change_password(tx, clock_, *signed_in, verified_hash, fresh_hash);
    });
  }
  std::string hash_of(PersonId person) {
    return *read([&](Tx& tx) -> Result<std::string> { return password_hash_of(tx, person); });
  }

  const PersonId lin_ = add("lin", Role::seller);
};

TEST_F(PasswordChange, TakesTheHashThatFitted) {
  const auto session = sign_in(lin_);
  EXPECT_EQ(hash_of(lin_), "hash");
  ASSERT_TRUE(change(session, "hash"));
  EXPECT_EQ(hash_of(lin_), "fresh");
  const auto audit = read([](Tx& tx) { return list_audit(tx, {}, {}); })->items;
  EXPECT_EQ(audit.at(0).action, "password-changed");
  EXPECT_EQ(audit.at(0).person, lin_);
}

TEST_F(PasswordChange, NeedsTheCurrentPassword) {
  const auto session = sign_in(lin_);
  EXPECT_FALSE(who(session.token)->may_reset_password);
  EXPECT_EQ(code_of(change(session, std::nullopt)), "current-password-wrong");
  EXPECT_EQ(field_of(change(session, std::nullopt)), "/current_password");
  EXPECT_EQ(hash_of(lin_), "hash");
}

TEST_F(PasswordChange, IsRefusedWhenItWasChangedMeanwhile) {
  const auto session = sign_in(lin_);
  ASSERT_TRUE(change(session, "hash", "of another tab"));
  EXPECT_EQ(code_of(change(session, "hash")), "current-password-wrong");
  EXPECT_EQ(hash_of(lin_), "of another tab");
}

TEST_F(PasswordChange, AfterALinkNeedsNoneOnce) {
  const auto session = enter_by_link(lin_);
  EXPECT_TRUE(who(session.token)->may_reset_password);
  EXPECT_EQ(code_of(change(session, "not the hash")), "current-password-wrong");
  ASSERT_TRUE(change(session, std::nullopt));
  EXPECT_EQ(hash_of(lin_), "fresh");
  EXPECT_FALSE(who(session.token)->may_reset_password);
  EXPECT_EQ(code_of(change(session, std::nullopt)), "current-password-wrong");
}

TEST_F(PasswordChange, EndsOtherSessionsAndOpenLinks) {
  const PersonId rosa = add("rosa", Role::seller);
  const auto here = sign_in(lin_);
  const auto elsewhere = sign_in(lin_);
  const auto hers = sign_in(rosa);
  const auto link =
      *write([&](Tx& tx) { return make_sign_in_link(tx, clock_, std::nullopt, lin_); });
  ASSERT_TRUE(change(here, "hash"));
  EXPECT_TRUE(who(here.token));
  EXPECT_EQ(code_of(who(elsewhere.token)), "signed-out");
  EXPECT_TRUE(who(hers.token)) << "of somebody else";
  EXPECT_EQ(code_of(write([&](Tx& tx) { return use_sign_in_link(tx, clock_, link.token); })),
            "link-expired");
}

// They enter by links alone, and go with the demo.
TEST_F(PasswordChange, IsNotForTheDemosPeople) {
  const auto demo =
      *write([&](Tx& tx) { return add_person(tx, clock_, {"Lin", "demo-lin", "", Role::seller}); });
  const auto session = enter_by_link(demo);
  EXPECT_FALSE(who(session.token)->may_reset_password);
  EXPECT_EQ(code_of(change(session, std::nullopt)), "current-password-wrong");
}

}  // namespace
}  // namespace geili::identity
