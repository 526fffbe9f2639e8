#include "api/views.hpp"

#include <algorithm>

#include "catalog/variant.hpp"
#include "shipping/tracking.hpp"
#include "shows/bag.hpp"
#include "shows/bag_number.hpp"
#include "stock/bundle.hpp"
#include "stock/stock.hpp"

namespace geili::api {

namespace {

Result<void> add_guest(store::Tx& tx, ShowView& view, ShopId shop) {
  if (shop == view.shop.id ||
      std::ranges::find(view.guests, shop, &catalog::Shop::id) != view.guests.end()) {
    return {};
  }
  auto guest = catalog::find_shop(tx, shop);
  if (!guest) return fail_as(guest);
  view.guests.push_back(*std::move(guest));
  return {};
}

std::vector<VariantView> variants_of(store::Tx& tx, ProductId parent) {
  std::vector<VariantView> views;
  for (catalog::Product& variant : catalog::variants_of(tx, parent)) {
    const std::int64_t available = stock::available(tx, variant.id);
    views.push_back({std::move(variant), available});
  }
  return views;
}

std::vector<PartView> parts_of(store::Tx& tx, ProductId bundle) {
  std::vector<PartView> views;
  for (const stock::Part& part : stock::parts_of(tx, bundle)) {
    auto offer = catalog::find_offer(tx, part.product);
    if (!offer) continue;
    views.push_back({.product = part.product,
                     .quantity = part.quantity,
                     .offer = *std::move(offer),
                     .available = stock::available(tx, part.product)});
  }
  return views;
}

}  // namespace

ProductView product_view(store::Tx& tx, catalog::Product product) {
  ProductView view{.product = std::move(product)};
  view.available = stock::available(tx, view.product.id);
  if (view.product.kind == catalog::ProductKind::parent) {
    view.variants = variants_of(tx, view.product.id);
  } else if (view.product.kind == catalog::ProductKind::bundle) {
    view.parts = parts_of(tx, view.product.id);
  }
  return view;
}

Result<ShowView> show_view(store::Tx& tx, shows::Show show, WithBag with_bag) {
  auto shop = catalog::find_shop(tx, show.shop);
  if (!shop) return fail_as(shop);
  ShowView view{.show = std::move(show), .shop = std::move(*shop)};
  view.cover = catalog::first_photo(tx, catalog::PhotoOwner::of(view.show.id));
  if (with_bag == WithBag::yes) {
    const auto numbers = shows::bag_numbers(tx, view.show.id);
    for (catalog::Product& product : catalog::find_products(tx, shows::bag_of(tx, view.show.id))) {
      if (auto fits = add_guest(tx, view, product.shop); !fits) return fail_as(fits);
      view.products.push_back(product_view(tx, std::move(product)));
      const auto named =
          std::ranges::find(numbers, view.products.back().product.id, &shows::BagNumber::product);
      if (named != numbers.end()) view.products.back().number = named->number;
    }
    if (view.show.status == shows::ShowStatus::scheduled) {
      view.trailer = shows::trailer_of(tx, view.show.id);
    }
    view.series = shows::series_of(tx, view.show.id);
  }
  return view;
}

Result<OrderView> order_view(store::Tx& tx, orders::Order order) {
  auto shop = catalog::find_shop(tx, order.shop);
  if (!shop) return fail_as(shop);
  auto payment = flows::payment_of(tx, order);
  OrderView view{.order = std::move(order),
                 .shop_name = std::move(shop->name),
                 .pickup = std::move(shop->pickup),
                 .payment = std::move(payment)};
  view.returns = shipping::returns_of_order(tx, view.order.shop, view.order.id);
  if (view.order.fulfilment == orders::Fulfilment::pickup) return view;
  for (auto& parcel : shipping::parcels_of_order(tx, view.order.shop, view.order.id)) {
    auto link = shipping::tracking_link(tx, parcel.shop, parcel.carrier, parcel.tracking_number);
    view.parcels.push_back({std::move(parcel), std::move(link)});
  }
  return view;
}

}  // namespace geili::api
