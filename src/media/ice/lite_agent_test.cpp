#include "media/ice/lite_agent.hpp"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "media/stun/builder.hpp"

namespace geili::media::ice {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Credentials kLocal{"AoursXYZ", "ourpasswordourpassword"};
const Credentials kRenewed{"Arenewed", "newpasswordnewpassword"};

Path path(std::uint16_t port, std::uint32_t via = 1, Transport transport = Transport::udp) {
  return {{*IpAddress::parse("192.0.2.1"), port, transport}, via};
}

// The peer: a controlling agent's binding requests.
struct Check {
  std::string username = "AoursXYZ:them";
  std::string key = kLocal.pwd;
  bool nominate = false;
  bool controlled = false;
  std::uint16_t extra_attribute = 0;

  std::string packet() const {
    static std::uint8_t next = 0;
    stun::TransactionId id{};
    id[0] = static_cast<std::byte>(++next);
    return packet(id);
  }
  std::string packet(const stun::TransactionId& id) const {
    stun::MessageBuilder builder(stun::Class::request, id);
    if (!username.empty()) builder.username(username);
    builder.priority(1);
    if (controlled) {
      builder.ice_controlled(5);
    } else {
      builder.ice_controlling(5);
    }
    if (nominate) builder.use_candidate();
    if (extra_attribute != 0) {
      builder.attribute(static_cast<stun::AttributeType>(extra_attribute), as_bytes("what"));
    }
    return builder.finish(key);
  }
};

class LiteAgentTest : public ::testing::Test {
 protected:
  Outcome send(const std::string& packet, const Path& from) {
    return agent_.on_packet(as_bytes(packet), from, clock_.now());
  }
  Outcome check(const Path& from, bool nominate = false) {
    return send(Check{.nominate = nominate}.packet(), from);
  }
  Outcome renewed_check(const Path& from, bool nominate = false) {
    return send(
        Check{.username = "Arenewed:they", .key = kRenewed.pwd, .nominate = nominate}.packet(),
        from);
  }

  ManualClock clock_;
  LiteAgent agent_{kLocal, "them"};
};

unsigned error_of(const Outcome& outcome) {
  const auto reply = stun::MessageView::parse(as_bytes(outcome.reply));
  return reply && reply->error_code() ? reply->error_code()->code : 0;
}

TEST_F(LiteAgentTest, AnswersACheckWithWhereItCameFrom) {
  const std::string packet = Check{}.packet();
  const Outcome outcome = send(packet, path(4000));
  EXPECT_EQ(outcome.verdict, Verdict::accepted);
  EXPECT_TRUE(outcome.path_validated);
  EXPECT_TRUE(outcome.selected_changed);
  EXPECT_FALSE(outcome.restarted);
  EXPECT_TRUE(agent_.is_valid(path(4000)));
  EXPECT_FALSE(agent_.is_valid(path(4001)));
  EXPECT_FALSE(agent_.nominated());

  const auto reply = stun::MessageView::parse(as_bytes(outcome.reply));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->message_class(), stun::Class::success);
  EXPECT_EQ(reply->transaction(), stun::MessageView::parse(as_bytes(packet))->transaction());
  EXPECT_EQ(reply->xor_mapped_address(), path(4000).remote);
  EXPECT_TRUE(reply->has_integrity(kLocal.pwd));
}

TEST_F(LiteAgentTest, BelievesNobodyWithoutThePassword) {
  const struct {
    Check check;
    unsigned code;
  } cases[] = {{{.key = "wrongpasswordwrongpass"}, 401},
               {{.username = "AoursXYZ:else"}, 401},
               {{.username = "AoursXYZ"}, 401},
               {{.username = "them:AoursXYZ"}, 401},
               {{.username = ""}, 400},
               {{.key = ""}, 400},
               {{.key = "wrong", .nominate = true}, 401}};
  for (const auto& bad : cases) {
    const std::string packet = bad.check.packet();
    const Outcome outcome = send(packet, path(4000));
    EXPECT_EQ(outcome.verdict, Verdict::unauthenticated);
    EXPECT_LE(outcome.reply.size(), packet.size());
    EXPECT_TRUE(outcome.reply.empty() || error_of(outcome) == bad.code) << bad.check.username;
    EXPECT_FALSE(outcome.path_validated || outcome.selected_changed);
  }
  EXPECT_TRUE(agent_.paths().empty());
  EXPECT_FALSE(agent_.selected());
}

