#include "flows/demo.hpp"

#include <string>

#include "catalog/demo_rows.hpp"
#include "catalog/follow.hpp"
#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "flows/demo_goods.hpp"
#include "flows/demo_shipping.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "orders/coupon.hpp"
#include "orders/order.hpp"
#include "payments/shop_providers.hpp"
#include "push/reminder.hpp"
#include "restreams/target.hpp"
#include "shipping/parcel.hpp"
#include "shipping/return_request.hpp"
#include "shipping/zone.hpp"
#include "stock/stock.hpp"
#include "webhooks/endpoint.hpp"

namespace geili::flows {
namespace {

constexpr std::chrono::hours kUntilNextShow{24};

Result<void> seed_product(store::Tx& tx, ShopId shop, const DemoProduct& goods, Currency currency,
                          const DemoPhotos& photos, const Clock& clock) {
  auto product = create_product(tx,
                                {.shop = shop,
                                 .title = std::string(goods.title),
                                 .description = std::string(goods.description),
                                 .price = {goods.price_minor, currency}},
                                goods.stock, clock);
  if (!product) return fail_as(product);
  const auto picture = photos(goods.photo);
  if (!picture) return {};
  auto shown = catalog::add_product_photo(tx, product->id, *picture);
  if (!shown) return fail_as(shown);
  return {};
}

Result<ShopId> seed_shop(store::Tx& tx, const DemoShop& demo, const DemoPhotos& photos,
                         const Clock& clock) {
  const Currency currency = *Currency::parse(demo.currency);
  if (const auto there = catalog::demo_shop_in(tx, currency)) return *there;
  auto shop = catalog::create_shop(tx,
                                   {.name = std::string(demo.name),
                                    .village = std::string(demo.village),
                                    .description = std::string(demo.description),
                                    .pickup = std::string(demo.pickup),
                                    .currency = currency,
                                    .demo = true},
                                   clock);
  if (!shop) return fail_as(shop);
  if (auto sends = seed_shipping(tx, shop->id, demo); !sends) return fail_as(sends);
  if (const auto banner = photos(demo.banner)) {
    auto covered = catalog::set_shop_cover(tx, shop->id, *banner);
    if (!covered) return fail_as(covered);
  }
  for (const DemoProduct& goods : demo.products) {
    auto seeded = seed_product(tx, shop->id, goods, currency, photos, clock);
    if (!seeded) return fail_as(seeded);
  }
  return shop->id;
}

std::vector<ProductId> products_on_offer(store::Tx& tx, ShopId shop) {
  std::vector<ProductId> offered;
  for (const ProductId product : catalog::all_products(tx, shop)) {
    const auto offer = catalog::find_offer(tx, product);
    if (!offer->removed && !offer->parent && offered.size() < shows::kBagMax)
      offered.push_back(product);
  }
  return offered;
}

// The shop's show that is live or comes next; a new one when all have ended.
Result<shows::Show> seed_show(store::Tx& tx, ShopId shop, const DemoShop& demo,
                              const DemoPhotos& photos, Instant starts_at) {
  auto there = shows::list_shows(tx, {.status = std::nullopt, .shop = shop}, {.limit = 1});
  if (!there) return fail_as(there);
  if (!there->items.empty() && there->items.front().status != shows::ShowStatus::ended) {
    return there->items.front();
  }
  auto show = create_show(
      tx, {{.shop = shop, .title = std::string(demo.show_title), .starts_at = starts_at},
           products_on_offer(tx, shop)});
  if (!show) return show;
  const auto cover = photos(demo.show_cover);
  return cover ? set_show_cover(tx, show->id, *cover) : show;
}

// On the air, with its first product pinned.
Result<ProductId> open_show(store::Tx& tx, const shows::Show& show, const Clock& clock) {
  const auto bag = shows::bag_of(tx, show.id);
  const ProductId first = bag.empty() ? ProductId{} : bag.front();
  if (show.status == shows::ShowStatus::live) return first;
  auto started = start_show(tx, show.id, clock);
  if (!started) return fail_as(started);
  if (!first) return first;
  auto pinned = pin(tx, show.id, first, clock);
  if (!pinned) return fail_as(pinned);
  return first;
}

Result<DemoVillage::Shop> seed(store::Tx& tx, const DemoShop& demo, const DemoPhotos& photos,
                               Instant starts_at, const Clock& clock) {
  auto shop = seed_shop(tx, demo, photos, clock);
  if (!shop) return fail_as(shop);
  auto show = seed_show(tx, *shop, demo, photos, starts_at);
  if (!show) return fail_as(show);
  return DemoVillage::Shop{*shop, show->id};
}

}  // namespace

std::vector<std::string_view> demo_photo_names() {
  std::vector<std::string_view> names;
  for (const DemoShop* shop : {&kDemoPearls, &kDemoStone}) {
    names.push_back(shop->banner);
    names.push_back(shop->show_cover);
    for (const DemoProduct& product : shop->products) names.push_back(product.photo);
  }
  return names;
}

Result<DemoVillage> seed_demo(store::Tx& tx, const DemoPhotos& photos, const Clock& clock) {
  auto pearls = seed(tx, kDemoPearls, photos, clock.now(), clock);
  if (!pearls) return fail_as(pearls);
  auto stone = seed(tx, kDemoStone, photos, clock.now() + kUntilNextShow, clock);
  if (!stone) return fail_as(stone);
  auto on_air = shows::find_show(tx, pearls->show);
  if (!on_air) return fail_as(on_air);
  auto necklace = open_show(tx, *on_air, clock);
  if (!necklace) return fail_as(necklace);
  return DemoVillage{*pearls, *stone, *necklace};
}

int remove_demo(store::Tx& tx) {
  const auto shops = catalog::demo_shops(tx);
  for (const ShopId shop : shops) {
    shipping::erase_returns(tx, shop);
    shipping::erase_parcels(tx, shop);
    shipping::erase_shipping(tx, shop);
    payments::erase_shop_payments(tx, shop);
    webhooks::erase_shop_webhooks(tx, shop);
    restreams::erase_shop_restreams(tx, shop);
    catalog::erase_followers(tx, shop);
    push::erase_shop_reminders(tx, shop);
    orders::erase_orders(tx, shop);
    orders::erase_coupons(tx, shop);
    for (const ShowId show : shows::erase_shows(tx, shop)) {
      catalog::remove_photos(tx, catalog::PhotoOwner::of(show));
      stock::erase_show(tx, show);
      push::erase_show_reminders(tx, show);
    }
    for (const ProductId product : catalog::all_products(tx, shop)) stock::erase(tx, product);
    catalog::erase_demo_shop(tx, shop);
  }
  return static_cast<int>(shops.size());
}

}  // namespace geili::flows
