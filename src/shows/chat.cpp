#include "shows/chat.hpp"

namespace geili::shows {

void keep_chat(store::Tx& tx, ShowId show, const ChatLine& line, std::size_t lines_max) {
  tx.exec(
      "INSERT INTO show_chat (show_id, seq, said_at, author_name, author_role, text)"
      " SELECT id, $2, $3, $4, $5, $6 FROM show WHERE id = $1 ON CONFLICT DO NOTHING",
      show, line.seq, line.said_at, line.author_name, line.author_role, line.text);
  tx.exec(
      "DELETE FROM show_chat WHERE show_id = $1 AND seq <= (SELECT seq FROM show_chat"
      " WHERE show_id = $1 ORDER BY seq DESC LIMIT 1 OFFSET $2)",
      show, static_cast<std::int64_t>(lines_max));
}

void forget_chat(store::Tx& tx, ShowId show, std::int64_t seq) {
  tx.exec("DELETE FROM show_chat WHERE show_id = $1 AND seq = $2", show, seq);
}

std::vector<ChatLine> kept_chat(store::Tx& tx, ShowId show) {
  std::vector<ChatLine> lines;
  tx.each(
      [&](const store::Row& row) {
        lines.push_back({.seq = row.integer(0),
                         .said_at = row.instant(1),
                         .author_name = row.string(2),
                         .author_role = row.string(3),
                         .text = row.string(4)});
      },
      "SELECT seq, said_at, author_name, author_role, text FROM show_chat WHERE show_id = $1"
      " ORDER BY seq",
      show);
  return lines;
}

std::map<std::int64_t, std::int64_t> chat_by_minute(store::Tx& tx, ShowId show, Instant from) {
  std::map<std::int64_t, std::int64_t> count;
  tx.each([&](const store::Row& row) { count[row.integer(0)] = row.integer(1); },
          "SELECT (said_at - $2) / 60000000 AS minute, COUNT(*) FROM show_chat"
          " WHERE show_id = $1 AND said_at >= $2 GROUP BY 1",
          show, from);
  return count;
}

}  // namespace geili::shows
