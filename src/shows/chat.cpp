#include "shows/chat.hpp"

#include <algorithm>

namespace geili::shows {
namespace {

// Counting what is kept costs a walk over it: a show may have so many lines more.
constexpr std::int64_t kTrimEvery = 200;

#define GEILI_LINE_COLUMNS                                                         \
  "seq, said_at, author_name, author_role, text, device_id, hidden_at, hidden_by," \
  " is_question, answered_at, lang"

ChatLine read_line(const store::Row& row) {
  return {.seq = row.optional_integer(0),
          .said_at = row.instant(1),
          .author_name = row.string(2),
          .author_role = row.string(3),
          .text = row.string(4),
          .device = row.optional_id<DeviceId>(5),
          .hidden_at = row.optional_instant(6),
          .hidden_by = row.optional_id<PersonId>(7),
          .is_question = row.boolean(8),
          .answered_at = row.optional_instant(9),
          .language = row.string(10)};
}

}  // namespace

void keep_chat(store::Tx& tx, ShowId show, const ChatLine& line, std::size_t lines_max) {
  tx.exec(
      "INSERT INTO chat_line (show_id, seq, said_at, device_id, author_name, author_role, text,"
      " is_question, lang) SELECT id, $2, $3, $4, $5, $6, $7, $8, $9 FROM show WHERE id = $1"
      " ON CONFLICT DO NOTHING",
      show, line.seq, line.said_at, line.device, line.author_name, line.author_role, line.text,
      std::int64_t{line.is_question ? 1 : 0}, line.language);
  const auto kept = static_cast<std::int64_t>(lines_max);
  if (line.seq.value_or(1) % std::min(kTrimEvery, kept) != 0) return;
  tx.exec(
      "DELETE FROM chat_line WHERE show_id = $1 AND id <= (SELECT id FROM chat_line"
      " WHERE show_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
      show, kept);
}

void hide_chat(store::Tx& tx, ShowId show, std::int64_t seq, std::optional<PersonId> by,
               Instant now) {
  tx.exec(
      "UPDATE chat_line SET hidden_at = COALESCE(hidden_at, $3), hidden_by = COALESCE(hidden_by, "
      "$4)"
      " WHERE show_id = $1 AND seq = $2",
      show, seq, now, by);
}

void hide_chat_of(store::Tx& tx, ShopId shop, DeviceId device, PersonId by, Instant now) {
  tx.exec(
      "UPDATE chat_line SET hidden_at = $3, hidden_by = $4"
      " WHERE device_id = $2 AND seq IS NOT NULL AND hidden_at IS NULL"
      " AND show_id IN (SELECT id FROM show WHERE shop_id = $1)",
      shop, device, now, by);
}

std::vector<ChatLine> shown_chat(store::Tx& tx, ShowId show, std::size_t lines_max) {
  std::vector<ChatLine> lines;
  tx.each([&](const store::Row& row) { lines.push_back(read_line(row)); },
          "SELECT " GEILI_LINE_COLUMNS
          " FROM chat_line WHERE show_id = $1 AND seq IS NOT NULL AND hidden_at IS NULL"
          " ORDER BY seq DESC LIMIT $2",
          show, static_cast<std::int64_t>(lines_max));
  std::ranges::reverse(lines);
  return lines;
}

std::int64_t newest_chat_seq(store::Tx& tx, ShowId show) {
  return *tx.integer("SELECT COALESCE(MAX(seq), 0) FROM chat_line WHERE show_id = $1", show);
}

std::vector<ChatLine> kept_chat(store::Tx& tx, ShowId show) {
  std::vector<ChatLine> lines;
  tx.each([&](const store::Row& row) { lines.push_back(read_line(row)); },
          "SELECT " GEILI_LINE_COLUMNS " FROM chat_line WHERE show_id = $1 ORDER BY id", show);
  return lines;
}

std::map<std::int64_t, std::int64_t> chat_by_minute(store::Tx& tx, ShowId show, Instant from) {
  std::map<std::int64_t, std::int64_t> count;
  tx.each([&](const store::Row& row) { count[row.integer(0)] = row.integer(1); },
          "SELECT (said_at - $2) / 60000000 AS minute, COUNT(*) FROM chat_line"
          " WHERE show_id = $1 AND said_at >= $2 GROUP BY 1",
          show, from);
  return count;
}

Result<ChatLine> find_chat(store::Tx& tx, ShowId show, std::int64_t seq) {
  auto line = tx.one(read_line,
                     "SELECT " GEILI_LINE_COLUMNS " FROM chat_line WHERE show_id = $1 AND seq = $2",
                     show, seq);
  if (!line) return fail(ErrorKind::not_found, "message-not-found", "No such message is kept.");
  return *std::move(line);
}

bool sweep_chat(store::Tx& tx, Instant before) {
  return tx.exec(
             "DELETE FROM chat_line WHERE id IN"
             " (SELECT id FROM chat_line WHERE said_at < $1 ORDER BY said_at LIMIT $2)",
             before, std::int64_t{kChatSweepMax}) == kChatSweepMax;
}

}  // namespace geili::shows
