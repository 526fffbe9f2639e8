#pragma once
// Orders that are written into the chat of a show: "3 x 12" holds three of the bag's number 12.

#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "stock/claim.hpp"
#include "store/tx.hpp"

namespace geili::flows {

struct CommentWish {
  DeviceId device;
  ShowId show;
  std::int64_t number = 0;    // of the bag
  std::int64_t quantity = 1;  // 1 to stock::kClaimQuantityMax
  std::string name;           // of the buyer, as the room may hear it
  bool is_told = true;        // whether it may
};

// What the number stands for now. Fails with number-not-in-bag.
Result<ProductId> ordered_product(store::Tx& tx, ShowId show, std::int64_t number);

// As flows::hold() of that product, and with what it fails; number-not-in-bag, too. The room hears
// of it once the hold is durable, and of the same again not at all.
Result<stock::Claim> hold_by_comment(store::Tx& tx, const CommentWish& wish, const Clock& clock);

}  // namespace geili::flows
