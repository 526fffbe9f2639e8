#pragma once
// Lucky draws as they are remembered. How the winners are found is draw_rule.hpp's.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/draw_rule.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::size_t kPrizeMax = 120;  // code points
inline constexpr std::chrono::seconds kDrawLengthMin{10};
inline constexpr std::chrono::seconds kDrawLengthMax{1'800};
inline constexpr std::int64_t kDrawsPerShowMax = 100;

enum class DrawState : std::uint8_t { open, drawn, cancelled };
std::string_view to_text(DrawState state);
enum class DrawFor : std::uint8_t { everybody, buyers };
std::string_view to_text(DrawFor who);
std::optional<DrawFor> parse_draw_for(std::string_view text);

struct Draw {
  DrawTerms terms;
  std::optional<ProductId> product;  // what is given, where it is one of the shop's
  DrawFor who = DrawFor::everybody;
  DrawState state = DrawState::open;
  Bytes seed;  // a secret until it is drawn
  Instant closes_at;
  std::optional<Instant> ended_at;
  std::int64_t entries = 0;
  Bytes head;
};

struct NewDraw {
  ShowId show;
  std::string prize;
  std::optional<ProductId> product;
  std::int64_t winners_max = 1;
  DrawFor who = DrawFor::everybody;
  std::chrono::seconds length{60};
};
// One at a time in a show that is live. Fails with show-not-found, show-not-live, draw-open,
// draws-limit; invalid-field at /prize, /winners, /length_s.
Result<Draw> open_draw(store::Tx& tx, const NewDraw& draw, Instant now);

// Fails with draw-not-found.
Result<Draw> find_draw(store::Tx& tx, DrawId draw);
// Who else ends it or takes a prize of it waits for the commit. Fails likewise.
Result<Draw> lock_draw(store::Tx& tx, DrawId draw);
std::optional<Draw> open_draw_of(store::Tx& tx, ShowId show);
// Those that give it away.
std::vector<Draw> open_draws_for(store::Tx& tx, ProductId product);
// Newest first; at most kDrawsPerShowMax.
std::vector<Draw> draws_of(store::Tx& tx, ShowId show);
// Whose time is over, oldest first.
std::vector<DrawId> draws_to_close(store::Tx& tx, Instant now);

// A device's entry. Entering twice answers the first. Fails with draw-not-found, draw-closed (also
// by the clock, before it is drawn), draw-full.
struct Ticket {
  DrawEntry entry;
  std::optional<std::int64_t> place;  // among the winners
};
Result<Ticket> enter(store::Tx& tx, DrawId draw, DeviceId device, const std::string& name,
                     Instant now);
std::optional<Ticket> ticket_of(store::Tx& tx, DrawId draw, DeviceId device);

struct Winner {
  std::int64_t place = 0;  // 1, 2, 3, …
  std::int64_t number = 0;
  std::string name;
  DeviceId device;
};
// Finds the winners and tells the seed. Fails with draw-not-found, draw-closed.
Result<Draw> close_draw(store::Tx& tx, DrawId draw, Instant now);
std::vector<Winner> winners_of(store::Tx& tx, DrawId draw);
// Nobody wins; the seed is told all the same. Fails as close_draw().
Result<Draw> cancel_draw(store::Tx& tx, DrawId draw, Instant now);

// All that anybody needs to do it again. Fails with draw-not-found, and draw-open before it is
// drawn.
Result<DrawLog> draw_log(store::Tx& tx, DrawId draw);

}  // namespace geili::shows
