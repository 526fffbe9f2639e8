#include "shows/draw.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.hpp"
#include "base/text.hpp"
#include "shows/show.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 3> kStates{"open", "drawn", "cancelled"};
constexpr std::array<std::string_view, 2> kWho{"everybody", "buyers"};
constexpr std::size_t kMarkBytes = 16;

#define GEILI_DRAW_COLUMNS                                                                \
  "id, show_id, prize, winners_max, opened_at, product_id, who, state, seed, closes_at, " \
  "ended_at, entry_count, head"

Bytes bytes_of(const store::Row& row, int column) {
  const ByteView bytes = row.bytes(column);
  return Bytes(bytes.begin(), bytes.end());
}

Draw read_draw(const store::Row& row) {
  const auto product = row.optional_integer(5);
  Draw draw{.terms = {.show = row.id<ShowId>(1),
                      .draw = row.id<DrawId>(0),
                      .prize = row.string(2),
                      .winners_max = row.integer(3),
                      .opened_at = row.instant(4),
                      .commitment = {}},
            .product = product ? std::optional(ProductId{*product}) : std::nullopt,
            .who = store::stored<DrawFor>(kWho, row.text(6)),
            .state = store::stored<DrawState>(kStates, row.text(7)),
            .seed = bytes_of(row, 8),
            .closes_at = row.instant(9),
            .ended_at = row.optional_instant(10),
            .entries = row.integer(11),
            .head = bytes_of(row, 12)};
  draw.terms.commitment = commitment_of(draw.seed);
  return draw;
}

Ticket read_ticket(const store::Row& row) {
  return {.entry = {.number = row.integer(0),
                    .mark = row.string(1),
                    .entered_at = row.instant(2),
                    .hash = bytes_of(row, 3)},
          .place = row.optional_integer(4)};
}

std::unexpected<Error> not_found() {
  return fail(ErrorKind::not_found, "draw-not-found", "There is no such draw.");
}

std::unexpected<Error> closed() {
  return fail(ErrorKind::conflict, "draw-closed", "The draw is over.");
}

Result<std::string> checked(const NewDraw& draw) {
  auto prize = checked_text(draw.prize, {.min_length = 1, .max_length = kPrizeMax}, "/prize");
  if (!prize) return prize;
  if (draw.winners_max < 1 || draw.winners_max > kDrawWinnersMax) {
    return fail(Error::invalid_field("/winners", "is not between 1 and 50"));
  }
  if (draw.length < kDrawLengthMin || draw.length > kDrawLengthMax) {
    return fail(Error::invalid_field("/length_s", "is not between 10 and 1,800"));
  }
  return prize;
}

// The state as it was read: who was faster has ended it.
Result<void> end(store::Tx& tx, Draw& draw, DrawState state, Instant now) {
  if (tx.exec("UPDATE draw SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'open'",
              draw.terms.draw, to_text(state), now) == 0) {
    return closed();
  }
  draw.state = state;
  draw.ended_at = now;
  return {};
}

}  // namespace

std::string_view to_text(DrawState state) {
  return store::name_of(kStates, state);
}
std::string_view to_text(DrawFor who) {
  return store::name_of(kWho, who);
}
std::optional<DrawFor> parse_draw_for(std::string_view text) {
  return store::parse_name<DrawFor>(kWho, text);
}

Result<Draw> open_draw(store::Tx& tx, const NewDraw& draw, Instant now) {
  auto prize = checked(draw);
  if (!prize) return fail_as(prize);
  auto show = find_show(tx, draw.show);
  if (!show) return fail_as(show);
  if (show->status != ShowStatus::live) {
    return fail(ErrorKind::conflict, "show-not-live", "The show is not live.");
  }
  if (*tx.integer("SELECT COUNT(*) FROM draw WHERE show_id = $1", draw.show) >= kDrawsPerShowMax) {
    return fail(ErrorKind::conflict, "draws-limit", "A show has at most 100 draws.");
  }
  const Bytes seed = random_bytes(kDrawSeedBytes);
  auto made =
      tx.one(read_draw,
             "INSERT INTO draw (show_id, prize, product_id, winners_max, who, state, seed,"
             " opened_at, closes_at, head) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9)"
             " ON CONFLICT DO NOTHING RETURNING " GEILI_DRAW_COLUMNS,
             draw.show, *prize, draw.product, draw.winners_max, to_text(draw.who), seed, now,
             now + draw.length, Bytes());
  if (!made) return fail(ErrorKind::conflict, "draw-open", "Another draw of the show is open.");
  made->head = hash_of(made->terms);
  tx.exec("UPDATE draw SET head = $2 WHERE id = $1", made->terms.draw, made->head);
  return *std::move(made);
}

Result<Draw> find_draw(store::Tx& tx, DrawId draw) {
  auto found = tx.one(read_draw, "SELECT " GEILI_DRAW_COLUMNS " FROM draw WHERE id = $1", draw);
  if (!found) return not_found();
  return *std::move(found);
}

Result<Draw> lock_draw(store::Tx& tx, DrawId draw) {
  auto found = tx.one(read_draw,
                      "UPDATE draw SET entry_count = entry_count WHERE id = $1"
                      " RETURNING " GEILI_DRAW_COLUMNS,
                      draw);
  if (!found) return not_found();
  return *std::move(found);
}

std::optional<Draw> open_draw_of(store::Tx& tx, ShowId show) {
  return tx.one(read_draw,
                "SELECT " GEILI_DRAW_COLUMNS " FROM draw WHERE show_id = $1 AND state = 'open'",
                show);
}

