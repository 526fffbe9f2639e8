#pragma once
// Tells the store what becomes of recordings.

#include <vector>

#include "media/recordings.hpp"
#include "store/database.hpp"

namespace geili::app {

// Thread-safe. What the store does not take is made up for by reconcile() at the next start.
class RecordingKeeper {
 public:
  // `database` outlives the keeper.
  explicit RecordingKeeper(store::Database& database) : database_(database) {}

  // Never waits.
  void told(const media::RecordingEvent& event);
  // Makes the store agree with what is on disk; returns the shows whose files nobody wants. Waits:
  // for the start of the program.
  std::vector<ShowId> reconcile(const std::vector<media::RecordingSummary>& found);

 private:
  store::Database& database_;
};

}  // namespace geili::app
