#include <gtest/gtest.h>

#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};
constexpr DeviceId kAna{7};

SendChat says(std::uint64_t key, std::string text, Role role = Role::viewer) {
  return {Actor{.key = key,
                .address = key,
                .role = role,
                .device = DeviceId{static_cast<std::int64_t>(key)}},
          "Ana", std::move(text)};
}
Room selling(std::vector<Sanction> sanctions = {}, ShowStatus status = ShowStatus::live) {
  return Room({.status = status,
               .chat_rules = {.terms = {.takes_orders = true},
                              .muted = nullptr,
                              .sanctions = std::move(sanctions),
                              .announcement = ""}});
}
std::string code_of(const Result<Applied>& result) {
  return result ? "none" : result.error().code;
}
std::string told(const Result<Applied>& applied) {
  std::string out;
  for (const SharedEvent& event : applied->events) append_event(out, *event);
  return out;
}
std::string state_of(Room& room) {
  std::string out;
  append_state(out, room.take_changes());
  return out;
}

TEST(RoomOrders, AreNotSaidButHeld) {
  Room room = selling();
  const auto ordered = room.apply(says(7, "3 x 12"), kNoon);
  ASSERT_TRUE(ordered);
  EXPECT_EQ(ordered->order, (CommentOrder{3, 12}));
  EXPECT_TRUE(ordered->events.empty());
  EXPECT_TRUE(room.snapshot().chat.empty());
  const auto talk = room.apply(says(8, "3 of 12"), kNoon);
  EXPECT_FALSE(talk->order);
  EXPECT_EQ(talk->events.size(), 1U);
}

TEST(RoomOrders, AreOfBuyersInAShowThatIsLiveAndTakesThem) {
  const auto is_talk = [](Room room, const SendChat& chat) {
    const auto said = room.apply(chat, kNoon);
    return said && !said->order && said->events.size() == 1;
  };
  EXPECT_TRUE(is_talk(selling(), says(7, "3 x 12", Role::host)));
  EXPECT_TRUE(is_talk(selling(), says(7, "3 x 12", Role::helper)));
  EXPECT_TRUE(is_talk(selling(), says(0, "3 x 12"))) << "no device, no hold";
  EXPECT_TRUE(is_talk(selling({}, ShowStatus::scheduled), says(7, "3 x 12")));
  EXPECT_TRUE(is_talk(Room({.status = ShowStatus::live}), says(7, "3 x 12")));
}

TEST(RoomOrders, KeepToTheRulesOfTheChat) {
  const auto code_where = [](SanctionKind kind) {
    Room room = selling({{kAna, kind, kNoon + seconds(60)}});
    return code_of(room.apply(says(7, "3 x 12"), kNoon));
  };
  EXPECT_EQ(code_where(SanctionKind::ban), "chat-banned");
  EXPECT_EQ(code_where(SanctionKind::timeout), "chat-timeout");
  Room slow({.status = ShowStatus::live,
             .chat_rules = {.terms = {.slow_mode_s = 30, .takes_orders = true},
                            .muted = nullptr,
                            .sanctions = {},
                            .announcement = ""}});
  ASSERT_TRUE(slow.apply(says(7, "3 x 12"), kNoon));
  EXPECT_EQ(code_of(slow.apply(says(7, "2 x 12"), kNoon + seconds(29))), "rate-limited");
  EXPECT_TRUE(slow.apply(says(7, "2 x 12"), kNoon + seconds(30))->order);
  EXPECT_EQ(code_of(slow.apply(says(7, "2 x 12"), kNoon + seconds(31))), "chat-duplicate");
}

TEST(RoomOrders, OfAShadowAreHeldAndSeenByItselfAlone) {
  Room room = selling({{kAna, SanctionKind::shadow, std::nullopt}});
  const auto ordered = room.apply(says(7, "3 x 12"), kNoon);
  ASSERT_TRUE(ordered);
  EXPECT_EQ(ordered->order, (CommentOrder{3, 12}));
  EXPECT_TRUE(ordered->unheard);
  EXPECT_TRUE(ordered->events.empty());
}

TEST(RoomOrders, AreToldOnceTheyAreHeld) {
  Room room = selling();
  const auto taken = room.apply_once(9, TellTaken{{"Ana", ProductId{5}, 12, 3}}, kNoon);
  EXPECT_EQ(told(taken), R"({"type":"taken","seq":1,"at":"2026-11-18T11:06:40.000Z","name":"Ana",)"
                         R"("product_id":"5","number":12,"quantity":3})");
  EXPECT_EQ(taken->lane, Lane::immediate);
  for (const UnitsTaken& bad :
       {UnitsTaken{"Ana", ProductId{0}, 12, 3}, UnitsTaken{"Ana", ProductId{5}, 0, 3},
        UnitsTaken{"Ana", ProductId{5}, 12, 0}, UnitsTaken{"\xff", ProductId{5}, 12, 3}}) {
    EXPECT_EQ(code_of(room.apply(TellTaken{bad}, kNoon)), "invalid-field");
  }
  EXPECT_EQ(wanted_frame({.order = {3, 12}, .product = ProductId{5}, .refused = "sold-out"}),
            R"({"wanted":{"product_id":"5","number":12,"quantity":3,"refused":"sold-out"}})");
}

