#include "flows/purchase.hpp"

#include "base/text.hpp"
#include "catalog/shop.hpp"

namespace geili::flows {

Result<payments::Purchase> purchase_of(store::Tx& tx, const orders::Order& order,
                                       std::string_view reference, const payments::Site& site) {
  auto shop = catalog::find_shop(tx, order.shop);
  if (!shop) return fail_as(shop);
  const std::string number = " no. " + std::to_string(order.number);
  return payments::Purchase{
      .description =
          std::string(utf8_prefix(shop->name, payments::kDescriptionMax - number.size())) + number,
      .buyer_name = std::string(utf8_prefix(order.buyer.name, payments::kBuyerFieldMax)),
      .buyer_email = {},
      .return_url = site.origin + "/api/v1/payments/" + std::string(reference) + "/return"};
}

}  // namespace geili::flows
