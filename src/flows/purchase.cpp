#include "flows/purchase.hpp"

#include "catalog/shop.hpp"

namespace geili::flows {
namespace {

// At most so many bytes, and no half of a code point.
std::string cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end));
}

}  // namespace

Result<payments::Purchase> purchase_of(store::Tx& tx, const orders::Order& order,
                                       std::string_view reference, const payments::Site& site) {
  auto shop = catalog::find_shop(tx, order.shop);
  if (!shop) return fail_as(shop);
  const std::string number = " no. " + std::to_string(order.number);
  return payments::Purchase{
      .description = cut(shop->name, payments::kDescriptionMax - number.size()) + number,
      .buyer_name = cut(order.buyer.name, payments::kBuyerFieldMax),
      .buyer_email = {},
      .return_url = site.origin + "/api/v1/payments/" + std::string(reference) + "/return"};
}

}  // namespace geili::flows
