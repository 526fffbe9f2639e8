#pragma once
// What one buyer has won, by a bid or in a draw, is held at a price of its own until it is ordered.

#include <chrono>
#include <optional>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// How long a winner has to order.
inline constexpr std::chrono::minutes kWonFor{10};

struct NewWon {
  ProductId product;
  ShowId show;
  DeviceId winner;
  stock::Won won;
  // What set the unit apart, or had it before: a bundle may be made of other parts by now.
  std::optional<ClaimId> as_before = {};
};
// One unit, beside what else the winner holds of the product; the rooms hear what is left. Fails as
// stock::claim(), and has changed nothing then.
Result<stock::Claim> hold_won(store::Tx& tx, const NewWon& won, Instant now);
// Whether two claims, or a claim and a price, are of the same win, or of none.
bool is_same_won(const std::optional<stock::Won>& a, const std::optional<stock::Won>& b);
// For who ends a hold or makes an order of it; nothing for other holds, nor for what is set apart.
// A unit that was won in an auction and is given back goes to who comes next there, a prize is set
// apart again: to be called before flows::pass_on().
void note_bought(store::Tx& tx, const stock::Claim& held, Instant now);
void note_left(store::Tx& tx, const stock::Claim& left, Instant now);
// The same for the claim of an order that was cancelled.
void note_cancelled(store::Tx& tx, const stock::Claim& left, Instant now);

}  // namespace geili::flows
