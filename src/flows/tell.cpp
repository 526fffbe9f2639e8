#include "flows/tell.hpp"

#include "flows/outbox.hpp"
#include "shows/bag.hpp"

namespace geili::flows {

ProductCard card_of(store::Tx& tx, const catalog::Product& product) {
  return {.product = product.id,
          .title = product.title,
          .price = product.price,
          .photo_address =
              product.photos.empty()
                  ? std::string()
                  : catalog::photo_address(product.photos.front().id, catalog::PhotoSize::small),
          .available = stock::available(tx, product.id),
          .has_variants = product.kind == catalog::ProductKind::parent};
}

void tell_level(store::Tx& tx, ProductId product, const stock::Level& level, Instant now) {
  if (level.parts > 0 || level.variants > 0) return tell_following(tx, product, now);
  const auto shows = shows::open_shows_with(tx, level.parent.value_or(product));
  tell_stock(tx, shows, product, level.available, now);
  if (!level.parent) return;
  for (const ShowId show : shows) append_stock(tx, show, *level.parent, now);
}

void tell_following(store::Tx& tx, ProductId product, Instant now) {
  for (const ShowId show : shows::open_shows_with(tx, product)) {
    append_stock(tx, show, product, now);
  }
}

void tell_stock(store::Tx& tx, const std::vector<ShowId>& shows, ProductId product,
                std::int64_t available, Instant now) {
  for (const ShowId show : shows) {
    append(tx, show, StockChanged{product, available}, now);
  }
}

void tell_product(store::Tx& tx, const catalog::Product& product, Instant now) {
  const auto shows = shows::open_shows_with(tx, product.id);
  if (shows.empty()) return;
  const ProductChanged notice{card_of(tx, product)};
  for (const ShowId show : shows) append(tx, show, notice, now);
}

}  // namespace geili::flows
