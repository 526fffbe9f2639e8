#include "shows/chat_rules.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.hpp"
#include "shows/show_row.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 2> kWho{"everyone", "members"};
constexpr std::array<std::string_view, 2> kLinks{"allowed", "off"};
constexpr int kOpenShowsMax = 100;

template <class Enum>
std::optional<Enum> parse(const std::array<std::string_view, 2>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

// As the row has them: a line each.
std::string in_lines(const std::vector<std::string>& words) {
  std::string lines;
  for (const std::string& word : words) lines += word + '\n';
  return lines;
}

std::vector<std::string> from_lines(std::string_view lines) {
  std::vector<std::string> words;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    words.emplace_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
  return words;
}

ChatRules read_rules(const store::Row& row) {
  return {.slow_mode_s = row.integer(0),
          .who = *parse_chat_who(row.text(1)),
          .links = *parse_chat_links(row.text(2)),
          .takes_orders = row.integer(5) != 0,
          .mutes_common = row.integer(3) != 0,
          .muted_words = from_lines(row.text(4)),
          .version = row.integer(6)};
}

// Trimmed, and each once.
Result<std::vector<std::string>> checked_words(const std::vector<std::string>& words) {
  if (words.size() > kMutedWordsMax) {
    return fail(
        Error::invalid_field("/muted_words", "holds more than " + std::to_string(kMutedWordsMax)));
  }
  std::vector<std::string> checked;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto word = checked_text(words[i], {.min_length = 1, .max_length = kMutedWordMax},
                             "/muted_words/" + std::to_string(i));
    if (!word) return fail_as(word);
    if (seen.insert(*word).second) checked.push_back(*std::move(word));
  }
  return checked;
}

std::unexpected<Error> changed_since() {
  return fail(ErrorKind::precondition, "version-mismatch", "The rules have changed since.");
}

}  // namespace

std::string_view to_text(ChatWho who) {
  return kWho[static_cast<std::size_t>(who)];
}
std::string_view to_text(ChatLinks links) {
  return kLinks[static_cast<std::size_t>(links)];
}
std::optional<ChatWho> parse_chat_who(std::string_view text) {
  return parse<ChatWho>(kWho, text);
}
std::optional<ChatLinks> parse_chat_links(std::string_view text) {
  return parse<ChatLinks>(kLinks, text);
}

ChatRules find_chat_rules(store::Tx& tx, ShopId shop) {
  return tx
      .one(read_rules,
           "SELECT slow_mode_s, who, links, mutes_common, muted_words, takes_orders,"
           " version FROM chat_rules"
           " WHERE shop_id = $1",
           shop)
      .value_or(ChatRules{});
}

Result<ChatRules> set_chat_rules(store::Tx& tx, ShopId shop, const ChatRules& rules,
                                 std::int64_t expected_version) {
  if (rules.slow_mode_s < 0 || rules.slow_mode_s > kSlowModeMax_s) {
    return fail(Error::invalid_field("/slow_mode_s", "is out of range"));
  }
  auto words = checked_words(rules.muted_words);
  if (!words) return fail_as(words);
  // A shop without a row has no version that the statement could compare.
  if (find_chat_rules(tx, shop).version != expected_version) return changed_since();
  ChatRules kept = rules;
  kept.muted_words = *std::move(words);
  kept.version = expected_version + 1;
  const auto changed = tx.exec(
      "INSERT INTO chat_rules (shop_id, slow_mode_s, who, links, mutes_common, muted_words,"
      " takes_orders, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (shop_id) DO "
      "UPDATE SET"
      " slow_mode_s = excluded.slow_mode_s, who = excluded.who, links = excluded.links,"
      " mutes_common = excluded.mutes_common, muted_words = excluded.muted_words,"
      " takes_orders = excluded.takes_orders, version = excluded.version WHERE chat_rules.version "
      "= excluded.version - 1",
      shop, kept.slow_mode_s, to_text(kept.who), to_text(kept.links),
      std::int64_t{kept.mutes_common ? 1 : 0}, in_lines(kept.muted_words),
      std::int64_t{kept.takes_orders ? 1 : 0}, kept.version);
  if (changed == 0) return changed_since();
  return kept;
}

std::optional<std::string> find_announcement(store::Tx& tx, ShowId show) {
  return tx
      .one([](const store::Row& row) { return row.optional_string(0); },
           "SELECT announcement FROM show WHERE id = $1", show)
      .value_or(std::nullopt);
}

Result<Show> announce(store::Tx& tx, ShowId show, std::string_view text) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status == ShowStatus::ended) {
    return fail(ErrorKind::conflict, "show-ended", "The show has ended.");
  }
  auto checked = checked_text(text, {.min_length = 1, .max_length = kAnnouncementMax}, "/text");
  if (!checked) return fail_as(checked);
  tx.exec("UPDATE show SET announcement = $2 WHERE id = $1", show, *checked);
  return found;
}

Result<Show> withdraw_announcement(store::Tx& tx, ShowId show) {
  auto found = find_show(tx, show);
  if (!found) return found;
  tx.exec("UPDATE show SET announcement = NULL WHERE id = $1", show);
  return found;
}

std::vector<ShowId> open_shows_of(store::Tx& tx, ShopId shop) {
  std::vector<ShowId> found;
  tx.each([&](const store::Row& row) { found.push_back(row.id<ShowId>(0)); },
          "SELECT id FROM show WHERE shop_id = $1 AND list_rank < 2"
          " ORDER BY list_rank, list_at, id LIMIT $2",
          shop, kOpenShowsMax);
  return found;
}

}  // namespace geili::shows
