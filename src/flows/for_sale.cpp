#include "flows/for_sale.hpp"

#include "shows/bag.hpp"

namespace geili::flows {

Error product_unavailable(ProductId product) {
  return Error::make(ErrorKind::conflict, "product-unavailable", "A product is not for sale here.")
      .with("product_id", product.value);
}

Error variant_required(ProductId product) {
  return Error::make(ErrorKind::conflict, "variant-required", "Choose one of its variants.")
      .with("product_id", product.value);
}

bool is_in_bag(store::Tx& tx, ShowId show, ProductId product, const catalog::Offer& offer) {
  return shows::in_bag(tx, show, offer.parent.value_or(product));
}

Result<catalog::Offer> find_for_sale(store::Tx& tx, ProductId product, std::optional<ShowId> show) {
  auto offer = catalog::find_offer(tx, product);
  const bool is_shown = offer && !offer->removed &&
                        (!offer->hidden || (show && is_in_bag(tx, *show, product, *offer)));
  if (!is_shown) return fail(product_unavailable(product));
  if (offer->kind == catalog::ProductKind::parent) return fail(variant_required(product));
  return *std::move(offer);
}

}  // namespace geili::flows
