#pragma once
// What a running server does by itself from time to time. Each is spawned once and runs until its
// executor does; what it refers to outlives that.

#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"
#include "base/clock.hpp"
#include "flows/outbox_relay.hpp"
#include "store/database.hpp"

namespace geili::app {

// How late a notice is told whose transaction nobody woke the relay for.
inline constexpr std::chrono::milliseconds kRelayWakeEvery{1000};
// Where other processes write, too, this is how late their news may be.
inline constexpr std::chrono::milliseconds kSharedRelayWakeEvery{50};
// How long a process may be stopped and still miss nothing.
inline constexpr std::chrono::minutes kOutboxKeptFor{1};
inline constexpr std::chrono::hours kSessionSweepEvery{1};

// Deletes sessions and links that have expired, at once and then every so often.
boost::asio::awaitable<void> sweep_sessions(store::Database* database, const Clock* clock);

inline constexpr std::chrono::hours kChatSweepEvery{1};

// Forgets what was said in shows longer ago than `kept_for`, and sanctions that are over; at once
// and then every so often.
boost::asio::awaitable<void> sweep_chat(store::Database* database, const Clock* clock,
                                        std::chrono::days kept_for);

// How late a hold or a deal ends in the books; nobody can buy it, or at its price, from the moment
// its time is over.
inline constexpr std::chrono::milliseconds kHoldSweepEvery{1000};

// Ends holds and deals whose time is over, and passes units on; at once again while there are more.
boost::asio::awaitable<void> sweep_holds(store::Database* database, const Clock* clock,
                                         std::chrono::milliseconds every);
// How late a draw is drawn, or an auction or a red packet closed, whose time is over.
inline constexpr std::chrono::milliseconds kStageRoundEvery{500};

// Draws and closes what is due.
boost::asio::awaitable<void> keep_stage(store::Database* database, const Clock* clock,
                                        std::chrono::milliseconds every);
// How late the next show of a series is planned; most are with the start of the one before.
inline constexpr std::chrono::seconds kSeriesRoundEvery{30};

// Plans what series lack.
boost::asio::awaitable<void> keep_series(store::Database* database, const Clock* clock,
                                         std::chrono::milliseconds every);
// How late a payment expires, and a call to a provider begins.
inline constexpr std::chrono::milliseconds kPaymentRoundEvery{1000};

// Ends payments that expired and asks providers what is to be asked (api/payment_calls.hpp).
boost::asio::awaitable<void> keep_payments(const api::Context* context);

// Keeps how many watch each live show whose room is open here, a sample every
// shows::kAudienceStep.
boost::asio::awaitable<void> keep_audience(const api::Context* context,
                                           std::chrono::milliseconds every);

// Finds what a read that failed or a wake-up that was lost has left in the outbox.
boost::asio::awaitable<void> wake_regularly(flows::OutboxRelay* relay,
                                            std::chrono::milliseconds every);

}  // namespace geili::app
