// Shops: /shops, /shops/{shop_id}.

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/shop.hpp"
#include "identity/audit.hpp"
#include "identity/people.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

// GET /shops

Result<PageRequest> decode_list(const net::Request& request) {
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return std::move(query->page);
}

Result<Page<catalog::Shop>> run_list(store::Tx& tx, const PageRequest& page, const Caller&) {
  return catalog::list_shops(tx, page);
}

net::Response encode_list(const Page<catalog::Shop>& page, const net::Request& request) {
  return page_response(page, request, [](const catalog::Shop& shop) { return to_json(shop); });
}

// POST /shops

Result<catalog::NewShop> decode_create(const net::Request& request) {
  catalog::NewShop shop{.currency = *Currency::parse("CNY")};
  auto read = read_body(request, [&](net::ObjectReader& body) { shop = read_new_shop(body); });
  if (!read) return fail_as(read);
  return shop;
}

Result<catalog::Shop> run_create(store::Tx& tx, const catalog::NewShop& shop,
                                 const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::create_shop, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto made = catalog::create_shop(tx, shop, *caller.clock);
  if (made) {
    identity::note(tx, *caller.clock, actor->person, "shop-created",
                   identity::subject_of("shop", made->id.value), made->id);
  }
  return made;
}

net::Response encode_created(const catalog::Shop& shop, const net::Request& request) {
  return versioned(to_json(shop), shop.version, request, 201);
}

net::Response encode_shop(const catalog::Shop& shop, const net::Request& request) {
  return versioned(to_json(shop), shop.version, request);
}

// GET /shops/{shop_id}

Result<ShopId> decode_get(const net::Request& request) {
  return path_id<ShopTag>(request, "shop_id");
}

Result<catalog::Shop> run_get(store::Tx& tx, const ShopId& shop, const Caller&) {
  return catalog::find_shop(tx, shop);
}

// PATCH /shops/{shop_id}

struct Change {
  ShopId shop;
  std::int64_t version = 0;
  catalog::ShopChange change;
};

Result<Change> decode_change(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  const auto version = expected_version(request);
  if (!version) return std::unexpected(version.error());
  Change change{.shop = *shop, .version = *version};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.change.name =
        body.optional_text("name", {.min_length = 1, .max_length = catalog::kShopNameMax});
    change.change.village = body.optional_text("village", {.max_length = catalog::kVillageMax});
    change.change.description = body.optional_text(
        "description", {.max_length = catalog::kShopDescriptionMax, .lines = Lines::multiple});
    change.change.pickup = body.optional_text("pickup", {.max_length = catalog::kPickupMax});
    const auto& c = change.change;
    if (!c.name && !c.village && !c.description && !c.pickup) body.fault("", "changes nothing");
  });
  if (!read) return fail_as(read);
  return change;
}

Result<catalog::Shop> run_change(store::Tx& tx, const Change& change, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_shop, change.shop);
  if (!actor) return std::unexpected(actor.error());
  auto changed = catalog::change_shop(tx, change.shop, change.change, change.version);
  if (changed) {
    identity::note(tx, *caller.clock, actor->person, "shop-changed",
                   identity::subject_of("shop", change.shop.value), change.shop);
  }
  return changed;
}

}  // namespace

void add_shop_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/shops", "listShops",
              handler(context, Endpoint<PageRequest, Page<catalog::Shop>>{Job::read, decode_list,
                                                                          run_list, encode_list})});
  router.add({Method::post, "/api/v1/shops", "createShop",
              handler(context, Endpoint<catalog::NewShop, catalog::Shop>{
                                   Job::write, decode_create, run_create, encode_created})});
  router.add({Method::get, "/api/v1/shops/{shop_id}", "getShop",
              handler(context, Endpoint<ShopId, catalog::Shop>{Job::read, decode_get, run_get,
                                                               encode_shop, SameFor::everybody})});
  router.add({Method::patch, "/api/v1/shops/{shop_id}", "changeShop",
              handler(context, Endpoint<Change, catalog::Shop>{Job::write, decode_change,
                                                               run_change, encode_shop})});
}

}  // namespace geili::api
