#include "app/recording_keeper.hpp"

#include "shows/recording.hpp"

namespace geili::app {
namespace {

shows::Recording as_kept(const media::RecordingSummary& summary) {
  return {.show = summary.show,
          .started_at = summary.started_at,
          .ended_at = summary.ended_at,
          .duration_us = summary.duration_us,
          .bytes = static_cast<std::int64_t>(summary.bytes)};
}

}  // namespace

void RecordingKeeper::told(const media::RecordingEvent& event) {
  using Kind = media::RecordingEvent::Kind;
  if (event.kind == Kind::removed) return;  // who removed it has told the store before
  auto job = [event](store::Tx& tx) {
    if (event.kind == Kind::expired) {
      shows::give_up_recording(tx, event.recording.show, shows::RecordingState::expired);
    } else {
      shows::keep_recording(tx, as_kept(event.recording));
    }
    return store::Verdict::keep;
  };
  (void)database_.submit_write(std::move(job), [](store::Outcome) {});
}

std::vector<ShowId> RecordingKeeper::reconcile(const std::vector<media::RecordingSummary>& found) {
  std::vector<shows::Recording> recordings;
  for (const media::RecordingSummary& summary : found) recordings.push_back(as_kept(summary));
  auto job = [&recordings](store::Tx& tx) -> Result<std::vector<ShowId>> {
    return shows::reconcile_recordings(tx, recordings);
  };
  auto unwanted = store::write_and_wait(database_, job);
  return unwanted ? *std::move(unwanted) : std::vector<ShowId>();
}

}  // namespace geili::app
