#pragma once
// Lucky draws of a show, with what its room hears of them. Rules are those of shows/draw.hpp.

#include <optional>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "shows/draw.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// A product must be in the show's bag. Fails as shows::open_draw(), and with product-not-in-bag.
Result<shows::Draw> open_draw(store::Tx& tx, const shows::NewDraw& draw, const Clock& clock);

// Where it is for buyers, the device has an order of the show that was not cancelled, else
// draw-for-buyers. Fails as shows::enter().
Result<shows::Ticket> enter_draw(store::Tx& tx, DrawId draw, DeviceId device,
                                 const std::string& name, const Clock& clock);

// Before its time is over, too. Fail as shows::close_draw().
Result<shows::Draw> close_draw(store::Tx& tx, DrawId draw, const Clock& clock);
Result<shows::Draw> cancel_draw(store::Tx& tx, DrawId draw, const Clock& clock);

// Holds the prize for the device that won it, to be ordered for nothing but what sending costs: the
// same again answers the hold. `variant`: which one, of a prize that is sold in variants. Fails
// with draw-not-found, draw-open, prize-not-goods (it is no product), not-a-winner, prize-taken,
// product-unavailable, variant-required, and as hold_won().
Result<stock::Claim> take_prize(store::Tx& tx, DrawId draw, DeviceId device,
                                std::optional<ProductId> variant, const Clock& clock);

// Draws what is due; true when something was.
bool close_due_draws(store::Tx& tx, const Clock& clock);
// A show that ends draws what is open.
void close_draws(store::Tx& tx, ShowId show, const Clock& clock);

}  // namespace geili::flows
