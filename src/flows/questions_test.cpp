#include "flows/questions.hpp"

#include <gtest/gtest.h>

#include "flows/show_report.hpp"
#include "flows/test_market.hpp"
#include "shows/chat.hpp"

namespace geili::flows {
namespace {

class QuestionsFlowTest : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    told();
    for (const std::int64_t seq : {1, 2}) {
      ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
        shows::keep_chat(tx, show_,
                         {.seq = seq,
                          .said_at = clock_.now(),
                          .author_name = "Ana",
                          .author_role = "viewer",
                          .text = "How long?",
                          .device = DeviceId{7},
                          .is_question = true});
        return {};
      }));
    }
  }
  Result<bool> answer(std::int64_t seq) {
    return write([&](Tx& tx) { return answer_question(tx, show_, seq, PersonId{3}, clock_); });
  }
};

TEST_F(QuestionsFlowTest, TheRoomHearsOnceThatAQuestionWasAnswered) {
  EXPECT_EQ(answer(1), true);
  EXPECT_EQ(answer(1), false);
  EXPECT_EQ(answer(9).error().code, "message-not-found");
  EXPECT_EQ(told(), std::vector<std::string>{topic() + R"({"type":"answered","answered_seq":1})"});
}

TEST_F(QuestionsFlowTest, TheReportCountsThem) {
  ASSERT_TRUE(answer(2));
  const auto all = read([&](Tx& tx) { return show_report(tx, shop_, show_, clock_); });
  ASSERT_TRUE(all);
  EXPECT_EQ(all->questions, 2);
  EXPECT_EQ(all->questions_answered, 1);
}

}  // namespace
}  // namespace geili::flows
