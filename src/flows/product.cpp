#include "flows/product.hpp"

#include <vector>

#include "catalog/variant.hpp"
#include "flows/auction.hpp"
#include "flows/deal.hpp"
#include "flows/draws.hpp"
#include "flows/outbox.hpp"
#include "flows/returned.hpp"
#include "flows/tell.hpp"
#include "shows/bag.hpp"
#include "shows/pins.hpp"
#include "stock/bundle.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

Result<catalog::Product> told(store::Tx& tx, Result<catalog::Product> product, const Clock& clock) {
  if (!product) return product;
  if (!product->parent) {
    tell_product(tx, *product, clock.now());
  } else if (const auto parent = catalog::find_product(tx, *product->parent)) {
    tell_product(tx, *parent, clock.now());
  }
  return product;
}

// What stops the product, or a variant of it, from being sold no more.
Result<void> check_removable(store::Tx& tx, const catalog::Product& product,
                             const std::vector<catalog::Product>& variants) {
  bool is_part = stock::level(tx, product.id).bundles > 0;
  for (const catalog::Product& variant : variants) {
    is_part = is_part || stock::level(tx, variant.id).bundles > 0;
  }
  if (!is_part) return {};
  return fail(ErrorKind::conflict, "product-in-bundle",
              "It is a part of a bundle: take it out there first.");
}

// The parent is told with the price and stock of those that stay.
Result<void> leave_parent(store::Tx& tx, const catalog::Product& variant, Instant now) {
  stock::take_from_parent(tx, variant.id, *variant.parent);
  auto parent = catalog::find_product(tx, *variant.parent);
  if (!parent) return fail_as(parent);
  tell_product(tx, *parent, now);
  tell_following(tx, parent->id, now);
  return {};
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
  auto found = catalog::find_product(tx, product);
  if (!found) return fail_as(found);
  if (found->removed) return {};
  const auto variants = catalog::variants_of(tx, product);
  if (auto fits = check_removable(tx, *found, variants); !fits) return fits;
  auto removed = catalog::remove_product(tx, product);
  if (!removed) return removed;
  withdraw_deals(tx, product, clock.now());
  cancel_auctions(tx, product, clock);
  cancel_draws(tx, product, clock);
  for (const catalog::Product& variant : variants) {
    withdraw_deals(tx, variant.id, clock.now());
    cancel_auctions(tx, variant.id, clock);
    cancel_draws(tx, variant.id, clock);
  }
  if (found->kind == catalog::ProductKind::bundle) {
    if (auto freed = stock::set_parts(tx, product, {}); !freed) return freed;
  }
  if (found->parent) return leave_parent(tx, *found, clock.now());
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
  if (found->kind == catalog::ProductKind::parent || found->kind == catalog::ProductKind::bundle) {
    return fail(ErrorKind::conflict, "stock-not-counted",
                "Its stock follows from that of its variants or parts.");
  }
  auto available = stock::change(tx, product, delta);
  if (available) *available = pass_on(tx, product, clock.now());
  return available;
}

}  // namespace geili::flows
