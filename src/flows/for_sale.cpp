#include "flows/for_sale.hpp"

#include "shows/bag.hpp"

namespace geili::flows {

Error product_unavailable(ProductId product) {
  return Error::make(ErrorKind::conflict, "product-unavailable", "A product is not for sale here.")
      .with("product_id", product.value);
}

Result<catalog::Offer> find_for_sale(store::Tx& tx, ProductId product, std::optional<ShowId> show) {
  auto offer = catalog::find_offer(tx, product);
  const bool is_shown =
      offer && !offer->removed && (!offer->hidden || (show && shows::in_bag(tx, *show, product)));
  if (!is_shown) return fail(product_unavailable(product));
  return *std::move(offer);
}

}  // namespace geili::flows
