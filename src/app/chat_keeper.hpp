#pragma once
// Writes down what is said in rooms, so that a restart does not empty them. It never holds a room
// up: when the store is behind, lines are left out and counted.

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/id.hpp"
#include "live/events.hpp"
#include "shows/chat.hpp"
#include "store/database.hpp"

namespace geili::app {

// Thread-safe.
class ChatKeeper {
 public:
  static constexpr std::int64_t kLinesWaitingMax = 256;

  // `database` outlives the keeper. `lines_max` are kept of each show.
  explicit ChatKeeper(store::Database& database, std::size_t lines_max = shows::kChatLinesMax)
      : database_(database), lines_max_(lines_max) {}

  // Keeps a message, notes that one is hidden, passes over every other event. Never waits.
  void told(ShowId show, const live::SharedEvent& event);
  // Keeps what its author alone was shown. Never waits.
  void unheard(ShowId show, const live::SharedEvent& event) { submit(show, event); }

  std::uint64_t dropped_count() const { return counts_->dropped; }

 private:
  struct Counts {  // the database may answer after the keeper has gone
    std::atomic<std::int64_t> waiting = 0;
    std::atomic<std::uint64_t> dropped = 0;
  };

  void submit(ShowId show, const live::SharedEvent& event);

  store::Database& database_;
  const std::size_t lines_max_;
  const std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace geili::app