PacketTold packet() {
  return {.id = PacketId{4},
          .title = "Red packet",
          .state = PacketState::open,
          .split = PacketSplit::lucky,
          .total = {2'000, *Currency::parse("CNY")},
          .min_order_minor = 500,
          .envelopes = 5,
          .left = 5,
          .closes_at = Instant{0}};
}

TEST(RoomPackets, AreToldAndWhatIsLeftIsAState) {
  Room room = selling();
  EXPECT_EQ(
      told(room.apply_once(5, TellPacket{packet()}, kNoon)),
      R"({"type":"red_packet","seq":1,"at":"2026-11-18T11:06:40.000Z","packet":{"id":"4",)"
      R"("title":"Red packet","state":"open","split":"lucky","total":{"minor":2000,"currency":"CNY"},)"
      R"("min_order":{"minor":500,"currency":"CNY"},"envelopes":5,"left":5,)"
      R"("closes_at":"1970-01-01T00:00:00.000Z"}})");
  EXPECT_EQ(state_of(room), R"({"packet":{"packet_id":"4","left":5}})");
  ASSERT_TRUE(room.apply_once(7, SetPacketLeft{{PacketId{4}, 3}}, kNoon));
  ASSERT_TRUE(room.apply_once(6, SetPacketLeft{{PacketId{4}, 4}}, kNoon)) << "an older fact";
  EXPECT_EQ(state_of(room), R"({"packet":{"packet_id":"4","left":3}})");
  EXPECT_EQ(room.snapshot().packet, (PacketLeft{PacketId{4}, 3}));
  EXPECT_EQ(room.apply_once(8, SetPacketLeft{{PacketId{4}, 0}}, kNoon)->lane, Lane::immediate);
}

TEST(RoomPackets, RefuseWhatDoesNotFit) {
  Room room = selling();
  const auto broken = [&](auto change) {
    PacketTold bad = packet();
    change(bad);
    return code_of(room.apply(TellPacket{bad}, kNoon));
  };
  EXPECT_EQ(broken([](PacketTold& bad) { bad.id = PacketId{0}; }), "invalid-field");
  EXPECT_EQ(broken([](PacketTold& bad) { bad.title = ""; }), "invalid-field");
  EXPECT_EQ(broken([](PacketTold& bad) { bad.total.minor = 0; }), "invalid-field");
  EXPECT_EQ(broken([](PacketTold& bad) { bad.min_order_minor = -1; }), "invalid-field");
  EXPECT_EQ(broken([](PacketTold& bad) { bad.left = 6; }), "invalid-field");
  EXPECT_EQ(code_of(room.apply(SetPacketLeft{{PacketId{0}, 1}}, kNoon)), "invalid-field");
  EXPECT_EQ(code_of(room.apply(SetPacketLeft{{PacketId{4}, -1}}, kNoon)), "invalid-field");
  EXPECT_FALSE(room.has_changes());
}

TEST(RoomCheers, OfEnoughViewersAreToldOnce) {
  Room room = selling({{kAna, SanctionKind::shadow, std::nullopt}});
  EXPECT_EQ(room.apply(says(1, "geili!"), kNoon)->events.size(), 1U);
  EXPECT_EQ(room.apply(says(7, "geili!"), kNoon)->events.size(), 0U) << "nobody hears a shadow";
  EXPECT_EQ(room.apply(says(9, "geili!", Role::host), kNoon)->events.size(), 1U);
  EXPECT_TRUE(room.apply(SendHearts{says(2, "").actor, 5}, kNoon)->events.empty());
  const auto third = room.apply(SendHearts{says(3, "").actor, 1}, kNoon);
  EXPECT_EQ(told(third), R"({"type":"burst","seq":3,"at":"2026-11-18T11:06:40.000Z","cheers":3})");
  EXPECT_EQ(third->lane, Lane::immediate);
  for (const std::uint64_t key : {4, 5, 6}) {
    EXPECT_TRUE(room.apply(SendHearts{says(key, "").actor, 1}, kNoon + seconds(1))->events.empty());
  }
}

TEST(RoomCheers, AShadowCheersByNoHeartsEither) {
  Room room = selling({{kAna, SanctionKind::shadow, std::nullopt}});
  for (const std::uint64_t key : {1, 2, 7}) {
    EXPECT_TRUE(room.apply(SendHearts{says(key, "").actor, 1}, kNoon)->events.empty()) << key;
  }
  EXPECT_EQ(room.apply(SendHearts{says(3, "").actor, 1}, kNoon)->events.size(), 1U);
}

TEST(RoomCheers, AreOfAShowThatIsLive) {
  Room room = selling({}, ShowStatus::scheduled);
  for (const std::uint64_t key : {1, 2, 3}) {
    EXPECT_TRUE(room.apply(SendHearts{says(key, "").actor, 1}, kNoon)->events.empty());
  }
}

}  // namespace
}  // namespace geili::live