TEST_F(LiteAgentTest, SendsNoMoreThanAStrangerSent) {
  const std::string bare = stun::MessageBuilder(stun::Class::request, {}).finish();
  EXPECT_EQ(send(bare, path(1)).reply, "");
  // Long enough for the answer to fit.
  const std::string padded =
      stun::MessageBuilder(stun::Class::request, {}).username(std::string(40, 'x')).finish();
  const Outcome outcome = send(padded, path(1));
  EXPECT_EQ(error_of(outcome), 400U);
  EXPECT_LE(outcome.reply.size(), padded.size());
}

TEST_F(LiteAgentTest, RefusesWhatItDoesNotUnderstand) {
  const Outcome unknown = send(Check{.extra_attribute = 0x0033}.packet(), path(1));
  EXPECT_EQ(unknown.verdict, Verdict::refused);
  EXPECT_EQ(error_of(unknown), 420U);
  const auto reply = stun::MessageView::parse(as_bytes(unknown.reply));
  EXPECT_EQ(to_hex(*reply->find(stun::AttributeType::unknown_attributes)), "0033");
  EXPECT_TRUE(reply->has_integrity(kLocal.pwd));

  const Outcome conflict = send(Check{.controlled = true}.packet(), path(1));
  EXPECT_EQ(conflict.verdict, Verdict::refused);
  EXPECT_EQ(error_of(conflict), 487U);
  EXPECT_TRUE(agent_.paths().empty());
  EXPECT_EQ(send(Check{.extra_attribute = 0xC057}.packet(), path(1)).verdict, Verdict::accepted);
}

TEST_F(LiteAgentTest, IgnoresWhatIsNoRequest) {
  for (const auto c : {stun::Class::indication, stun::Class::success, stun::Class::error}) {
    const Outcome outcome =
        send(stun::MessageBuilder(c, {}).username("AoursXYZ:them").finish(kLocal.pwd), path(1));
    EXPECT_EQ(outcome.verdict, Verdict::ignored);
    EXPECT_EQ(outcome.reply, "");
  }
  EXPECT_EQ(send("nonsense", path(1)).verdict, Verdict::malformed);
  EXPECT_TRUE(agent_.paths().empty());
}

TEST_F(LiteAgentTest, FollowsTheNomination) {
  check(path(1));
  EXPECT_FALSE(check(path(2)).selected_changed);
  EXPECT_EQ(agent_.selected(), path(1));
  EXPECT_TRUE(check(path(2), true).selected_changed);
  EXPECT_EQ(agent_.selected(), path(2));
  EXPECT_TRUE(agent_.nominated());
  EXPECT_FALSE(check(path(2), true).selected_changed);
  EXPECT_FALSE(check(path(1)).selected_changed);

  // The phone changes its network.
  const Outcome moved = check(path(3), true);
  EXPECT_TRUE(moved.path_validated && moved.selected_changed);
  EXPECT_EQ(agent_.selected(), path(3));
}

TEST_F(LiteAgentTest, ARepeatedCheckFromElsewhereMovesNothing) {
  const std::string packet = Check{.nominate = true}.packet();
  send(packet, path(1));
  EXPECT_EQ(send(packet, path(1)).verdict, Verdict::accepted);
  const Outcome replay = send(packet, path(666));
  EXPECT_EQ(replay.verdict, Verdict::replayed);
  EXPECT_EQ(replay.reply, "");
  EXPECT_EQ(agent_.selected(), path(1));
  EXPECT_FALSE(agent_.is_valid(path(666)));
}

