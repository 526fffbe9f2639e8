#pragma once
// What is told of a show: one message for each kind, one delivery for each device that asked, which
// gets no message twice. All functions run inside the caller's transaction; nobody calls out in it.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "push/subscription.hpp"
#include "store/tx.hpp"

namespace geili::push {

using DeliveryId = Id<struct PushDeliveryTag>;

inline constexpr int kAttemptsMax = 6;
// How long one process has a delivery to itself; longer than its call may take.
inline constexpr std::chrono::seconds kDeliveryLease{60};
inline constexpr std::int64_t kSpreadAtOnce = 500;
inline constexpr std::chrono::milliseconds kRetryAfterMax{600'000};  // that a push service may ask

enum class Kind : std::uint8_t { soon, moved, live };
std::string_view to_text(Kind kind);

struct Message {
  ShowId show;
  ShopId shop;
  Kind kind = Kind::soon;
  bool with_shop = true;  // those who asked for all of the shop's shows are told, too
  Instant due_at;
};
// The first one of a show and kind counts; a later one changes nothing.
void announce(store::Tx& tx, const Message& message, Instant now);
std::optional<Message> find_message(store::Tx& tx, ShowId show, Kind kind);
bool was_announced(store::Tx& tx, ShowId show, Kind kind);
// Takes it back, so that it can be announced anew and be told to everybody, also to who heard it
// already. What is being sent meanwhile may still arrive.
void retract(store::Tx& tx, ShowId show, Kind kind);

// Writes deliveries of messages that are due, kSpreadAtOnce at most. Returns whether there may be
// more. A reminder of one show is used up by the message that it is live.
bool spread(store::Tx& tx, Instant now);

// A message to spread, or a delivery that nobody has.
bool is_any_due(store::Tx& tx, Instant now);
// Counts no further than `max`.
std::int64_t count_waiting(store::Tx& tx, std::int64_t max);

struct Attempt {
  DeliveryId delivery;
  int number = 1;  // this attempt, from 1
  ShowId show;
  Kind kind = Kind::soon;
  DeviceId device;
  SealedTarget target;
  std::string language;
};
// What is due and nobody has, at most `count`, under a lease of kDeliveryLease: two processes never
// get the same. Those of devices that are subscribed no more end here.
std::vector<Attempt> take(store::Tx& tx, std::int64_t count, Instant now);
// Its sense is gone: it is never sent.
void drop(store::Tx& tx, const Attempt& attempt);

enum class Answer : std::uint8_t {
  taken,
  gone,      // the subscription is no more: it is deleted
  refused,   // for good
  not_now,   // it is tried again, and given up after kAttemptsMax
  not_sent,  // it is put back and not counted
};
struct Outcome {
  DeliveryId delivery;
  int number = 1;
  DeviceId device;
  Bytes endpoint_hash;
  Answer answer = Answer::taken;
  std::chrono::milliseconds wait{0};  // that the push service asks for
};
struct Settled {
  std::int64_t sent = 0;
  std::int64_t failed = 0;    // attempts
  std::int64_t gone = 0;      // subscriptions
  std::int64_t given_up = 0;  // deliveries
};
// `random`: any 64 random bits.
Settled settle(store::Tx& tx, const std::vector<Outcome>& outcomes, std::uint64_t random,
               Instant now);

// How long after attempt `number`, counted from 1, the next one comes; none after the last.
std::optional<std::chrono::milliseconds> retry_after(int number, std::uint64_t random);

inline constexpr std::chrono::days kMessagesKeptFor{30};
inline constexpr std::chrono::days kRemindersKeptFor{400};
// Removes what is older, with its deliveries. True: there is more.
bool sweep(store::Tx& tx, Instant now);

}  // namespace geili::push
