#include "store/postgres/link.hpp"

#include <algorithm>

namespace geili::store::postgres {
namespace {

constexpr std::chrono::milliseconds kBackoffLeast{100};
constexpr std::chrono::milliseconds kBackoffMost{2'000};

}  // namespace

Link::Link(const Settings& settings, std::atomic<bool>& is_reachable)
    : settings_(settings), is_reachable_(is_reachable) {
  connection_.emplace(settings_);
  is_reachable_ = true;
}

Connection& Link::get() {
  if (connection_) return *connection_;
  if (SteadyClock::now() < not_before_) {
    throw StoreUnavailable("The PostgreSQL database could not be reached a moment ago.");
  }
  try {
    connection_.emplace(settings_);
  } catch (const StoreFailure& failure) {
    note_failure();
    throw StoreUnavailable(failure.what());
  }
  backoff_ = {};
  is_reachable_ = true;
  return *connection_;
}

void Link::note_failure() {
  backoff_ = std::clamp(backoff_ * 2, kBackoffLeast, kBackoffMost);
  not_before_ = SteadyClock::now() + backoff_;
  is_reachable_ = false;
}

void Link::drop() {
  connection_.reset();
}

}  // namespace geili::store::postgres
