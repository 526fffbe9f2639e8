#include "flows/comment_order.hpp"

#include <algorithm>

#include "flows/hold.hpp"
#include "flows/outbox.hpp"
#include "shows/bag_number.hpp"

namespace geili::flows {

Result<ProductId> ordered_product(store::Tx& tx, ShowId show, std::int64_t number) {
  const auto product = shows::product_numbered(tx, show, number);
  if (product) return *product;
  return fail(ErrorKind::not_found, "number-not-in-bag", "The bag has nothing of this number.");
}

Result<stock::Claim> hold_by_comment(store::Tx& tx, const CommentWish& wish, const Clock& clock) {
  const auto product = ordered_product(tx, wish.show, wish.number);
  if (!product) return std::unexpected(product.error());
  const auto before = stock::holds_of(tx, wish.device, *product, clock.now());
  auto held = hold(
      tx,
      {.device = wish.device, .show = wish.show, .product = *product, .quantity = wish.quantity},
      clock);
  const bool is_new =
      held && std::ranges::find(before, held->id, &stock::Claim::id) == before.end();
  if (is_new && wish.is_told) {
    append(tx, wish.show,
           TakenByComment{.buyer_name = wish.name,
                          .product = *product,
                          .number = wish.number,
                          .quantity = wish.quantity},
           clock.now());
  }
  return held;
}

}  // namespace geili::flows
