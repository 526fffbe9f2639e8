// Bundles of products: /shops/{shop_id}/bundles and /products/{product_id}/parts. In all else a
// bundle is a product.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/own_product.hpp"
#include "api/product_rules.hpp"
#include "api/routes.hpp"
#include "flows/variant.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

std::vector<stock::Part> read_parts(net::ObjectReader& body) {
  std::vector<stock::Part> parts;
  body.objects("parts", 1, stock::kBundlePartsMax, [&](net::ObjectReader& part) {
    parts.push_back({.product = ProductId{part.id("product_id")},
                     .quantity = part.integer("quantity", 1, stock::kPartQuantityMax)});
  });
  return parts;
}

// POST /shops/{shop_id}/bundles

struct Create {
  catalog::NewProduct product;
  std::vector<stock::Part> parts;
};

Result<Create> decode_create(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  Create create{.product = {.shop = *shop, .price = {0, *Currency::parse("CNY")}}, .parts = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    create.product.title = body.text("title", kProductTitle);
    create.product.description =
        body.optional_text("description", kProductDescription).value_or("");
    create.product.price = read_money(body, "price");
    create.product.hidden = body.optional_boolean("hidden").value_or(false);
    create.product.weight_g =
        body.optional_integer("weight_g", 0, catalog::kProductWeightMaxG).value_or(0);
    create.parts = read_parts(body);
  });
  if (!read) return fail_as(read);
  return create;
}

Result<ProductView> run_create(store::Tx& tx, const Create& create, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_products, create.product.shop);
  if (!actor) return std::unexpected(actor.error());
  auto made = flows::create_bundle(tx, create.product, create.parts, *caller.clock);
  if (!made) return fail_as(made);
  note_deed(tx, caller, made->shop, "product-created",
            identity::subject_of("product", made->id.value));
  return product_view(tx, *std::move(made));
}

net::Response encode_created(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request, 201);
}

// PUT /products/{product_id}/parts

struct Change {
  ProductId bundle;
  std::int64_t version = 0;
  std::vector<stock::Part> parts;
};

Result<Change> decode_change(const net::Request& request) {
  const auto bundle = path_id<ProductTag>(request, "product_id");
  if (!bundle) return std::unexpected(bundle.error());
  const auto version = expected_version(request);
  if (!version) return std::unexpected(version.error());
  Change change{.bundle = *bundle, .version = *version, .parts = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) { change.parts = read_parts(body); });
  if (!read) return fail_as(read);
  return change;
}

Result<ProductView> run_change(store::Tx& tx, const Change& change, const Caller& caller) {
  auto own = own_product(tx, change.bundle, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto changed = noted(
      tx, caller, {own->shop, "parts-changed", identity::subject_of("product", own->id.value)},
      flows::change_parts(tx, own->id, change.parts, change.version, *caller.clock));
  if (!changed) return fail_as(changed);
  return product_view(tx, *std::move(changed));
}

net::Response encode_changed(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request);
}

}  // namespace

void add_bundle_routes(net::Router& router, const Context& context) {
  router.add({Method::post, "/api/v1/shops/{shop_id}/bundles", "createBundle",
              handler(context, Endpoint<Create, ProductView>{Job::write, decode_create, run_create,
                                                             encode_created})});
  router.add({Method::put, "/api/v1/products/{product_id}/parts", "changeParts",
              handler(context, Endpoint<Change, ProductView>{Job::write, decode_change, run_change,
                                                             encode_changed})});
}

}  // namespace geili::api