TEST_F(LiteAgentTest, ConsentRunsOut) {
  EXPECT_FALSE(agent_.next_expiry());
  check(path(1), true);
  check(path(2));
  EXPECT_EQ(agent_.next_expiry(), clock_.now() + seconds(30));
  clock_.advance(seconds(20));
  check(path(2));
  clock_.advance(milliseconds(9'999));
  EXPECT_FALSE(agent_.expire(clock_.now()));
  EXPECT_EQ(agent_.selected(), path(1));
  clock_.advance(milliseconds(1));
  EXPECT_TRUE(agent_.expire(clock_.now()));
  EXPECT_EQ(agent_.selected(), path(2));
  EXPECT_FALSE(agent_.nominated());
  clock_.advance(seconds(20));
  EXPECT_TRUE(agent_.expire(clock_.now()));
  EXPECT_FALSE(agent_.selected());
  EXPECT_FALSE(agent_.next_expiry());
  EXPECT_FALSE(agent_.expire(clock_.now()));
}

TEST_F(LiteAgentTest, ChecksKeepConsent) {
  check(path(1), true);
  for (int i = 0; i < 100; ++i) {
    clock_.advance(seconds(5));
    EXPECT_FALSE(check(path(1), true).selected_changed);
    EXPECT_FALSE(agent_.expire(clock_.now()));
  }
  EXPECT_TRUE(agent_.nominated());
}

TEST_F(LiteAgentTest, KeepsFewPathsAndTheSelectedOneAmongThem) {
  check(path(1), true);
  for (std::uint16_t port = 2; port <= 40; ++port) {
    clock_.advance(milliseconds(1));
    check(path(port));
  }
  EXPECT_EQ(agent_.paths().size(), kPathsMax);
  EXPECT_EQ(agent_.selected(), path(1));
  EXPECT_TRUE(agent_.is_valid(path(1)));
  EXPECT_TRUE(agent_.is_valid(path(40)));
  EXPECT_FALSE(agent_.is_valid(path(2)));
}

TEST_F(LiteAgentTest, ARestartTakesOverWhenThePeerUsesIt) {
  check(path(1), true);
  agent_.restart(kRenewed, "they");
  EXPECT_EQ(agent_.local(), kRenewed);
  EXPECT_TRUE(agent_.answers_to("AoursXYZ"));
  EXPECT_TRUE(agent_.answers_to("Arenewed"));
  EXPECT_EQ(check(path(1), true).verdict, Verdict::accepted);

  const Outcome first = renewed_check(path(2));
  EXPECT_TRUE(first.restarted && first.path_validated);
  EXPECT_FALSE(first.selected_changed);
  EXPECT_EQ(agent_.selected(), path(1));
  EXPECT_EQ(check(path(1)).verdict, Verdict::unauthenticated);
  EXPECT_FALSE(agent_.answers_to("AoursXYZ"));

  const Outcome nominated = renewed_check(path(2), true);
  EXPECT_TRUE(nominated.selected_changed);
  EXPECT_FALSE(nominated.restarted);
  EXPECT_EQ(agent_.selected(), path(2));
  EXPECT_FALSE(agent_.is_valid(path(1)));
}

TEST_F(LiteAgentTest, ARestartThatNobodyUsedGivesWay) {
  check(path(1), true);
  agent_.restart({"Aunused", "unusedunusedunusedunus"}, "they");
  agent_.restart(kRenewed, "they");
  EXPECT_TRUE(agent_.answers_to("AoursXYZ"));
  EXPECT_FALSE(agent_.answers_to("Aunused"));
  EXPECT_EQ(check(path(1)).verdict, Verdict::accepted);
  // The same path under new credentials stays valid and selected.
  EXPECT_FALSE(renewed_check(path(1), true).selected_changed);
  EXPECT_EQ(agent_.paths().size(), 1U);
}

TEST_F(LiteAgentTest, ForgetsAClosedConnection) {
  const Path tcp = path(9, 7, Transport::tcp);
  check(path(1));
  check(tcp, true);
  EXPECT_EQ(agent_.selected(), tcp);
  EXPECT_FALSE(agent_.forget(8));
  EXPECT_TRUE(agent_.forget(7));
  EXPECT_EQ(agent_.selected(), path(1));
}

TEST(AddressedUfrag, NamesTheSession) {
  EXPECT_EQ(addressed_ufrag(as_bytes(Check{}.packet())), "AoursXYZ");
  EXPECT_FALSE(addressed_ufrag(as_bytes(Check{.username = ":them"}.packet())));
  EXPECT_FALSE(addressed_ufrag(as_bytes(Check{.username = "AoursXYZ"}.packet())));
  EXPECT_FALSE(addressed_ufrag(as_bytes(Check{.username = ""}.packet())));
  EXPECT_FALSE(addressed_ufrag(as_bytes("nonsense")));
  EXPECT_FALSE(addressed_ufrag(
      as_bytes(stun::MessageBuilder(stun::Class::indication, {}).username("a:b").finish())));
}

TEST(Credentials, AreFreshAndWellFormed) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const Credentials made = make_credentials("k");
    EXPECT_TRUE(is_ufrag(made.ufrag)) << made.ufrag;
    EXPECT_TRUE(is_pwd(made.pwd)) << made.pwd;
    EXPECT_TRUE(made.ufrag.starts_with('k'));
    seen.insert(made.ufrag);
    seen.insert(made.pwd);
  }
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_FALSE(is_ufrag("abc"));
  EXPECT_FALSE(is_ufrag("ab-d"));
  EXPECT_FALSE(is_ufrag(std::string(257, 'a')));
  EXPECT_FALSE(is_pwd(std::string(21, 'a')));
}

}  // namespace
}  // namespace geili::media::ice
