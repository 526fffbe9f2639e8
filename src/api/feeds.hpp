#pragma once
// What other programs read of shops: products for Google Merchant (RSS 2.0 with the g: names of
// support.google.com/merchants/answer/7052112), and shows as RSS 2.0. Pure of requests.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/views.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::api {

inline constexpr std::size_t kFeedProductsMax = 1'000;  // the newest; variants count each
inline constexpr std::size_t kFeedShowsMax = 50;
inline constexpr std::size_t kFeedCountriesMax = 10;  // that shipping is told for

// What sending one piece costs at least.
struct FeedShipping {
  std::string country;
  std::string service;
  Money price;
};
struct FeedProduct {
  catalog::Product product;  // no parent: its variants
  std::int64_t available = 0;
  std::vector<FeedShipping> shipping = {};  // none where the shop has not said
};
struct ProductFeed {
  catalog::Shop shop;
  std::vector<FeedProduct> products;
};
// What anybody may buy of the shop. Fails with shop-not-found, and feed-not-found for a practice
// shop, whose goods are not real.
Result<ProductFeed> product_feed(store::Tx& tx, ShopId shop);

struct ShowFeed {
  std::optional<catalog::Shop> shop;  // none: of all shops but those for practice
  std::vector<ShowView> shows;        // as listed: live, next, past
};
// Fails with shop-not-found, feed-not-found.
Result<ShowFeed> show_feed(store::Tx& tx, std::optional<ShopId> shop);

// `origin` goes before every address, `self` is the feed's own.
std::string to_rss(const ProductFeed& feed, const std::string& origin, std::string_view self);
std::string to_rss(const ShowFeed& feed, const std::string& origin, std::string_view self);

std::string show_address(ShowId show);
std::string product_address(ProductId product);
std::string product_feed_address(ShopId shop);
std::string show_feed_address(std::optional<ShopId> shop);
// What stands for a show where a picture is wanted; none: nothing does.
std::optional<std::string> show_picture(const ShowView& view);

}  // namespace geili::api
