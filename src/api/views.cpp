#include "api/views.hpp"

#include <algorithm>

#include "shipping/tracking.hpp"
#include "shows/bag.hpp"
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

}  // namespace

ProductView product_view(store::Tx& tx, catalog::Product product) {
  const std::int64_t available = stock::available(tx, product.id);
  return {.product = std::move(product), .available = available};
}

Result<ShowView> show_view(store::Tx& tx, shows::Show show, WithBag with_bag) {
  auto shop = catalog::find_shop(tx, show.shop);
  if (!shop) return fail_as(shop);
  ShowView view{.show = std::move(show), .shop = std::move(*shop)};
  view.cover = catalog::first_photo(tx, catalog::PhotoOwner::of(view.show.id));
  if (with_bag == WithBag::yes) {
    for (catalog::Product& product : catalog::find_products(tx, shows::bag_of(tx, view.show.id))) {
      if (auto fits = add_guest(tx, view, product.shop); !fits) return fail_as(fits);
      view.products.push_back(product_view(tx, std::move(product)));
    }
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
