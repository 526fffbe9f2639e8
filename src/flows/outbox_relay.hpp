#pragma once
// Carries the outbox to the bus: the only way by which rooms learn what was committed. It reads the
// rows that are new, publishes them in order, and deletes them in the background.
//
// Every row is published at least once. After a crash, rows that were told but not yet deleted are
// told again; the id in each message lets a room pass over what it knows. Ids become visible in
// their order (Tx::last). Of several processes on one database each runs a relay and tells its own
// rooms everything; rows then stay for a while.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "bus/bus.hpp"
#include "store/database.hpp"

namespace geili::flows {

struct RelayFigures {
  std::uint64_t passes = 0;  // readings that succeeded
  std::uint64_t published = 0;
  std::uint64_t refused = 0;  // by the bus: bad topic or too large
  std::uint64_t retries = 0;  // reads that failed and were left to the next wake()
};

struct RelaySettings {
  // How long rows stay for other processes' relays; 0 where there are none. Then the relay passes
  // over what was there before it, as its rooms are younger.
  std::chrono::milliseconds keep_for{0};
  // Rows may have gone untold, as for most of keep_for none could be read: read the truth from the
  // store again. On a thread of the database; must not block.
  std::function<void()> missed;
};

// Thread-safe.
class OutboxRelay {
 public:
  // `database` and `bus` outlive the relay. Publishes at once what an earlier run has left.
  OutboxRelay(store::Database& database, bus::Bus& bus, RelaySettings settings = {});
  // After it nothing is published any more. Not on a thread of the database.
  ~OutboxRelay();
  OutboxRelay(const OutboxRelay&) = delete;
  OutboxRelay& operator=(const OutboxRelay&) = delete;

  // There may be something new. Cheap, never waits; on any thread.
  void wake();
  // The same database, which calls wake() after each write it answers. It lives as long as the
  // relay.
  store::Database& database();

  RelayFigures figures() const;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace geili::flows
