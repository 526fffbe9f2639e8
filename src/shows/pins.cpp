#include "shows/pins.hpp"

namespace geili::shows {

void note_pin(store::Tx& tx, ShowId show, std::optional<ProductId> pinned, Instant now) {
  const auto before = tx.integer(
      "SELECT product_id FROM show_pin WHERE show_id = $1 AND unpinned_at IS NULL", show);
  if (before ? pinned && pinned->value == *before : !pinned) return;
  tx.exec("UPDATE show_pin SET unpinned_at = $2 WHERE show_id = $1 AND unpinned_at IS NULL", show,
          now);
  if (!pinned) return;
  const auto count = tx.integer("SELECT COUNT(*) FROM show_pin WHERE show_id = $1", show);
  if (count.value_or(0) >= kPinsMax) return;
  tx.exec("INSERT INTO show_pin (show_id, product_id, pinned_at) VALUES ($1, $2, $3)", show,
          *pinned, now);
}

std::optional<Instant> last_pinned(store::Tx& tx, ShowId show, ProductId product, Instant at) {
  return tx.one([](const store::Row& row) { return row.instant(0); },
                "SELECT pinned_at FROM show_pin WHERE show_id = $1 AND product_id = $2"
                " AND pinned_at <= $3 ORDER BY pinned_at DESC LIMIT 1",
                show, product, at);
}

std::vector<Pin> pins_of(store::Tx& tx, ShowId show) {
  std::vector<Pin> pins;
  tx.each(
      [&](const store::Row& row) {
        pins.push_back({.product = row.id<ProductId>(0),
                        .pinned_at = row.instant(1),
                        .unpinned_at = row.optional_instant(2)});
      },
      "SELECT product_id, pinned_at, unpinned_at FROM show_pin WHERE show_id = $1 ORDER BY id",
      show);
  return pins;
}

}  // namespace geili::shows
