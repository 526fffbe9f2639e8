#include <gtest/gtest.h>

#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};
constexpr DeviceId kAna{7};
constexpr DeviceId kBad{8};

SendChat says(DeviceId device, std::string text, Role role = Role::viewer) {
  const auto key = static_cast<std::uint64_t>(device.value);
  return {Actor{.key = key, .address = key, .role = role, .device = device}, "Ana",
          std::move(text)};
}
SendChat member_says(std::string text) {
  SendChat chat = says(kAna, std::move(text));
  chat.actor.is_member = true;
  return chat;
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

std::shared_ptr<const MutedWords> muting(std::string word) {
  return std::make_shared<const MutedWords>(std::vector<std::string>{std::move(word)},
                                            MutedWords::Common::without);
}

ChatRules rules(ChatTerms terms, std::vector<Sanction> sanctions = {}) {
  return {.terms = terms, .muted = nullptr, .sanctions = std::move(sanctions), .announcement = ""};
}
Room room_with(ChatRules chat) {
  return Room({.status = ShowStatus::live, .chat_rules = std::move(chat)});
}
Room room_where(SanctionKind kind, std::optional<Instant> until = std::nullopt) {
  return room_with(rules({}, {{kBad, kind, until}}));
}

TEST(RoomChat, PeopleOfTheShopAreFreeOfEveryRule) {
  ChatRules all = rules({.slow_mode_s = 60, .who = ChatWho::members, .links = ChatLinks::off},
                        {{DeviceId{1}, SanctionKind::ban, std::nullopt},
                         {DeviceId{2}, SanctionKind::ban, std::nullopt}});
  all.muted = muting("plastic");
  Room room = room_with(all);
  for (const Role role : {Role::host, Role::helper}) {
    for (const char* text : {"no plastic here", "see pearls.com", "now"}) {
      EXPECT_EQ(
          code_of(room.apply(says(DeviceId{static_cast<std::int64_t>(role)}, text, role), kNoon)),
          "none")
          << text;
    }
  }
  EXPECT_EQ(code_of(room.apply(says(DeviceId{1}, "now"), kNoon)), "chat-banned");
}

TEST(RoomChat, SlowModeHoldsForEachViewer) {
  Room room = room_with(rules({.slow_mode_s = 30}));
  ASSERT_TRUE(room.apply(says(kAna, "one"), kNoon));
  ASSERT_TRUE(room.apply(says(kBad, "one"), kNoon));
  const auto early = room.apply(says(kAna, "two"), kNoon + milliseconds(29'999));
  ASSERT_EQ(code_of(early), "rate-limited");
  EXPECT_EQ(early.error().figures.at(0).second, 1);
  EXPECT_EQ(code_of(room.apply(says(kAna, "two"), kNoon - seconds(5))), "rate-limited");
  EXPECT_TRUE(room.apply(says(kAna, "two"), kNoon + seconds(30)));
}

TEST(RoomChat, WhatIsRefusedDoesNotSlowDown) {
  ChatRules slow = rules({.slow_mode_s = 30});
  slow.muted = muting("plastic");
  Room room = room_with(slow);
  ASSERT_EQ(code_of(room.apply(says(kAna, "plastic"), kNoon)), "chat-muted-word");
  EXPECT_TRUE(room.apply(says(kAna, "pearl"), kNoon));
}

TEST(RoomChat, WordsAreLookedForAtAPace) {
  ChatRules strict = rules({});
  strict.muted = muting("plastic");
  Room room = room_with(strict);
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(code_of(room.apply(says(kAna, "plastic"), kNoon)), "chat-muted-word");
  }
  EXPECT_EQ(code_of(room.apply(says(kAna, "plastic"), kNoon)), "rate-limited");
}

TEST(RoomChat, MembersAlone) {
  Room room = room_with(rules({.who = ChatWho::members}));
  EXPECT_EQ(code_of(room.apply(says(kAna, "hi"), kNoon)), "chat-members-only");
  EXPECT_EQ(code_of(room.apply(member_says("hi"), kNoon)), "none");
}

TEST(RoomChat, LinksAndMutedWordsAlsoInNames) {
  ChatRules strict = rules({.links = ChatLinks::off});
  strict.muted = muting("plastic");
  Room room = room_with(strict);
  const auto path_of = [&](SendChat chat) {
    const auto refused = room.apply(chat, kNoon);
    return code_of(refused) + " " + refused.error().fields.at(0).path;
  };
  EXPECT_EQ(path_of(says(kAna, "see pearls.com")), "chat-link /text");
  EXPECT_EQ(path_of(says(kAna, "all plastic")), "chat-muted-word /text");
  SendChat named = says(kAna, "hi");
  named.name = "Plastic";
  EXPECT_EQ(path_of(named), "chat-muted-word /name");
  named.name = "pearls.com";
  EXPECT_EQ(path_of(named), "chat-link /name");
}

TEST(RoomChat, ATimeoutEnds) {
  Room room = room_where(SanctionKind::timeout, kNoon + seconds(60));
  const auto refused = room.apply(says(kBad, "hi"), kNoon + milliseconds(500));
  ASSERT_EQ(code_of(refused), "chat-timeout");
  EXPECT_EQ(refused.error().figures.at(0),
            (std::pair<std::string, std::int64_t>("retry_after_ms", 59'500)));
  EXPECT_TRUE(room.apply(says(kAna, "hi"), kNoon));
  EXPECT_TRUE(room.apply(SendHearts{says(kBad, "").actor, 1}, kNoon));
  EXPECT_TRUE(room.apply(says(kBad, "hi"), kNoon + seconds(60)));
  EXPECT_EQ(room.snapshot().hearts, 1);
}

TEST(RoomChat, WhoIsBannedSaysNothingAndGivesNoHearts) {
  Room room = room_where(SanctionKind::ban);
  EXPECT_EQ(code_of(room.apply(says(kBad, "hi"), kNoon)), "chat-banned");
  EXPECT_TRUE(room.apply(SendHearts{says(kBad, "").actor, 9}, kNoon));
  EXPECT_EQ(room.snapshot().hearts, 0);
  EXPECT_FALSE(room.has_changes());
}

TEST(RoomChat, AShadowIsHeardByItselfAlone) {
  ChatRules strict = rules({.slow_mode_s = 30}, {{kBad, SanctionKind::shadow, std::nullopt}});
  strict.muted = muting("plastic");
  Room room = room_with(strict);
  EXPECT_EQ(code_of(room.apply(says(kBad, "plastic"), kNoon)), "chat-muted-word");
  const auto said = room.apply(says(kBad, "mine <b>cheaper</b>"), kNoon);
  ASSERT_TRUE(said);
  EXPECT_TRUE(said->events.empty());
  EXPECT_EQ(said->lane, Lane::none);
  EXPECT_EQ(own_frame(*said->unheard),
            R"({"own":{"at":"2026-11-18T11:06:40.000Z","name":"Ana","role":"viewer",)"
            R"("text":"mine <b>cheaper</b>"}})");
  EXPECT_EQ(said->unheard->seq, 0);
  EXPECT_EQ(std::get<ChatMessage>(said->unheard->body).author_device, kBad);
  EXPECT_EQ(room.last_seq(), 0);
  EXPECT_TRUE(room.snapshot().chat.empty());
  EXPECT_EQ(code_of(room.apply(says(kBad, "again"), kNoon)), "rate-limited") << "as for others";
}

TEST(RoomChat, ABanHidesWhatIsShown) {
  const auto old = [](std::int64_t seq, DeviceId device) {
    return Event{seq, kNoon, ChatMessage{"Bad", Role::viewer, "old", false, device}};
  };
  Room room({.seq = 4, .status = ShowStatus::live, .chat = {old(2, kBad), old(4, kAna)}});
  ASSERT_TRUE(room.apply(says(kBad, "one"), kNoon));
  ASSERT_TRUE(room.apply(says(kAna, "two"), kNoon));
  const SetChat ban{9, rules({}, {{kBad, SanctionKind::ban, std::nullopt}})};
  const auto applied = room.apply(ban, kNoon);
  EXPECT_EQ(told(applied),
            R"({"type":"hidden","seq":7,"at":"2026-11-18T11:06:40.000Z","hidden_seq":2})"
            R"({"type":"hidden","seq":8,"at":"2026-11-18T11:06:40.000Z","hidden_seq":5})");
  EXPECT_EQ(applied->lane, Lane::immediate);
  const Snapshot after = room.snapshot();
  ASSERT_EQ(after.chat.size(), 2U);
  EXPECT_EQ(after.chat[1]->seq, 6);
  EXPECT_TRUE(std::get<ChatMessage>(room.events_after(4)->front()->body).text.empty());
  EXPECT_TRUE(room.apply(ban, kNoon)->events.empty()) << "told twice, done once";
}

TEST(RoomChat, ATimeoutOrAShadowHidesNothing) {
  for (const SanctionKind kind : {SanctionKind::timeout, SanctionKind::shadow}) {
    Room room = room_with({});
    ASSERT_TRUE(room.apply(says(kBad, "one"), kNoon));
    const SetChat set{9, rules({}, {{kBad, kind, kNoon + seconds(60)}})};
    EXPECT_TRUE(room.apply(set, kNoon)->events.empty());
    EXPECT_EQ(room.snapshot().chat.size(), 1U);
  }
}

TEST(RoomChat, ViewersAreToldTheTermsAndNeverTheWords) {
  Room room = room_with({});
  ChatRules changed = rules({.slow_mode_s = 10, .who = ChatWho::members, .links = ChatLinks::off});
  changed.muted = muting("plastic");
  changed.announcement = "Free \"shipping\" <tonight>";
  EXPECT_EQ(room.apply(SetChat{5, changed}, kNoon)->lane, Lane::immediate);
  EXPECT_EQ(state_of(room),
            R"({"chat":{"slow_mode_s":10,"who":"members","links":"off","takes_orders":false},)"
            R"("announcement":"Free \"shipping\" <tonight>"})");
  EXPECT_EQ(code_of(room.apply(member_says("plastic"), kNoon)), "chat-muted-word");
  EXPECT_EQ(room.apply(SetChat{6, changed}, kNoon)->lane, Lane::none);
  EXPECT_FALSE(room.has_changes());
  const std::string frame =
      SnapshotFrame(room.snapshot()).for_viewer({.name = "Ana", .is_member = true}, {});
  EXPECT_TRUE(frame.contains(R"("you":{"role":"viewer","name":"Ana","member":true})")) << frame;
  EXPECT_TRUE(frame.contains(R"("announcement":"Free \"shipping\" <tonight>")")) << frame;
  EXPECT_FALSE(frame.contains("plastic")) << frame;
}

TEST(RoomChat, AnOlderReadingChangesNothing) {
  Room room({.outbox_id = 4, .status = ShowStatus::live});
  ASSERT_TRUE(room.apply(SetChat{9, rules({.slow_mode_s = 10})}, kNoon));
  ASSERT_TRUE(room.apply(SetChat{8, rules({.slow_mode_s = 99})}, kNoon));
  ASSERT_TRUE(room.apply(CatchUp{.outbox_id = 8, .status = ShowStatus::live}, kNoon));
  EXPECT_EQ(room.snapshot().terms.slow_mode_s, 10);
  ASSERT_TRUE(room.apply(CatchUp{.outbox_id = 10, .status = ShowStatus::live}, kNoon));
  EXPECT_EQ(room.snapshot().terms.slow_mode_s, 0);
}

TEST(RoomChat, AsksForItsRulesOnceAChange) {
  Room room({.outbox_id = 4, .status = ShowStatus::live});
  EXPECT_EQ(code_of(room.apply_once(4, ChatChanged{}, kNoon)), "already-told");
  EXPECT_TRUE(room.apply_once(5, ChatChanged{}, kNoon)->asks_for_chat);
  EXPECT_EQ(code_of(room.apply_once(5, ChatChanged{}, kNoon)), "already-told");
}

TEST(RoomChat, WhatWasLiftedHoldsNoMore) {
  Room room = room_where(SanctionKind::ban);
  ASSERT_TRUE(room.apply(SetChat{9, rules({})}, kNoon));
  EXPECT_TRUE(room.apply(says(kBad, "hi"), kNoon));
}

TEST(RoomChat, AMessageTellsItsLanguageAndWhereItCanBeTranslated) {
  Room room({.status = ShowStatus::live, .translates = true});
  SendChat chat = says(kAna, "How much is it?");
  chat.page_language = "en";
  EXPECT_NE(told(room.apply(chat, kNoon)).find(R"("lang":"en")"), std::string::npos);
  EXPECT_NE(told(room.apply(says(kAna, "多少钱"), kNoon)).find(R"("lang":"zh")"),
            std::string::npos);
  EXPECT_EQ(told(room.apply(says(kAna, "Hola"), kNoon)).find("lang"), std::string::npos);
  EXPECT_TRUE(room.snapshot().translates);
  const SnapshotFrame frame(room.snapshot());
  EXPECT_NE(frame.for_viewer({}, kNoon).find(R"(],"translates":true,"now":)"), std::string::npos);
  EXPECT_FALSE(Room({.status = ShowStatus::live}).snapshot().translates);
}

TEST(RoomChat, GivesAMessageAsFarBackAsItIsShown) {
  Room room(RoomStart{.status = ShowStatus::live},
            RoomLimits{.history_events_max = 2, .chat_backlog_max = 1});
  for (const char* text : {"one", "two", "three"}) {
    ASSERT_TRUE(room.apply(says(kAna, text), kNoon));
  }
  EXPECT_EQ(room.shown_message(1).error().code, "message-not-found") << "nobody is sent it again";
  EXPECT_EQ(std::get<ChatMessage>((*room.shown_message(2))->body).text, "two");
  EXPECT_EQ(std::get<ChatMessage>((*room.shown_message(3))->body).text, "three");
  ASSERT_TRUE(room.apply(HideMessage{Role::host, 3}, kNoon));
  EXPECT_FALSE(room.shown_message(3)) << "hidden";
  EXPECT_FALSE(room.shown_message(4)) << "no message";
  EXPECT_FALSE(room.shown_message(99));
}

}  // namespace
}  // namespace geili::live
