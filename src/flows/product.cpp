#include "flows/product.hpp"

#include "flows/outbox.hpp"
#include "flows/returned.hpp"
#include "flows/tell.hpp"
#include "shows/bag.hpp"
#include "shows/pins.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

Result<catalog::Product> told(store::Tx& tx, Result<catalog::Product> product, const Clock& clock) {
  if (product) tell_product(tx, *product, clock.now());
  return product;
}

}  // namespace

Result<catalog::Product> create_product(store::Tx& tx, const catalog::NewProduct& product,
                                        std::int64_t stock, const Clock& clock) {
  auto created = catalog::create_product(tx, product, clock);
  if (!created) return created;
  auto opened = stock::open(tx, created->id, stock);
  if (!opened) return fail_as(opened);
  return created;
}

Result<catalog::Product> change_product(store::Tx& tx, ProductId product,
                                        const catalog::ProductChange& change,
                                        std::int64_t expected_version, const Clock& clock) {
  return told(tx, catalog::change_product(tx, product, change, expected_version), clock);
}

Result<catalog::Product> add_product_photo(store::Tx& tx, ProductId product,
                                           const catalog::Picture& picture, const Clock& clock) {
  return told(tx, catalog::add_product_photo(tx, product, picture), clock);
}

Result<catalog::Product> remove_product_photo(store::Tx& tx, ProductId product, PhotoId photo,
                                              const Clock& clock) {
  return told(tx, catalog::remove_product_photo(tx, product, photo), clock);
}

Result<void> remove_product(store::Tx& tx, ProductId product, const Clock& clock) {
  auto removed = catalog::remove_product(tx, product);
  if (!removed) return removed;
  for (const ShowId show : shows::remove_from_bags(tx, product)) {
    shows::note_pin(tx, show, std::nullopt, clock.now());
    append(tx, show, Unpinned{}, clock.now());
  }
  return {};
}

Result<std::int64_t> change_stock(store::Tx& tx, ProductId product, std::int64_t delta,
                                  const Clock& clock) {
  auto found = catalog::find_offer(tx, product);
  if (!found || found->removed) {
    return fail(ErrorKind::not_found, "product-not-found", "There is no such product.");
  }
  auto available = stock::change(tx, product, delta);
  if (available) *available = pass_on(tx, product, clock.now());
  return available;
}

}  // namespace geili::flows
