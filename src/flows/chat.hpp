#pragma once
// What people of a shop do to keep its chat safe, and what the rooms hear of it.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/chat_rules.hpp"
#include "shows/chat_sanctions.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Fails with shop-not-found, invalid-field, version-mismatch.
Result<shows::ChatRules> set_chat_rules(store::Tx& tx, ShopId shop, const shows::ChatRules& rules,
                                        std::int64_t expected_version, const Clock& clock);

struct SanctionAuthor {
  ShowId show;
  std::int64_t seq = 0;  // of a message of theirs
  shows::SanctionKind kind = shows::SanctionKind::timeout;
  std::int64_t seconds = 0;  // of a timeout
  PersonId by;
};
// In all shows of the shop, in the place of what was set before; a ban hides all they have said.
// Fails with show-not-found, message-not-found, chat-sanctions-limit; chat-author-of-shop: people
// of the shop are not kept quiet; chat-author-unknown: who said it is not known any more.
Result<shows::Sanction> sanction_author(store::Tx& tx, const SanctionAuthor& wish,
                                        const Clock& clock);
// Fails with sanction-not-found.
Result<shows::Sanction> lift_sanction(store::Tx& tx, ShopId shop, shows::SanctionId sanction,
                                      const Clock& clock);

// As shows::announce() and shows::withdraw_announcement().
Result<shows::Show> announce(store::Tx& tx, ShowId show, std::string_view text, const Clock& clock);
Result<shows::Show> withdraw_announcement(store::Tx& tx, ShowId show, const Clock& clock);

}  // namespace geili::flows
