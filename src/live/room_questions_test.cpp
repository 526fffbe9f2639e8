#include <gtest/gtest.h>

#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

constexpr Instant kNoon{1'795'000'000'000'000};

SendChat says(std::string text, bool is_question = false, Role role = Role::viewer) {
  const Actor actor{.key = 7, .address = 7, .role = role, .device = DeviceId{7}};
  return {actor, "Ana", std::move(text), is_question};
}
Room live_room() {
  return Room({.status = ShowStatus::live, .chat_rules = {}});
}
std::string told(const SharedEvent& event) {
  std::string out;
  append_event(out, *event);
  return out;
}
bool is_question(const Result<Applied>& applied) {
  return std::get<ChatMessage>(applied->events.at(0)->body).is_question;
}

TEST(RoomQuestions, AreWhatAViewerCallsSoOrWhatReadsAsOne) {
  Room room = live_room();
  EXPECT_FALSE(is_question(room.apply(says("Lovely"), kNoon)));
  EXPECT_TRUE(is_question(room.apply(says("Tell me the price", true), kNoon)));
  const auto read = room.apply(says("How long?"), kNoon);
  EXPECT_NE(told(read->events[0]).find(R"("text":"How long?","question":true})"),
            std::string::npos);
  EXPECT_FALSE(is_question(room.apply(says("Who wants it?", true, Role::host), kNoon)));
}

TEST(RoomQuestions, StayAnsweredForWhoComesLater) {
  Room room = live_room();
  const std::int64_t seq = room.apply(says("How long?"), kNoon)->events[0]->seq;
  const auto answered = room.apply_once(9, MarkAnswered{seq}, kNoon);
  ASSERT_TRUE(answered);
  EXPECT_NE(told(answered->events[0]).find(R"("type":"answered","seq":2)"), std::string::npos);
  EXPECT_NE(told(answered->events[0]).find(R"("answered_seq":1})"), std::string::npos);
  const std::string kept = R"("question":true,"answered":true})";
  EXPECT_NE(told(room.snapshot().chat.at(0)).find(kept), std::string::npos);
  EXPECT_NE(told(room.events_after(0)->at(0)).find(kept), std::string::npos);
}

TEST(RoomQuestions, ThatAreHiddenStayHidden) {
  Room room = live_room();
  const std::int64_t seq = room.apply(says("How long?"), kNoon)->events[0]->seq;
  ASSERT_TRUE(room.apply(HideMessage{Role::host, seq}, kNoon));
  ASSERT_TRUE(room.apply(MarkAnswered{seq}, kNoon));
  EXPECT_EQ(told(room.events_after(0)->at(0)).find("answered"), std::string::npos);
}

}  // namespace
}  // namespace geili::live