std::vector<Draw> open_draws_for(store::Tx& tx, ProductId product) {
  std::vector<Draw> list;
  tx.each([&](const store::Row& row) { list.push_back(read_draw(row)); },
          "SELECT " GEILI_DRAW_COLUMNS
          " FROM draw WHERE product_id = $1 AND state = 'open' ORDER BY id",
          product);
  return list;
}

std::vector<Draw> draws_of(store::Tx& tx, ShowId show) {
  std::vector<Draw> list;
  tx.each([&](const store::Row& row) { list.push_back(read_draw(row)); },
          "SELECT " GEILI_DRAW_COLUMNS " FROM draw WHERE show_id = $1 ORDER BY id DESC LIMIT $2",
          show, kDrawsPerShowMax);
  return list;
}

std::vector<DrawId> draws_to_close(store::Tx& tx, Instant now) {
  std::vector<DrawId> list;
  tx.each(
      [&](const store::Row& row) { list.push_back(row.id<DrawId>(0)); },
      "SELECT id FROM draw WHERE state = 'open' AND closes_at <= $1 ORDER BY closes_at LIMIT $2",
      now, kDrawsPerShowMax);
  return list;
}

std::optional<Ticket> ticket_of(store::Tx& tx, DrawId draw, DeviceId device) {
  return tx.one(read_ticket,
                "SELECT number, mark, entered_at, hash, place FROM draw_entry"
                " WHERE draw_id = $1 AND device_id = $2",
                draw, device);
}

Result<Ticket> enter(store::Tx& tx, DrawId id, DeviceId device, const std::string& name,
                     Instant now) {
  if (auto before = ticket_of(tx, id, device)) return *std::move(before);
  // The draw's row is changed first: who else enters waits here for the commit.
  const auto draw = tx.one(read_draw,
                           "UPDATE draw SET entry_count = entry_count + 1 WHERE id = $1"
                           " AND state = 'open' AND closes_at > $2 AND entry_count < $3"
                           " RETURNING " GEILI_DRAW_COLUMNS,
                           id, now, kDrawEntriesMax);
  if (!draw) {
    auto why = find_draw(tx, id);
    if (!why) return fail_as(why);
    if (why->state != DrawState::open || now >= why->closes_at) return closed();
    return fail(ErrorKind::conflict, "draw-full", "The draw has all the entries it can take.");
  }
  // A clock that steps back does not make an entry earlier than the one before.
  const auto last =
      tx.integer("SELECT entered_at FROM draw_entry WHERE draw_id = $1 AND number = $2", id,
                 draw->entries - 1);
  DrawEntry entry{.number = draw->entries,
                  .mark = to_hex(random_bytes(kMarkBytes)),
                  .entered_at = std::max({now, draw->terms.opened_at, Instant{last.value_or(0)}}),
                  .hash = {}};
  entry.hash = hash_of(draw->head, entry);
  tx.exec(
      "INSERT INTO draw_entry (draw_id, number, device_id, mark, name, entered_at, hash)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      id, entry.number, device, entry.mark, name, entry.entered_at, entry.hash);
  tx.exec("UPDATE draw SET head = $2 WHERE id = $1", id, entry.hash);
  return Ticket{std::move(entry), std::nullopt};
}

Result<Draw> close_draw(store::Tx& tx, DrawId id, Instant now) {
  auto draw = find_draw(tx, id);
  if (!draw) return draw;
  if (auto ended = end(tx, *draw, DrawState::drawn, now); !ended) return fail_as(ended);
  // Nobody enters any more: read again what entered since.
  draw = find_draw(tx, id);
  std::int64_t place = 0;
  for (const std::int64_t number :
       winners_of(draw->seed, draw->head, draw->entries, draw->terms.winners_max)) {
    tx.exec("UPDATE draw_entry SET place = $3 WHERE draw_id = $1 AND number = $2", id, number,
            ++place);
  }
  return draw;
}

std::vector<Winner> winners_of(store::Tx& tx, DrawId draw) {
  std::vector<Winner> list;
  tx.each(
      [&](const store::Row& row) {
        list.push_back({.place = row.integer(0),
                        .number = row.integer(1),
                        .name = row.string(2),
                        .device = row.id<DeviceId>(3)});
      },
      "SELECT place, number, name, device_id FROM draw_entry"
      " WHERE draw_id = $1 AND place IS NOT NULL ORDER BY place",
      draw);
  return list;
}

Result<Draw> cancel_draw(store::Tx& tx, DrawId id, Instant now) {
  auto draw = find_draw(tx, id);
  if (!draw) return draw;
  if (auto ended = end(tx, *draw, DrawState::cancelled, now); !ended) return fail_as(ended);
  return draw;
}

Result<DrawLog> draw_log(store::Tx& tx, DrawId id) {
  auto draw = find_draw(tx, id);
  if (!draw) return fail_as(draw);
  if (draw->state == DrawState::open) {
    return fail(ErrorKind::conflict, "draw-open", "The draw is not over yet.");
  }
  DrawLog log{.terms = std::move(draw->terms),
              .seed = std::move(draw->seed),
              .entries = {},
              .winners = {},
              .is_cancelled = draw->state == DrawState::cancelled};
  tx.each([&](const store::Row& row) { log.entries.push_back(read_ticket(row).entry); },
          "SELECT number, mark, entered_at, hash, place FROM draw_entry WHERE draw_id = $1"
          " ORDER BY number",
          id);
  for (const Winner& winner : winners_of(tx, id)) log.winners.push_back(winner.number);
  return log;
}

}  // namespace geili::shows
