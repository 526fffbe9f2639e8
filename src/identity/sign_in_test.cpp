#include "identity/sign_in.hpp"

#include "identity/test_house.hpp"

namespace geili::identity {
namespace {

using store::Tx;

class SignIn : public House {
 protected:
  Credentials find(std::string_view login) {
    return *read([&](Tx& tx) -> Result<Credentials> { return find_credentials(tx, login); });
  }
  SignInGuard guard_{clock_};
};

TEST_F(SignIn, FindsWhatToVerify) {
  const PersonId admin = add("admin", Role::admin);
  const PersonId lin = add("lin", Role::seller);
  EXPECT_EQ(find("LIN").person, lin);
  EXPECT_EQ(find("LIN").password_hash, "hash");
  (void)write([&](Tx& tx) -> Result<void> {
    refresh_password_hash(tx, lin, "fresh");
    return {};
  });
  EXPECT_EQ(find("lin").password_hash, "fresh");
  ASSERT_TRUE(write([&](Tx& tx) { return set_disabled(tx, clock_, admin, lin, true); }));
  for (const std::string_view login : {"lin", "nobody", "", "?", "' OR 1=1 --"}) {
    EXPECT_FALSE(find(login).person) << login;
    EXPECT_EQ(find(login).password_hash, "");
  }
}

TEST_F(SignIn, ALoginMayTryEightTimesFromAnywhere) {
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(guard_.admit(i % 2 == 0 ? "lin" : "LIN", "10.0.0." + std::to_string(i)));
  }
  const auto refused = guard_.admit("lin", "10.0.0.99");
  ASSERT_EQ(code_of(refused), "sign-in-too-often");
  EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
  EXPECT_EQ(refused.error().figures.front(),
            (std::pair<std::string, std::int64_t>("retry_after_s", 30)));
  EXPECT_TRUE(guard_.admit("rosa", "10.0.0.99"));
  clock_.advance(std::chrono::seconds(30));
  EXPECT_TRUE(guard_.admit("lin", "10.0.0.99"));
  EXPECT_FALSE(guard_.admit("lin", "10.0.0.99"));
}

TEST_F(SignIn, SuccessForgivesTheLogin) {
  for (int i = 0; i < 8; ++i) (void)guard_.admit("lin", "10.0.0.1");
  guard_.succeeded("Lin");
  EXPECT_TRUE(guard_.admit("lin", "10.0.0.1"));
}

TEST_F(SignIn, AnAddressIsBoundedOverAllLogins) {
  const auto use_up = [&](const std::string& address) {
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(guard_.admit("login" + std::to_string(i), address));
  };
  use_up("10.0.0.1");
  EXPECT_EQ(code_of(guard_.admit("another", "10.0.0.1")), "sign-in-too-often");
  EXPECT_EQ(code_of(guard_.admit("another", "::ffff:10.0.0.1")), "sign-in-too-often");
  EXPECT_EQ(code_of(guard_.admit("", "10.0.0.1")), "sign-in-too-often");
  EXPECT_TRUE(guard_.admit("another", "10.0.0.2"));
}

TEST_F(SignIn, AnIpv6NeighbourhoodIsOneAddress) {
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(guard_.admit("", "2001:db8:1:2::" + std::to_string(i)));
  }
  EXPECT_FALSE(guard_.admit("", "2001:db8:1:2:ffff::1"));
  EXPECT_TRUE(guard_.admit("", "2001:db8:1:3::1"));
}

}  // namespace
}  // namespace geili::identity
