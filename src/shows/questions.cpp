#include "shows/questions.hpp"

#include "shows/chat.hpp"

namespace geili::shows {
namespace {

#define GEILI_QUESTIONS                                                             \
  "SELECT seq, said_at, author_name, text, answered_at, answered_by FROM chat_line" \
  " WHERE show_id = $1 AND is_question = 1 AND seq IS NOT NULL AND hidden_at IS NULL"

Question read_question(const store::Row& row) {
  return {.seq = row.integer(0),
          .said_at = row.instant(1),
          .author_name = row.string(2),
          .text = row.string(3),
          .answered_at = row.optional_instant(4),
          .answered_by = row.optional_id<PersonId>(5)};
}

}  // namespace

std::vector<Question> questions_of(store::Tx& tx, ShowId show) {
  std::vector<Question> all;
  const auto add = [&](const store::Row& row) { all.push_back(read_question(row)); };
  tx.each(add, GEILI_QUESTIONS " AND answered_at IS NULL ORDER BY seq LIMIT $2", show,
          kOpenQuestionsMax);
  tx.each(add,
          GEILI_QUESTIONS
          " AND answered_at IS NOT NULL ORDER BY answered_at DESC, seq DESC"
          " LIMIT $2",
          show, kAnsweredQuestionsMax);
  return all;
}

Result<bool> answer_question(store::Tx& tx, ShowId show, std::int64_t seq, PersonId by,
                             Instant now) {
  auto line = find_chat(tx, show, seq);
  if (!line) return fail_as(line);
  if (line->hidden_at) {
    return fail(ErrorKind::not_found, "message-not-found", "The message is hidden.");
  }
  if (!line->is_question) {
    return fail(ErrorKind::conflict, "not-a-question", "The message asks nothing.");
  }
  return tx.exec(
             "UPDATE chat_line SET answered_at = $3, answered_by = $4"
             " WHERE show_id = $1 AND seq = $2 AND answered_at IS NULL",
             show, seq, now, by) > 0;
}

QuestionCount count_questions(store::Tx& tx, ShowId show) {
  return tx
      .one(
          [](const store::Row& row) {
            return QuestionCount{.asked = row.integer(0), .answered = row.integer(1)};
          },
          "SELECT COUNT(*), COUNT(answered_at) FROM chat_line WHERE show_id = $1"
          " AND is_question = 1 AND seq IS NOT NULL AND hidden_at IS NULL",
          show)
      .value_or(QuestionCount{});
}

}  // namespace geili::shows
