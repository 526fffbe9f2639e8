#include "shows/recording.hpp"

#include <algorithm>
#include <array>

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 3> kStates{"kept", "deleted", "expired"};

bool is_wanted(store::Tx& tx, ShowId show) {
  return tx
      .integer(
          "SELECT 1 FROM show WHERE id = $1 AND NOT EXISTS"
          " (SELECT 1 FROM recording WHERE show_id = $1 AND state = 'deleted')",
          show)
      .has_value();
}

}  // namespace

std::string_view to_text(RecordingState state) {
  return kStates[static_cast<std::size_t>(state)];
}

void keep_recording(store::Tx& tx, const Recording& recording) {
  tx.exec(
      "INSERT INTO recording (show_id, state, started_at, ended_at, duration_us, bytes)"
      " SELECT id, 'kept', $2, $3, $4, $5 FROM show WHERE id = $1"
      " ON CONFLICT (show_id) DO UPDATE SET state = 'kept', started_at = excluded.started_at,"
      " ended_at = excluded.ended_at, duration_us = excluded.duration_us, bytes = excluded.bytes",
      recording.show, recording.started_at, recording.ended_at, recording.duration_us,
      recording.bytes);
}

void give_up_recording(store::Tx& tx, ShowId show, RecordingState state) {
  tx.exec("UPDATE recording SET state = $2 WHERE show_id = $1 AND state = 'kept'", show,
          to_text(state));
}

Result<Recording> find_recording(store::Tx& tx, ShowId show) {
  bool is_kept = false;
  const auto read = [&](const store::Row& row) {
    is_kept = row.text(1) == to_text(RecordingState::kept);
    return Recording{.show = row.id<ShowId>(0),
                     .started_at = row.instant(2),
                     .ended_at = row.instant(3),
                     .duration_us = row.integer(4),
                     .bytes = row.integer(5)};
  };
  const auto found = tx.one(read,
                            "SELECT show_id, state, started_at, ended_at, duration_us, bytes"
                            " FROM recording WHERE show_id = $1",
                            show);
  if (!found) {
    return fail(ErrorKind::not_found, "recording-not-found", "This show was not recorded.");
  }
  if (!is_kept) {
    return fail(ErrorKind::gone, "recording-gone", "The recording of this show is no longer kept.");
  }
  return *found;
}

std::vector<ShowId> reconcile_recordings(store::Tx& tx, const std::vector<Recording>& found) {
  std::vector<ShowId> unwanted;
  for (const Recording& recording : found) {
    if (is_wanted(tx, recording.show)) {
      keep_recording(tx, recording);
    } else {
      unwanted.push_back(recording.show);
    }
  }
  std::vector<ShowId> lost;
  tx.each(
      [&](const store::Row& row) {
        const auto show = row.id<ShowId>(0);
        if (std::ranges::find(found, show, &Recording::show) == found.end()) lost.push_back(show);
      },
      "SELECT show_id FROM recording WHERE state = 'kept'");
  for (const ShowId show : lost) give_up_recording(tx, show, RecordingState::expired);
  return unwanted;
}

}  // namespace geili::shows
