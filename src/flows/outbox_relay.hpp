#pragma once
// Carries the outbox to the bus: the only way by which rooms learn what was committed. It reads the
// rows that are new, publishes them in order, and deletes them in the background.
//
// Every row is published at least once. After a crash, rows that were told but not yet deleted are
// told again; the id in each message lets a room pass over what it knows. Ids must become visible
// in their order, which one writer gives; of several nodes on one database one runs the relay.

#include <cstdint>
#include <memory>

#include "bus/bus.hpp"
#include "store/database.hpp"

namespace geili::flows {

struct RelayFigures {
  std::uint64_t published = 0;
  std::uint64_t refused = 0;  // by the bus: bad topic or too large
  std::uint64_t retries = 0;  // reads that failed and were left to the next wake()
};

// Thread-safe.
class OutboxRelay {
 public:
  // `database` and `bus` outlive the relay. Publishes at once what an earlier run has left.
  OutboxRelay(store::Database& database, bus::Bus& bus);
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
