#include "shows/questions.hpp"

#include <gtest/gtest.h>

#include "shows/chat.hpp"
#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using std::chrono::seconds;
using store::Tx;

class QuestionsTest : public ShowStoreTest {
 protected:
  void SetUp() override {
    show_ = create();
    for (const std::int64_t seq : {1, 2, 3, 4}) say(seq, seq != 3);
  }
  void say(std::optional<std::int64_t> seq, bool is_question) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      keep_chat(tx, show_,
                {.seq = seq,
                 .said_at = clock_.now(),
                 .author_name = "Ana",
                 .author_role = "viewer",
                 .text = "How long?",
                 .device = DeviceId{7},
                 .is_question = is_question});
      return {};
    }));
  }
  void hide(std::int64_t seq) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      hide_chat(tx, show_, seq, PersonId{3}, clock_.now());
      return {};
    }));
  }
  Result<bool> answer(std::int64_t seq, PersonId by = PersonId{3}) {
    return write([&](Tx& tx) { return answer_question(tx, show_, seq, by, clock_.now()); });
  }
  std::vector<Question> all() {
    return *read([&](Tx& tx) -> Result<std::vector<Question>> { return questions_of(tx, show_); });
  }
  std::string told() {
    std::string seqs;
    for (const Question& one : all()) {
      seqs += std::to_string(one.seq) + (one.answered_at ? "! " : " ");
    }
    return seqs;
  }

  ShowId show_;
};

TEST_F(QuestionsTest, OpenOnesComeFirstThenTheNewestAnswer) {
  EXPECT_EQ(told(), "1 2 4 ");
  EXPECT_EQ(answer(2), true);
  clock_.advance(seconds(1));
  EXPECT_EQ(answer(1), true);
  EXPECT_EQ(told(), "4 1! 2! ");
  EXPECT_EQ(all()[1].answered_by, PersonId{3});
  EXPECT_EQ(all()[1].answered_at, clock_.now());
  EXPECT_EQ(all()[0].text, "How long?");
}

TEST_F(QuestionsTest, WhoAnsweredFirstStaysNoted) {
  EXPECT_EQ(answer(1), true);
  clock_.advance(seconds(1));
  EXPECT_EQ(answer(1, PersonId{5}), false);
  EXPECT_EQ(all().back().answered_by, PersonId{3});
}

TEST_F(QuestionsTest, WhatIsHiddenOrAsksNothingIsNone) {
  hide(1);
  EXPECT_EQ(told(), "2 4 ");
  EXPECT_EQ(answer(1).error().code, "message-not-found");
  EXPECT_EQ(answer(9).error().code, "message-not-found");
  EXPECT_EQ(answer(3).error().code, "not-a-question");
}

TEST_F(QuestionsTest, AreCountedWithoutThoseNobodyMaySee) {
  say(std::nullopt, true);
  ASSERT_TRUE(answer(1));
  ASSERT_TRUE(answer(2));
  hide(2);
  const auto count =
      *read([&](Tx& tx) -> Result<QuestionCount> { return count_questions(tx, show_); });
  EXPECT_EQ(count.asked, 2);
  EXPECT_EQ(count.answered, 1);
}

}  // namespace
}  // namespace geili::shows
