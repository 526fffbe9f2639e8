#pragma once
// Questions of the chat that the host answers, and what the room hears of it.

#include <cstdint>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// As shows::answer_question(); the room is told once.
Result<bool> answer_question(store::Tx& tx, ShowId show, std::int64_t seq, PersonId by,
                             const Clock& clock);

}  // namespace geili::flows
