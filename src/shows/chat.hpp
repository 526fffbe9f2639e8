#pragma once
// What was said in a show's room: kept for a time, so that a room that begins again still has its
// last words, and the shop can look back.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::size_t kChatLinesMax = 20'000;  // of a show; the oldest go
inline constexpr int kChatSweepMax = 1'000;           // lines of one job

struct ChatLine {
  std::optional<std::int64_t> seq;  // the room's number; none: its author alone was shown it
  Instant said_at;
  std::string author_name;
  std::string author_role;  // viewer, helper, host
  std::string text;
  std::optional<DeviceId> device;  // of a viewer
  std::optional<Instant> hidden_at = {};
  std::optional<PersonId> hidden_by = {};
  bool is_question = false;
  std::optional<Instant> answered_at = {};  // of a question
  std::string language = {};                // as the room took it; empty: not known
};

// Now and then forgets all but the newest `lines_max` of the show. A show that is not there keeps
// nothing.
void keep_chat(store::Tx& tx, ShowId show, const ChatLine& line,
               std::size_t lines_max = kChatLinesMax);
// Marks a message as taken away; whoever did it first stays noted, and none is less than somebody.
void hide_chat(store::Tx& tx, ShowId show, std::int64_t seq, std::optional<PersonId> by,
               Instant now);
// Likewise all that a device said in the shop's shows.
void hide_chat_of(store::Tx& tx, ShopId shop, DeviceId device, PersonId by, Instant now);

// The last that everybody may see, oldest first.
std::vector<ChatLine> shown_chat(store::Tx& tx, ShowId show, std::size_t lines_max);
// The newest number that was given, hidden messages included; 0: none.
std::int64_t newest_chat_seq(store::Tx& tx, ShowId show);
// Everything that is kept, oldest first.
std::vector<ChatLine> kept_chat(store::Tx& tx, ShowId show);
// Fails with message-not-found.
Result<ChatLine> find_chat(store::Tx& tx, ShowId show, std::int64_t seq);

// Forgets lines that were said before `before`, kChatSweepMax at most; whether there may be more.
bool sweep_chat(store::Tx& tx, Instant before);

// How many of the kept lines were said in each minute after `from`; those before it are left out.
std::map<std::int64_t, std::int64_t> chat_by_minute(store::Tx& tx, ShowId show, Instant from);

}  // namespace geili::shows
