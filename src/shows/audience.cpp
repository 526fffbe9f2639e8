#include "shows/audience.hpp"

namespace geili::shows {
namespace {

Instant step_of(Instant now) {
  const auto step_us = std::chrono::microseconds(kAudienceStep).count();
  return Instant{now.us - now.us % step_us};
}

}  // namespace

void note_audience(store::Tx& tx, ShowId show, const RoomSample& sample, Instant now) {
  const auto count = tx.integer("SELECT COUNT(*) FROM show_audience WHERE show_id = $1", show);
  if (count.value_or(0) >= kAudienceSamplesMax) return;
  tx.exec(
      "INSERT INTO show_audience (show_id, at, room, viewers, hearts)"
      " SELECT id, $2, $3, $4, $5 FROM show WHERE id = $1"
      " ON CONFLICT (show_id, at, room) DO UPDATE SET"
      " viewers = CASE WHEN excluded.viewers > show_audience.viewers THEN excluded.viewers"
      " ELSE show_audience.viewers END,"
      " hearts = excluded.hearts",
      show, step_of(now), sample.room, sample.viewers, sample.hearts);
}

std::vector<Audience> audience_of(store::Tx& tx, ShowId show) {
  std::vector<Audience> all;
  tx.each(
      [&](const store::Row& row) {
        all.push_back({.at = row.instant(0), .viewers = row.integer(1)});
      },
      "SELECT at, CAST(SUM(viewers) AS BIGINT) FROM show_audience WHERE show_id = $1"
      " GROUP BY at ORDER BY at",
      show);
  return all;
}

std::int64_t hearts_of(store::Tx& tx, ShowId show) {
  return tx
      .integer(
          "SELECT CAST(COALESCE(SUM(hearts), 0) AS BIGINT) FROM (SELECT MAX(hearts) AS hearts"
          " FROM show_audience WHERE show_id = $1 GROUP BY room) AS rooms",
          show)
      .value_or(0);
}

}  // namespace geili::shows
