#pragma once
// What is remembered of a show's recording. The files themselves are media's.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

enum class RecordingState : std::uint8_t {
  kept,
  deleted,  // by somebody
  expired,  // too old, or the oldest when there was no room
};
std::string_view to_text(RecordingState state);

struct Recording {
  ShowId show;
  Instant started_at;
  Instant ended_at;  // of what is kept so far
  std::int64_t duration_us = 0;
  std::int64_t bytes = 0;
};

// Remembers it, as kept. Nothing is remembered of a show that is not there.
void keep_recording(store::Tx& tx, const Recording& recording);
// `state` is deleted or expired. Does nothing when it is not kept.
void give_up_recording(store::Tx& tx, ShowId show, RecordingState state);
// Fails with recording-not-found, and with recording-gone when there was one.
Result<Recording> find_recording(store::Tx& tx, ShowId show);

// Of all that were found on disk: remembers them, and returns those that are to be removed, as they
// were deleted or their show is no more. What is remembered as kept and was not found has expired.
std::vector<ShowId> reconcile_recordings(store::Tx& tx, const std::vector<Recording>& found);

}  // namespace geili::shows
