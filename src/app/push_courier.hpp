#pragma once
// Brings reminders to push services: takes what is due under leases, sends it, and writes down what
// came of it. No transaction is open while a call is under way, and several processes on one
// database never take the same delivery.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"
#include "app/http_transport.hpp"
#include "flows/reminders.hpp"
#include "ops/log.hpp"
#include "push/delivery.hpp"

namespace geili::app {

inline constexpr std::chrono::milliseconds kPushRoundEvery{1000};
inline constexpr std::chrono::minutes kPushSweepEvery{10};
// As many calls as there are connections, in lots of which a slow one keeps up no other.
inline constexpr std::int64_t kPushLot = 8;
inline constexpr std::int64_t kPushLotsMax = static_cast<std::int64_t>(kConnectionsMax) / kPushLot;
inline constexpr std::int64_t kPushWaitingShownMax = 100'000;

// What it has done since it began; any thread.
struct PushFigures {
  std::int64_t sent = 0;
  std::int64_t failed = 0;    // attempts
  std::int64_t gone = 0;      // subscriptions that a push service no longer knows
  std::int64_t given_up = 0;  // reminders
  std::int64_t waiting = 0;   // of every process; as of the last round
};

// Its coroutines belong to the one executor that run() is spawned on; it goes when that runs no
// more, and before the executor does: its transport's thread hands answers to it.
class PushCourier {
 public:
  PushCourier(const api::Context& context, ops::Log& log) : context_(context), log_(log) {}
  PushCourier(const PushCourier&) = delete;
  PushCourier& operator=(const PushCourier&) = delete;
  ~PushCourier() = default;

  // Runs until its executor does.
  boost::asio::awaitable<void> run();
  PushFigures figures() const;

 private:
  boost::asio::awaitable<void> round();
  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<std::vector<push::Outcome>> bring(std::vector<flows::Reminder> reminders);
  boost::asio::awaitable<void> sweep();
  void tell();

  const api::Context& context_;
  ops::Log& log_;
  HttpTransport transport_;
  std::int64_t serving_ = 0;  // lots
  PushFigures told_;          // as the log has them
  std::atomic<std::int64_t> sent_ = 0;
  std::atomic<std::int64_t> failed_ = 0;
  std::atomic<std::int64_t> gone_ = 0;
  std::atomic<std::int64_t> given_up_ = 0;
  std::atomic<std::int64_t> waiting_ = 0;
};

}  // namespace geili::app
