// Flash deals: /shows/{show_id}/deals.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/deal.hpp"
#include "stock/stock.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// A deal as of a moment, by which its state goes.
struct Seen {
  stock::Deal deal;
  Instant now;
};

json::value deal_json(const stock::Deal& deal, Instant now) {
  return json::object{{"id", id_json(deal.id)},
                      {"show_id", id_json(deal.show)},
                      {"product_id", id_json(deal.product)},
                      {"price", to_json(deal.price)},
                      {"units", deal.units},
                      {"left", deal.left()},
                      {"units_per_buyer_max", deal.units_per_buyer_max},
                      {"vouchers_max", deal.vouchers_max},
                      {"state", json::string(stock::to_text(deal.state_at(now)))},
                      {"announced_at", instant_json(deal.announced_at)},
                      {"starts_at", instant_json(deal.starts_at)},
                      {"ends_at", instant_json(deal.ends_at)}};
}

Response encode_announced(const Seen& seen, const Request&) {
  return json_response(deal_json(seen.deal, seen.now), 201);
}

Response encode_seen(const Seen& seen, const Request&) {
  return json_response(deal_json(seen.deal, seen.now));
}

// GET

struct List {
  std::vector<stock::Deal> deals;
  Instant now;
};

Result<List> run_list(store::Tx& tx, const ShowId& show, const Caller& caller) {
  if (auto found = shows::find_show(tx, show); !found) return fail_as(found);
  return List{stock::deals_of(tx, show), caller.clock->now()};
}

Response encode_list(const List& list, const Request&) {
  json::array items;
  for (const stock::Deal& deal : list.deals) items.push_back(deal_json(deal, list.now));
  return json_response({{"items", std::move(items)}, {"now", instant_json(list.now)}});
}

// POST

Result<stock::NewDeal> decode_new(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  stock::NewDeal deal{.show = *show, .product = {}, .price = {0, *Currency::parse("CNY")}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    deal.product = ProductId{body.id("product_id")};
    deal.price = read_money(body, "price");
    deal.units = body.integer("units", 1, stock::kStockMax);
    deal.countdown_s =
        body.integer("countdown_s", stock::kDealCountdownMin_s, stock::kDealCountdownMax_s);
    deal.length_s = body.integer("length_s", stock::kDealLengthMin_s, stock::kDealLengthMax_s);
    deal.units_per_buyer_max = body.integer("units_per_buyer_max", 1, stock::kDealUnitsPerBuyerMax);
    deal.vouchers_max =
        body.optional_integer("vouchers_max", 0, stock::kDealVouchersMax).value_or(0);
  });
  if (!read) return fail_as(read);
  return deal;
}

Result<Seen> noted_deal(store::Tx& tx, const Caller& caller, ShopId shop, std::string_view action,
                        Result<stock::Deal> deal) {
  if (!deal) return fail_as(deal);
  note_deed(tx, caller, shop, action, identity::subject_of("deal", deal->id.value),
            identity::subject_of("product", deal->product.value));
  return Seen{*std::move(deal), caller.clock->now()};
}

Result<Seen> run_announce(store::Tx& tx, const stock::NewDeal& deal, const Caller& caller) {
  const auto own = own_show(tx, deal.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted_deal(tx, caller, own->shop, "deal-announced",
                    flows::announce_deal(tx, deal, *caller.clock));
}

// DELETE

struct Named {
  ShowId show;
  stock::DealId deal;
};

Result<Named> decode_named(const Request& request) {
  const auto named = path_ids<ShowTag, stock::DealTag>(request, "show_id", "deal_id");
  if (!named) return std::unexpected(named.error());
  return Named{named->owner, named->id};
}

Result<Seen> run_withdraw(store::Tx& tx, const Named& named, const Caller& caller) {
  const auto own = own_show(tx, named.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted_deal(tx, caller, own->shop, "deal-withdrawn",
                    flows::withdraw_deal(tx, named.show, named.deal, *caller.clock));
}

}  // namespace

void add_deal_routes(net::Router& router, const Context& context) {
  const std::string deals = "/api/v1/shows/{show_id}/deals";
  router.add(
      {Method::get, deals, "listDeals",
       handler(context, Endpoint<ShowId, List>{Job::read, decode_show, run_list, encode_list})});
  router.add({Method::post, deals, "announceDeal",
              handler(context, Endpoint<stock::NewDeal, Seen>{Job::write, decode_new, run_announce,
                                                              encode_announced})});
  router.add({Method::del, deals + "/{deal_id}", "withdrawDeal",
              handler(context,
                      Endpoint<Named, Seen>{Job::write, decode_named, run_withdraw, encode_seen})});
}

}  // namespace geili::api
