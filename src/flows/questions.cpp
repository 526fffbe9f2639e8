#include "flows/questions.hpp"

#include "flows/outbox.hpp"
#include "shows/questions.hpp"

namespace geili::flows {

Result<bool> answer_question(store::Tx& tx, ShowId show, std::int64_t seq, PersonId by,
                             const Clock& clock) {
  const Instant now = clock.now();
  auto was_open = shows::answer_question(tx, show, seq, by, now);
  if (was_open && *was_open) append(tx, show, QuestionAnswered{seq}, now);
  return was_open;
}

}  // namespace geili::flows
