#pragma once
// Lucky draws of a show, with what its room hears of them, and the units that are set apart for who
// wins. Rules are those of shows/draw.hpp.

#include <chrono>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "shows/draw.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// How long after the draw's time is over a prize is kept for who has won it and did not order it;
// then it is on sale again, and may be taken while there is one.
inline constexpr std::chrono::hours kPrizeFor{24};

// Of a product in the show's bag one unit for each who may win is set apart. Fails as
// shows::open_draw(), with product-unavailable, variant-required, product-not-in-bag, and as
// stock::claim(): sold-out, show-limit.
Result<shows::Draw> open_draw(store::Tx& tx, const shows::NewDraw& draw, const Clock& clock);

// Where it is for buyers, the device has an order of the show that was not cancelled, else
// draw-for-buyers. Fails as shows::enter().
Result<shows::Ticket> enter_draw(store::Tx& tx, DrawId draw, DeviceId device,
                                 const std::string& name, const Clock& clock);

// Before its time is over, too; what nobody has won is on sale again. Fail as shows::close_draw().
Result<shows::Draw> close_draw(store::Tx& tx, DrawId draw, const Clock& clock);
Result<shows::Draw> cancel_draw(store::Tx& tx, DrawId draw, const Clock& clock);

// Holds the prize for the device that won it, to be ordered for nothing but what sending costs: the
// same again answers the hold. Fails with draw-not-found, draw-open, prize-not-goods (it is no
// product), not-a-winner, prize-taken, product-unavailable, and as hold_won().
Result<stock::Claim> take_prize(store::Tx& tx, DrawId draw, DeviceId device, const Clock& clock);

// A winner's hold or order of the prize was given up: for kPrizeFor it is set apart again, before
// anybody else may have it.
void keep_prize(store::Tx& tx, const stock::Claim& left, Instant now);
// The other way round: what keep_prize() set apart is free for who claims the prize again in the
// same transaction. Returns whether there was any; who gives up after it keeps the prize once more.
bool free_prize(store::Tx& tx, const stock::Claim& left, Instant now);

// A product that goes, or leaves the bag of a show, calls off the draws that give it away.
void cancel_draws(store::Tx& tx, ProductId product, const Clock& clock);
void cancel_draws_outside_bag(store::Tx& tx, ShowId show, const Clock& clock);

// Draws what is due; true when something was.
bool close_due_draws(store::Tx& tx, const Clock& clock);
// A show that ends draws what is open.
void close_draws(store::Tx& tx, ShowId show, const Clock& clock);

}  // namespace geili::flows
