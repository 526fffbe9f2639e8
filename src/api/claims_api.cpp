// Who came when in a show, how its products stand, and the limits the host sets.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/claim_order.hpp"
#include "stock/stock.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// GET /shows/{show_id}/claims

struct Page {
  ShowId show;
  std::int64_t after = 0;
};

Result<Page> decode_page(const Request& request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return std::unexpected(show.error());
  const auto query = net::Query::parse(request.query);
  if (!query) return std::unexpected(query.error());
  const auto named = query->check_names({"after"});
  if (!named) return std::unexpected(named.error());
  const auto after = query->integer("after", 0, std::int64_t{1} << 53);
  if (!after) return std::unexpected(after.error());
  return Page{*show, after->value_or(0)};
}

using Order = std::vector<flows::ClaimInOrder>;

Result<Order> run_claims(store::Tx& tx, const Page& page, const Caller&) {
  return flows::read_claim_order(tx, page.show, page.after);
}

json::value entry_json(const flows::ClaimInOrder& one) {
  const stock::Logged& entry = one.entry;
  json::object out{{"position", entry.position}, {"what", json::string(stock::to_text(entry.what))},
                   {"mark", entry.mark},         {"product_id", id_json(entry.product)},
                   {"quantity", entry.quantity}, {"at_us", entry.at.us},
                   {"hash", to_hex(entry.hash)}};
  if (one.place) out["place"] = *one.place;
  if (one.after_us) out["after_ms"] = *one.after_us / 1'000;
  return out;
}

Response encode_claims(const Order& order, const Request&) {
  json::array items;
  items.reserve(order.size());
  for (const flows::ClaimInOrder& one : order) items.push_back(entry_json(one));
  json::object out{{"items", std::move(items)}};
  if (order.size() == stock::kLogPageMax) out["next_after"] = order.back().entry.position;
  return json_response(out);
}

// GET /shows/{show_id}/stock

using Counts = std::vector<stock::ShowCount>;

Result<Counts> run_counts(store::Tx& tx, const ShowId& show, const Caller& caller) {
  if (auto found = shows::find_show(tx, show); !found) return fail_as(found);
  return stock::counts_of(tx, show, caller.clock->now());
}

json::value count_json(const stock::ShowCount& count) {
  json::object out{{"product_id", id_json(count.product)},
                   {"taken", count.taken},
                   {"held", count.held},
                   {"waiting", count.waiting}};
  if (count.limit.units_max) out["units_max"] = *count.limit.units_max;
  if (count.limit.units_per_buyer_max)
    out["units_per_buyer_max"] = *count.limit.units_per_buyer_max;
  return out;
}

Response encode_counts(const Counts& counts, const Request&) {
  json::array items;
  for (const stock::ShowCount& count : counts) items.push_back(count_json(count));
  return json_response({{"items", std::move(items)}});
}

// PUT /shows/{show_id}/products/{product_id}/limit

struct Limit {
  ShowId show;
  ProductId product;
  stock::ShowLimit limit;
};

Result<Limit> decode_limit(const Request& request) {
  const auto named = path_ids<ShowTag, ProductTag>(request, "show_id", "product_id");
  if (!named) return std::unexpected(named.error());
  Limit limit{.show = named->owner, .product = named->id, .limit = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    limit.limit.units_max = body.optional_integer("units_max", 0, stock::kStockMax);
    limit.limit.units_per_buyer_max =
        body.optional_integer("units_per_buyer_max", 1, stock::kClaimQuantityMax);
  });
  if (!read) return fail_as(read);
  return limit;
}

Result<stock::ShowCount> run_limit(store::Tx& tx, const Limit& limit, const Caller& caller) {
  const auto own = own_show(tx, limit.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted(
      tx, caller,
      {own->shop, "show-limit-changed", identity::subject_of("product", limit.product.value)},
      flows::set_show_limit(tx, limit.show, limit.product, limit.limit, *caller.clock));
}

Response encode_limit(const stock::ShowCount& count, const Request&) {
  return json_response(count_json(count));
}

}  // namespace

void add_claim_routes(net::Router& router, const Context& context) {
  const std::string show = "/api/v1/shows/{show_id}";
  router.add(
      {Method::get, show + "/claims", "listClaims",
       handler(context, Endpoint<Page, Order>{Job::read, decode_page, run_claims, encode_claims})});
  router.add({Method::get, show + "/stock", "listShowStock",
              handler(context, Endpoint<ShowId, Counts>{Job::read, decode_show, run_counts,
                                                        encode_counts})});
  router.add({Method::put, show + "/products/{product_id}/limit", "setShowLimit",
              handler(context, Endpoint<Limit, stock::ShowCount>{Job::write, decode_limit,
                                                                 run_limit, encode_limit})});
}

}  // namespace geili::api
