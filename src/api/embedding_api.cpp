// On whose web sites a shop's shows may be seen: /shops/{shop_id}/embedding.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shop_access.hpp"
#include "base/web_origin.hpp"
#include "catalog/embedding.hpp"
#include "catalog/shop.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;

using Origins = std::vector<std::string>;

net::Response encode(const Origins& origins, const Request&) {
  json::array list;
  for (const std::string& origin : origins) list.emplace_back(origin);
  return json_response(json::object{{"origins", std::move(list)}});
}

// GET

Result<Origins> run_get(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  if (auto may = may_in_shop(tx, shop, caller, Action::edit_shop); !may) return fail_as(may);
  return catalog::embed_origins(tx, shop);
}

// PUT

struct Change {
  ShopId shop;
  Origins origins;
};

Result<Change> decode_change(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  Change change{.shop = *shop, .origins = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    change.origins = body.texts("origins", catalog::kEmbedOriginsMax,
                                {.min_length = 1, .max_length = kWebOriginBytesMax});
  });
  if (!read) return fail_as(read);
  return change;
}

std::string in_words(const Origins& origins) {
  std::string words;
  for (const std::string& origin : origins) words += (words.empty() ? "" : " ") + origin;
  return words;
}

Result<Origins> run_change(store::Tx& tx, const Change& change, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::edit_shop, change.shop);
  if (!actor) return std::unexpected(actor.error());
  auto kept = catalog::set_embed_origins(tx, change.shop, change.origins);
  if (!kept) return kept;
  const Deed deed{.shop = change.shop,
                  .action = "embedding-changed",
                  .subject = identity::subject_of("shop", change.shop.value),
                  .detail = in_words(*kept)};
  return noted(tx, caller, deed, std::move(kept));
}

}  // namespace

void add_embedding_routes(net::Router& router, const Context& context) {
  const std::string path = "/api/v1/shops/{shop_id}/embedding";
  router.add(
      {Method::get, path, "getEmbedding",
       handler(context, Endpoint<ShopId, Origins>{Job::read, decode_shop, run_get, encode})});
  router.add(
      {Method::put, path, "setEmbedding",
       handler(context, Endpoint<Change, Origins>{Job::write, decode_change, run_change, encode})});
}

}  // namespace geili::api
