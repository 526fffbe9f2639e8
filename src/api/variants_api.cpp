// Variants of a product: /products/{product_id}/variants and their order. Each is changed, counted
// and removed as a product of its own.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/own_product.hpp"
#include "api/product_rules.hpp"
#include "api/routes.hpp"
#include "flows/variant.hpp"
#include "stock/stock.hpp"

namespace geili::api {
namespace {

using identity::Action;
using net::Method;

Result<ProductView> parent_view(store::Tx& tx, ProductId parent) {
  auto product = catalog::find_product(tx, parent);
  if (!product) return fail_as(product);
  return product_view(tx, *std::move(product));
}

// POST /products/{product_id}/variants

struct Add {
  ProductId parent;
  catalog::NewVariant variant{.name = {}, .price = {0, *Currency::parse("CNY")}};
  std::int64_t stock = 0;
};

Result<Add> decode_add(const net::Request& request) {
  const auto parent = path_id<ProductTag>(request, "product_id");
  if (!parent) return std::unexpected(parent.error());
  Add add{.parent = *parent};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    add.variant.name = body.text("name", kVariantName);
    add.variant.price = read_money(body, "price");
    add.variant.weight_g =
        body.optional_integer("weight_g", 0, catalog::kProductWeightMaxG).value_or(0);
    add.stock = body.integer("stock", 0, stock::kStockMax);
  });
  if (!read) return fail_as(read);
  return add;
}

Result<ProductView> run_add(store::Tx& tx, const Add& add, const Caller& caller) {
  auto own = own_product(tx, add.parent, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto made = noted(tx, caller,
                    {own->shop, "variant-added", identity::subject_of("product", own->id.value),
                     add.variant.name},
                    flows::add_variant(tx, own->id, add.variant, add.stock, *caller.clock));
  if (!made) return fail_as(made);
  return parent_view(tx, own->id);
}

net::Response encode_added(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request, 201);
}

// PUT /products/{product_id}/variant-order

struct Order {
  ProductId parent;
  std::vector<ProductId> variants;
};

Result<Order> decode_order(const net::Request& request) {
  const auto parent = path_id<ProductTag>(request, "product_id");
  if (!parent) return std::unexpected(parent.error());
  Order order{.parent = *parent, .variants = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    for (const std::int64_t id : body.ids("variant_ids", catalog::kVariantsMax)) {
      order.variants.push_back({id});
    }
  });
  if (!read) return fail_as(read);
  return order;
}

Result<ProductView> run_order(store::Tx& tx, const Order& order, const Caller& caller) {
  auto own = own_product(tx, order.parent, caller, Action::edit_products);
  if (!own) return fail_as(own);
  auto ordered = noted(
      tx, caller, {own->shop, "variants-ordered", identity::subject_of("product", own->id.value)},
      flows::order_variants(tx, own->id, order.variants, *caller.clock));
  if (!ordered) return fail_as(ordered);
  return product_view(tx, *std::move(ordered));
}

net::Response encode_ordered(const ProductView& view, const net::Request& request) {
  return versioned(to_json(view), view.product.version, request);
}

}  // namespace

void add_variant_routes(net::Router& router, const Context& context) {
  const std::string one = "/api/v1/products/{product_id}";
  router.add({Method::post, one + "/variants", "addVariant",
              handler(context,
                      Endpoint<Add, ProductView>{Job::write, decode_add, run_add, encode_added})});
  router.add({Method::put, one + "/variant-order", "orderVariants",
              handler(context, Endpoint<Order, ProductView>{Job::write, decode_order, run_order,
                                                            encode_ordered})});
}

}  // namespace geili::api
