#include "identity/sessions.hpp"

#include <vector>

#include "identity/devices.hpp"
#include "identity/test_house.hpp"

namespace geili::identity {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using store::Tx;

class Sessions : public House {
 protected:
  void touch(std::int64_t id) {
    (void)write([&](Tx& tx) -> Result<void> {
      touch_session(tx, clock_, id);
      return {};
    });
  }
};

TEST_F(Sessions, KnowTheirPersonAndShops) {
  const PersonId lin = add("lin", Role::seller);
  ASSERT_TRUE(write([&](Tx& tx) { return add_membership(tx, clock_, lin, ShopId{5}); }));
  const auto session = sign_in(lin);
  const auto signed_in = who(session.token);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(signed_in->actor.person, lin);
  EXPECT_EQ(signed_in->actor.role, Role::seller);
  EXPECT_EQ(signed_in->actor.session_id, session.id);
  EXPECT_EQ(signed_in->actor.shops, std::vector{ShopId{5}});
  EXPECT_EQ(signed_in->csrf_token, session.csrf_token);
  EXPECT_NE(session.csrf_token, session.token);
  EXPECT_EQ(signed_in->login, "lin");
  EXPECT_FALSE(signed_in->touch_due);
}

TEST_F(Sessions, AreNotOpenedByOtherTexts) {
  const auto session = sign_in(add("lin", Role::seller));
  for (const std::string& token : {std::string(), session.token + "x", session.csrf_token,
                                   session.token.substr(1), std::string(100'000, 'x')}) {
    EXPECT_EQ(code_of(who(token)), "signed-out");
  }
}

TEST_F(Sessions, TheStoreHoldsNoToken) {
  const auto session = sign_in(add("lin", Role::seller));
  const auto kept = *read([](Tx& tx) -> Result<std::string> {
    return *tx.one([](const store::Row& row) { return std::string(as_text(row.bytes(0))); },
                   "SELECT token_hash FROM session");
  });
  EXPECT_EQ(kept.size(), 32U);
  EXPECT_EQ(kept.find(session.token), std::string::npos);
}

TEST_F(Sessions, EndThirtyDaysAfterTheLastUse) {
  const auto session = sign_in(add("lin", Role::seller));
  clock_.advance(hours(24 * 29));
  const auto late = who(session.token);
  ASSERT_TRUE(late);
  EXPECT_TRUE(late->touch_due);
  touch(session.id);
  EXPECT_FALSE(who(session.token)->touch_due);
  clock_.advance(hours(24 * 30) - microseconds(1));
  EXPECT_TRUE(who(session.token));
  clock_.advance(microseconds(1));
  EXPECT_EQ(code_of(who(session.token)), "signed-out");
}

TEST_F(Sessions, EndWhenClosed) {
  const PersonId lin = add("lin", Role::seller);
  const auto here = sign_in(lin);
  const auto there = sign_in(lin);
  (void)write([&](Tx& tx) -> Result<void> {
    close_session(tx, here.id);
    return {};
  });
  EXPECT_EQ(code_of(who(here.token)), "signed-out");
  EXPECT_TRUE(who(there.token));
}

TEST_F(Sessions, OfADisabledPersonOpenNothing) {
  const auto session = sign_in(add("lin", Role::seller));
  (void)write([](Tx& tx) -> Result<void> {
    tx.exec("UPDATE person SET disabled = 1");
    return {};
  });
  EXPECT_EQ(code_of(who(session.token)), "signed-out");
}

TEST_F(Sessions, TheLongestRestedGivesWay) {
  const PersonId lin = add("lin", Role::seller);
  std::vector<NewSession> sessions;
  for (int i = 0; i < kSessionsPerPersonMax; ++i) {
    sessions.push_back(sign_in(lin));
    clock_.advance(hours(1));
  }
  touch(sessions.front().id);
  sessions.push_back(sign_in(lin));
  EXPECT_TRUE(who(sessions.front().token));
  EXPECT_EQ(code_of(who(sessions[1].token)), "signed-out");
  EXPECT_TRUE(who(sessions[2].token));
  EXPECT_EQ(count("SELECT count(*) FROM session"), kSessionsPerPersonMax);
}

TEST_F(Sessions, SweepingRemovesTheExpiredAlone) {
  const PersonId lin = add("lin", Role::seller);
  sign_in(lin);
  clock_.advance(hours(24));
  const auto young = sign_in(lin);
  clock_.advance(hours(24 * 29));
  (void)write([&](Tx& tx) -> Result<void> {
    sweep_expired(tx, clock_);
    return {};
  });
  EXPECT_EQ(count("SELECT count(*) FROM session"), 1);
  EXPECT_TRUE(who(young.token));
}

class Devices : public House {
 protected:
  std::optional<Device> find(std::string_view token) {
    return *read([&](Tx& tx) -> Result<std::optional<Device>> { return find_device(tx, token); });
  }
  Result<std::string> name(DeviceId id, std::string_view text) {
    return write([&](Tx& tx) { return set_display_name(tx, clock_, id, text); });
  }
  const NewDevice device_ =
      *write([this](Tx& tx) -> Result<NewDevice> { return add_device(tx, clock_); });
};

TEST_F(Devices, AreFoundByTheirToken) {
  const auto found = find(device_.token);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, device_.id);
  EXPECT_FALSE(found->display_name);
  EXPECT_FALSE(find("another"));
}

TEST_F(Devices, HaveAName) {
  EXPECT_EQ(*name(device_.id, " Ana 安娜 "), "Ana 安娜");
  EXPECT_EQ(find(device_.token)->display_name, "Ana 安娜");
  EXPECT_EQ(field_of(name(device_.id, "")), "/name");
  EXPECT_EQ(field_of(name(device_.id, std::string(41, 'x'))), "/name");
  EXPECT_EQ(code_of(name(DeviceId{99}, "Ana")), "device-unknown");
  EXPECT_EQ(find(device_.token)->display_name, "Ana 安娜");
}

}  // namespace
}  // namespace geili::identity
