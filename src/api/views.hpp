#pragma once
// What a screen sees of several nouns at once, gathered inside one store job.

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/page.hpp"
#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "flows/pay.hpp"
#include "orders/order.hpp"
#include "shipping/parcel.hpp"
#include "shipping/return_request.hpp"
#include "shows/series.hpp"
#include "shows/show.hpp"
#include "shows/trailer.hpp"
#include "store/tx.hpp"

namespace geili::api {

struct VariantView {
  catalog::Product product;  // with the photos that are its own
  std::int64_t available = 0;
};
struct PartView {
  ProductId product;
  std::int64_t quantity = 1;  // in one bundle
  catalog::Offer offer;
  std::int64_t available = 0;
};
struct ProductView {
  catalog::Product product;
  std::int64_t available = 0;
  std::vector<VariantView> variants = {};   // of a parent, in their order
  std::vector<PartView> parts = {};         // of a bundle
  std::optional<std::int64_t> number = {};  // in the bag of the show that tells it
};
ProductView product_view(store::Tx& tx, catalog::Product product);

// Video and viewers are not the store's to know: the live room tells them (see
// show_decoration.hpp).
enum class VideoState : std::uint8_t { none, live, away };
struct ShowView {
  shows::Show show;
  catalog::Shop shop;
  std::optional<catalog::Photo> cover;
  std::vector<ProductView> products;
  std::vector<catalog::Shop> guests;                     // whose products are among them, too
  std::optional<shows::Trailer> trailer = std::nullopt;  // with the bag, of a scheduled show
  std::optional<shows::Series> series = std::nullopt;    // with the bag, where it comes again
  std::int64_t viewers = 0;
  VideoState video = VideoState::none;
};
enum class WithBag : bool { no, yes };
Result<ShowView> show_view(store::Tx& tx, shows::Show show, WithBag with_bag);

// A parcel as its buyer sees it.
struct OrderParcel {
  shipping::Parcel parcel;
  std::optional<std::string> tracking_url;
};
struct OrderView {
  orders::Order order;
  std::string shop_name;
  std::string pickup;
  std::vector<OrderParcel> parcels;
  std::vector<shipping::ReturnRequest> returns;
  flows::OrderPayment payment;
};
Result<OrderView> order_view(store::Tx& tx, orders::Order order);

// Each item of a page through `view(item)`, which returns Result<View>.
template <class T, class ViewOf>
auto page_of(Page<T> page, ViewOf view) {
  using View = typename std::invoke_result_t<ViewOf&, T>::value_type;
  Page<View> out;
  out.next_cursor = std::move(page.next_cursor);
  for (T& item : page.items) {
    auto seen = view(std::move(item));
    if (!seen) return Result<Page<View>>(std::unexpected(std::move(seen.error())));
    out.items.push_back(std::move(*seen));
  }
  return Result<Page<View>>(std::move(out));
}

}  // namespace geili::api
