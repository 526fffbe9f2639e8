#pragma once
// A connection that is made again when it was lost. Used by one thread.

#include <atomic>
#include <chrono>
#include <optional>

#include "store/postgres/connection.hpp"

namespace geili::store::postgres {

class Link {
 public:
  // Connects at once; throws as Connection's constructor. `settings` and `is_reachable`, where all
  // links of a store note what they last saw of the server, outlive it.
  Link(const Settings& settings, std::atomic<bool>& is_reachable);

  // The connection, made anew when there is none. Throws StoreUnavailable when that fails, and at
  // once while the last failure is young.
  Connection& get();
  void drop();
  // A job was served.
  void note_success() {
    if (!is_reachable_) is_reachable_ = true;
  }

 private:
  using SteadyClock = std::chrono::steady_clock;

  void note_failure();

  const Settings& settings_;
  std::atomic<bool>& is_reachable_;
  std::optional<Connection> connection_;
  std::chrono::milliseconds backoff_{0};
  SteadyClock::time_point not_before_{};
};

}  // namespace geili::store::postgres
