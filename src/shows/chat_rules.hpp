#pragma once
// How a shop wants the chat of its shows.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::int64_t kSlowModeMax_s = 300;
inline constexpr std::size_t kMutedWordsMax = 200;
inline constexpr std::size_t kMutedWordMax = 40;      // code points
inline constexpr std::size_t kAnnouncementMax = 200;  // code points

enum class ChatWho : std::uint8_t { everyone, members };
enum class ChatLinks : std::uint8_t { allowed, off };
std::string_view to_text(ChatWho who);
std::string_view to_text(ChatLinks links);
std::optional<ChatWho> parse_chat_who(std::string_view text);
std::optional<ChatLinks> parse_chat_links(std::string_view text);

// As they are where a shop has said nothing.
struct ChatRules {
  std::int64_t slow_mode_s = 0;  // between two messages of one viewer; 0: off
  ChatWho who = ChatWho::everyone;
  ChatLinks links = ChatLinks::allowed;
  bool takes_orders = true;  // "3 x 12" in the chat holds three of number 12
  bool mutes_common = true;  // insults and bait, of a list that comes with the program
  std::vector<std::string> muted_words;
  std::int64_t version = 1;  // grows with each change
  friend bool operator==(const ChatRules&, const ChatRules&) = default;
};

ChatRules find_chat_rules(store::Tx& tx, ShopId shop);
// Changes all of it but the version. Fails with invalid-field, version-mismatch.
Result<ChatRules> set_chat_rules(store::Tx& tx, ShopId shop, const ChatRules& rules,
                                 std::int64_t expected_version);

// What stands above the chat of a show; none: nothing does.
std::optional<std::string> find_announcement(store::Tx& tx, ShowId show);
// Fail with show-not-found; announce() with show-ended and invalid-field. Withdrawing where nothing
// stands changes nothing.
Result<Show> announce(store::Tx& tx, ShowId show, std::string_view text);
Result<Show> withdraw_announcement(store::Tx& tx, ShowId show);

// Shows of the shop that have not ended: live ones first, then the next to start; at most 100.
std::vector<ShowId> open_shows_of(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
