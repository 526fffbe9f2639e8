#include "push/delivery.hpp"

#include <algorithm>

#include "push/reminder.hpp"
#include "store/names.hpp"

namespace geili::push {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 3> kKinds{"soon", "moved", "live"};
constexpr std::array<seconds, kAttemptsMax - 1> kRetryAfter{seconds(5), seconds(15), seconds(60),
                                                            seconds(180), seconds(300)};
constexpr seconds kPutBackFor{5};
constexpr std::int64_t kSweptAtOnceMax = 500;

Bytes bytes_of(const store::Row& row, int column) {
  const ByteView bytes = row.bytes(column);
  return {bytes.begin(), bytes.end()};
}

#define GEILI_MESSAGE_COLUMNS "show_id, shop_id, kind, with_shop, due_at"
Message read_message(const store::Row& row) {
  return {.show = row.id<ShowId>(0),
          .shop = row.id<ShopId>(1),
          .kind = store::stored<Kind>(kKinds, row.text(2)),
          .with_shop = row.boolean(3),
          .due_at = row.instant(4)};
}

struct Spreading {
  std::int64_t id = 0;
  Message message;
  DeviceId after;
};

std::optional<Spreading> next_to_spread(store::Tx& tx, Instant now) {
  return tx.one(
      [](const store::Row& row) {
        return Spreading{
            .id = row.integer(5), .message = read_message(row), .after = row.id<DeviceId>(6)};
      },
      "SELECT " GEILI_MESSAGE_COLUMNS
      ", id, spread_to FROM push_message"
      " WHERE spread_to IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT 1",
      now);
}

// True: it is this attempt's still.
bool finish(store::Tx& tx, const Outcome& outcome, std::optional<Instant> due_at) {
  return tx.exec(
             "UPDATE push_delivery SET due_at = $3, leased_until = 0 WHERE id = $1"
             " AND attempts = $2 AND due_at IS NOT NULL",
             outcome.delivery, outcome.number, due_at) > 0;
}

void put_back(store::Tx& tx, const Outcome& outcome, Instant now) {
  tx.exec(
      "UPDATE push_delivery SET due_at = $3, leased_until = 0, attempts = attempts - 1"
      " WHERE id = $1 AND attempts = $2 AND due_at IS NOT NULL",
      outcome.delivery, outcome.number, now + kPutBackFor);
}

}  // namespace

std::string_view to_text(Kind kind) {
  return store::name_of(kKinds, kind);
}

void announce(store::Tx& tx, const Message& message, Instant now) {
  tx.exec(
      "INSERT INTO push_message (show_id, shop_id, kind, with_shop, due_at, spread_to, created_at)"
      " VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (show_id, kind) DO NOTHING",
      message.show, message.shop, to_text(message.kind), message.with_shop, message.due_at, now);
}

std::optional<Message> find_message(store::Tx& tx, ShowId show, Kind kind) {
  return tx.one(read_message,
                "SELECT " GEILI_MESSAGE_COLUMNS
                " FROM push_message WHERE show_id = $1 AND kind = $2",
                show, to_text(kind));
}

bool was_announced(store::Tx& tx, ShowId show, Kind kind) {
  return find_message(tx, show, kind).has_value();
}

void retract(store::Tx& tx, ShowId show, Kind kind) {
  tx.exec(
      "DELETE FROM push_delivery WHERE message_id IN"
      " (SELECT id FROM push_message WHERE show_id = $1 AND kind = $2)",
      show, to_text(kind));
  tx.exec("DELETE FROM push_message WHERE show_id = $1 AND kind = $2", show, to_text(kind));
}

bool spread(store::Tx& tx, Instant now) {
  const auto next = next_to_spread(tx, now);
  if (!next) return false;
  const Message& message = next->message;
  const auto devices =
      asked_after(tx, message.show, message.shop, message.with_shop, next->after, kSpreadAtOnce);
  for (const DeviceId device : devices) {
    tx.later(
        "INSERT INTO push_delivery (message_id, device_id, attempts, due_at, leased_until)"
        " SELECT $1, device_id, 0, $3, 0 FROM push_subscription WHERE device_id = $2"
        " ON CONFLICT (message_id, device_id) DO NOTHING",
        next->id, device, now);
  }
  if (static_cast<std::int64_t>(devices.size()) == kSpreadAtOnce) {
    tx.exec("UPDATE push_message SET spread_to = $2 WHERE id = $1", next->id, devices.back());
    return true;
  }
  tx.exec("UPDATE push_message SET spread_to = NULL WHERE id = $1", next->id);
  if (message.kind == Kind::live) {
    tx.exec("DELETE FROM show_reminder WHERE show_id = $1", message.show);
  }
  return next_to_spread(tx, now).has_value();
}

