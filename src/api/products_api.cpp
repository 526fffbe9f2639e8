// Products: /shops/{shop_id}/products, /products/{product_id} and their stock.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/own_product.hpp"
#include "api/product_rules.hpp"
#include "api/routes.hpp"
#include "catalog/product.hpp"
#include "catalog/variant.hpp"
#include "flows/product.hpp"
#include "stock/stock.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

void note_product(store::Tx& tx, const Caller& caller, ShopId shop, ProductId product,
                  std::string_view action, std::string_view detail = "") {
  note_deed(tx, caller, shop, action, identity::subject_of("product", product.value), detail);
}

Result<ProductView> viewed(store::Tx& tx, Result<catalog::Product> product) {
  if (!product) return fail_as(product);
  return product_view(tx, std::move(*product));
}

net::Response encode_product(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request);
}

net::Response encode_created(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request, 201);
}

// GET /shops/{shop_id}/products

struct List {
  ShopId shop;
  bool hidden = false;
  PageRequest page;
};

Result<List> decode_list(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  auto query = list_query(request, {"hidden"});
  if (!query) return fail_as(query);
  const auto hidden = query->query.boolean("hidden");
  if (!hidden) return std::unexpected(hidden.error());
  return List{.shop = *shop, .hidden = *hidden, .page = std::move(query->page)};
}

Result<Page<ProductView>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  if (list.hidden) {
    const auto actor = caller.authorise(tx, Action::see_stock, list.shop);
    if (!actor) return std::unexpected(actor.error());
  }
  auto page = catalog::list_products(
      tx, list.shop, list.hidden ? catalog::Hidden::included : catalog::Hidden::left_out,
      list.page);
  if (!page) return fail_as(page);
  Page<ProductView> views{.next_cursor = std::move(page->next_cursor)};
  for (catalog::Product& product : page->items) {
    views.items.push_back(product_view(tx, std::move(product)));
  }
  return views;
}

net::Response encode_list(const Page<ProductView>& page, const net::Request& request) {
  return page_response(page, request, [](const ProductView& view) { return to_json(view); });
}

// POST /shops/{shop_id}/products

struct Create {
  catalog::NewProduct product;
  std::int64_t stock = 0;
};

Result<Create> decode_create(const net::Request& request) {
  const auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return std::unexpected(shop.error());
  Create create{.product = {.shop = *shop, .price = {0, *Currency::parse("CNY")}}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    create.product.title = body.text("title", kProductTitle);
    create.product.description =
        body.optional_text("description", kProductDescription).value_or("");
    create.product.price = read_money(body, "price");
    create.product.hidden = body.optional_boolean("hidden").value_or(false);
    create.product.weight_g =
        body.optional_integer("weight_g", 0, catalog::kProductWeightMaxG).value_or(0);
    create.stock = body.integer("stock", 0, stock::kStockMax);
  });
  if (!read) return fail_as(read);
  return create;
}

Result<ProductView> run_create(store::Tx& tx, const Create& create, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_products, create.product.shop);
  if (!actor) return std::unexpected(actor.error());
  auto made = flows::create_product(tx, create.product, create.stock, *caller.clock);
  if (made) note_product(tx, caller, made->shop, made->id, "product-created");
  return viewed(tx, std::move(made));
}

// GET /products/{product_id}

Result<ProductId> decode_id(const net::Request& request) {
  return path_id<ProductTag>(request, "product_id");
}

// A product that is hidden or removed is found by its address too: it may be pinned, or in an
// order.
Result<ProductView> run_get(store::Tx& tx, const ProductId& id, const Caller&) {
  return viewed(tx, catalog::find_product(tx, id));
}

// PATCH /products/{product_id}

struct Change {
  ProductId product;
  std::int64_t version = 0;
  catalog::ProductChange change;
};

Result<Change> decode_change(const net::Request& request) {
  const auto product = path_id<ProductTag>(request, "product_id");
  if (!product) return std::unexpected(product.error());
  const auto version = expected_version(request);
  if (!version) return std::unexpected(version.error());
  Change change{.product = *product, .version = *version};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.change.title = body.optional_text("title", kProductTitle);
    change.change.description = body.optional_text("description", kProductDescription);
    if (body.has("price")) change.change.price = read_money(body, "price");
    change.change.hidden = body.optional_boolean("hidden");
    change.change.weight_g = body.optional_integer("weight_g", 0, catalog::kProductWeightMaxG);
    change.change.variant_name = body.optional_text("variant_name", kVariantName);
    const auto& c = change.change;
    if (!c.title && !c.description && !c.price && !c.hidden && !c.weight_g && !c.variant_name) {
      body.fault("", "changes nothing");
    }
  });
  if (!read) return fail_as(read);
  return change;
}

