#include "flows/tell.hpp"

#include "flows/outbox.hpp"
#include "shows/bag.hpp"
#include "stock/stock.hpp"

namespace geili::flows {

ProductCard card_of(store::Tx& tx, const catalog::Product& product) {
  return {.product = product.id,
          .title = product.title,
          .price = product.price,
          .photo_address =
              product.photos.empty()
                  ? std::string()
                  : catalog::photo_address(product.photos.front().id, catalog::PhotoSize::small),
          .available = stock::available(tx, product.id)};
}

void tell_stock(store::Tx& tx, ProductId product, std::int64_t available, Instant now) {
  tell_stock(tx, shows::open_shows_with(tx, product), product, available, now);
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