bool is_any_due(store::Tx& tx, Instant now) {
  return next_to_spread(tx, now).has_value() ||
         tx.integer("SELECT 1 FROM push_delivery WHERE due_at <= $1 AND leased_until <= $1 LIMIT 1",
                    now)
             .has_value();
}

std::int64_t count_waiting(store::Tx& tx, std::int64_t max) {
  return tx
      .integer(
          "SELECT count(*) FROM (SELECT id FROM push_delivery WHERE due_at IS NOT NULL"
          " LIMIT $1) AS waiting",
          max)
      .value_or(0);
}

std::vector<Attempt> take(store::Tx& tx, std::int64_t count, Instant now) {
  std::vector<std::int64_t> leased;
  // The outer conditions are looked at again by who had to wait for another process's change.
  tx.each([&](const store::Row& row) { leased.push_back(row.integer(0)); },
          "UPDATE push_delivery SET leased_until = $2, attempts = attempts + 1"
          " WHERE due_at <= $1 AND leased_until <= $1 AND id IN (SELECT id FROM push_delivery"
          " WHERE due_at <= $1 AND leased_until <= $1 ORDER BY due_at, id LIMIT $3) RETURNING id",
          now, now + kDeliveryLease, count);
  std::ranges::sort(leased);
  std::vector<Attempt> attempts;
  for (const std::int64_t id : leased) {
    auto attempt = tx.one(
        [](const store::Row& row) {
          return Attempt{.delivery = row.id<DeliveryId>(0),
                         .number = static_cast<int>(row.integer(1)),
                         .show = row.id<ShowId>(2),
                         .kind = store::stored<Kind>(kKinds, row.text(3)),
                         .device = row.id<DeviceId>(4),
                         .target = {.sealed = bytes_of(row, 5), .endpoint_hash = bytes_of(row, 6)},
                         .language = row.string(7)};
        },
        "SELECT d.id, d.attempts, m.show_id, m.kind, d.device_id, s.sealed, s.endpoint_hash,"
        " s.language FROM push_delivery d JOIN push_message m ON m.id = d.message_id"
        " JOIN push_subscription s ON s.device_id = d.device_id WHERE d.id = $1",
        id);
    if (attempt) {
      attempts.push_back(*std::move(attempt));
    } else {
      tx.exec("UPDATE push_delivery SET due_at = NULL WHERE id = $1", id);
    }
  }
  return attempts;
}

void drop(store::Tx& tx, const Attempt& attempt) {
  tx.exec("UPDATE push_delivery SET due_at = NULL WHERE id = $1", attempt.delivery);
}

Settled settle(store::Tx& tx, const std::vector<Outcome>& outcomes, std::uint64_t random,
               Instant now) {
  Settled settled;
  for (const Outcome& outcome : outcomes) {
    if (outcome.answer == Answer::not_sent) {
      put_back(tx, outcome, now);
      continue;
    }
    std::optional<Instant> due_at;
    if (outcome.answer == Answer::not_now) {
      const auto wait = retry_after(outcome.number, random);
      if (wait) due_at = now + std::max(*wait, std::min(outcome.wait, kRetryAfterMax));
    }
    if (!finish(tx, outcome, due_at)) continue;
    if (outcome.answer == Answer::taken) {
      ++settled.sent;
      continue;
    }
    if (outcome.answer == Answer::gone) {
      // Not one that the device has made meanwhile.
      settled.gone +=
          tx.exec("DELETE FROM push_subscription WHERE device_id = $1 AND endpoint_hash = $2",
                  outcome.device, outcome.endpoint_hash);
      continue;
    }
    ++settled.failed;
    if (!due_at) ++settled.given_up;
  }
  return settled;
}

std::optional<std::chrono::milliseconds> retry_after(int number, std::uint64_t random) {
  if (number < 1 || number >= kAttemptsMax) return std::nullopt;
  const std::chrono::milliseconds wait = kRetryAfter.at(static_cast<std::size_t>(number - 1));
  const auto fifth = static_cast<std::uint64_t>(wait.count() / 5);
  return wait + std::chrono::milliseconds(random % (fifth + 1));
}

bool sweep(store::Tx& tx, Instant now) {
  tx.exec("DELETE FROM show_reminder WHERE asked_at < $1", now - kRemindersKeptFor);
  std::vector<std::int64_t> old;
  tx.each([&](const store::Row& row) { old.push_back(row.integer(0)); },
          "SELECT id FROM push_message WHERE created_at < $1 ORDER BY id LIMIT 10",
          now - kMessagesKeptFor);
  for (const std::int64_t id : old) {
    const auto removed = tx.exec(
        "DELETE FROM push_delivery WHERE id IN (SELECT id FROM push_delivery"
        " WHERE message_id = $1 ORDER BY id LIMIT $2)",
        id, kSweptAtOnceMax);
    if (removed == kSweptAtOnceMax) return true;
    tx.exec("DELETE FROM push_message WHERE id = $1", id);
  }
  return old.size() == 10;
}

}  // namespace geili::push