void note_change(store::Tx& tx, const Caller& caller, const catalog::Product& before,
                 const catalog::Product& after) {
  if (before.price == after.price) {
    return note_product(tx, caller, after.shop, after.id, "product-changed");
  }
  note_product(tx, caller, after.shop, after.id, "price-changed",
               to_decimal(before.price) + " → " + to_decimal(after.price) + " " +
                   std::string(after.price.currency.code()));
}

Result<ProductView> run_change(store::Tx& tx, const Change& change, const Caller& caller) {
  auto own = own_product(tx, change.product, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto changed =
      flows::change_product(tx, change.product, change.change, change.version, *caller.clock);
  if (changed) note_change(tx, caller, *own, *changed);
  return viewed(tx, std::move(changed));
}

// DELETE /products/{product_id}

Result<bool> run_remove(store::Tx& tx, const ProductId& id, const Caller& caller) {
  auto own = own_product(tx, id, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto removed = flows::remove_product(tx, id, *caller.clock);
  if (!removed) return fail_as(removed);
  note_product(tx, caller, own->shop, id, "product-removed");
  return true;
}

net::Response encode_removed(const bool&, const net::Request&) {
  return no_content();
}

// POST /products/{product_id}/stock-changes

struct StockChange {
  ProductId product;
  std::int64_t change = 0;
};

Result<StockChange> decode_stock(const net::Request& request) {
  const auto product = path_id<ProductTag>(request, "product_id");
  if (!product) return std::unexpected(product.error());
  StockChange change{.product = *product};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.change = body.integer("change", -stock::kStockChangeMax, stock::kStockChangeMax);
  });
  if (!read) return fail_as(read);
  if (change.change == 0) return fail(Error::invalid_field("/change", "changes nothing"));
  return change;
}

Result<ProductView> run_stock(store::Tx& tx, const StockChange& change, const Caller& caller) {
  auto own = own_product(tx, change.product, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto available = flows::change_stock(tx, change.product, change.change, *caller.clock);
  if (!available) return fail_as(available);
  note_product(tx, caller, own->shop, change.product, "stock-changed",
               (change.change > 0 ? "+" : "") + std::to_string(change.change));
  return viewed(tx, catalog::find_product(tx, change.product));
}

}  // namespace

Result<catalog::Product> own_product(store::Tx& tx, ProductId id, const Caller& caller,
                                     identity::Action action) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  auto product = catalog::find_product(tx, id);
  if (!product) return product;
  const auto actor = caller.authorise(tx, action, product->shop);
  if (!actor) return std::unexpected(actor.error());
  return product;
}

void add_product_routes(net::Router& router, const Context& context) {
  const std::string of_shop = "/api/v1/shops/{shop_id}/products";
  const std::string one = "/api/v1/products/{product_id}";
  router.add({Method::get, of_shop, "listProducts",
              handler(context, Endpoint<List, Page<ProductView>>{Job::read, decode_list, run_list,
                                                                 encode_list, SameFor::visitors})});
  router.add({Method::post, of_shop, "createProduct",
              handler(context, Endpoint<Create, ProductView>{Job::write, decode_create, run_create,
                                                             encode_created})});
  router.add(
      {Method::get, one, "getProduct",
       handler(context, Endpoint<ProductId, ProductView>{Job::read, decode_id, run_get,
                                                         encode_product, SameFor::everybody})});
  router.add({Method::patch, one, "changeProduct",
              handler(context, Endpoint<Change, ProductView>{Job::write, decode_change, run_change,
                                                             encode_product})});
  router.add({Method::del, one, "removeProduct",
              handler(context, Endpoint<ProductId, bool>{Job::write, decode_id, run_remove,
                                                         encode_removed})});
  router.add({Method::post, one + "/stock-changes", "changeStock",
              handler(context, Endpoint<StockChange, ProductView>{Job::write, decode_stock,
                                                                  run_stock, encode_product})});
}

}  // namespace geili::api
