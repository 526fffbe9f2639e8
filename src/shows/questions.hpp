#pragma once
// What viewers asked in the chat of a show, and which of it was answered. Messages that were hidden
// are no questions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::int64_t kOpenQuestionsMax = 200;      // told at a time
inline constexpr std::int64_t kAnsweredQuestionsMax = 100;  // told at a time

struct Question {
  std::int64_t seq = 0;
  Instant said_at;
  std::string author_name;
  std::string text;
  std::optional<Instant> answered_at;
  std::optional<PersonId> answered_by;
};
// The open ones, oldest first, then those answered, the newest first.
std::vector<Question> questions_of(store::Tx& tx, ShowId show);

// Whether it was open until now: who answered it first stays noted. Fails with message-not-found
// (hidden, too) and not-a-question.
Result<bool> answer_question(store::Tx& tx, ShowId show, std::int64_t seq, PersonId by,
                             Instant now);

struct QuestionCount {
  std::int64_t asked = 0;
  std::int64_t answered = 0;
};
QuestionCount count_questions(store::Tx& tx, ShowId show);

}  // namespace geili::shows
