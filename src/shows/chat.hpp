#pragma once
// The last words of a show's room, kept so that a room that begins again still has them.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "store/tx.hpp"

namespace geili::shows {

struct ChatLine {
  std::int64_t seq = 0;  // the room's number of it
  Instant said_at;
  std::string author_name;
  std::string author_role;  // viewer, helper, host
  std::string text;
};

// Forgets all but the newest `lines_max` of the show. A show that is not there keeps nothing.
void keep_chat(store::Tx& tx, ShowId show, const ChatLine& line, std::size_t lines_max);
void forget_chat(store::Tx& tx, ShowId show, std::int64_t seq);
// Oldest first.
std::vector<ChatLine> kept_chat(store::Tx& tx, ShowId show);

// How many of the kept lines were said in each minute after `from`; those before it are left out.
std::map<std::int64_t, std::int64_t> chat_by_minute(store::Tx& tx, ShowId show, Instant from);

}  // namespace geili::shows
