// A buyer's holds and places in line: /device/holds, /device/waits, /draws/{draw_id}/prize.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/paced.hpp"
#include "api/routes.hpp"
#include "flows/claim_order.hpp"
#include "flows/draws.hpp"
#include "flows/hold.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using net::Method;
using net::Request;
using net::Response;

Result<flows::HoldRequest> decode_wish(const Request& request) {
  flows::HoldRequest wish;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    wish.product = ProductId{body.id("product_id")};
    if (const auto show = body.optional_id("show_id")) wish.show = ShowId{*show};
    wish.quantity = body.optional_integer("quantity", 1, stock::kClaimQuantityMax).value_or(1);
  });
  if (!read) return fail_as(read);
  return wish;
}

// Holds

json::value hold_json(const flows::BuyersHold& hold) {
  const stock::Claim& claim = hold.claim;
  json::object out{{"id", id_json(claim.id)},
                   {"product_id", id_json(claim.product)},
                   {"quantity", claim.quantity},
                   {"expires_at", instant_json(*claim.held_until)},
                   {"offered", hold.offered}};
  if (hold.units_per_buyer_max) out["units_per_buyer_max"] = *hold.units_per_buyer_max;
  if (!claim.show) return out;
  if (claim.deal) out["deal_id"] = id_json(claim.deal->deal);
  if (claim.won) out["won_by"] = json::string_view(stock::to_text(claim.won->by));
  if (hold.price) out["price"] = to_json(*hold.price);
  out["show_id"] = id_json(*claim.show);
  out["mark"] = stock::claim_mark(claim.token);
  if (claim.place > 0) out["place"] = claim.place;
  if (claim.after_us) out["after_ms"] = *claim.after_us / 1'000;
  return out;
}

struct Made {
  flows::BuyersHold hold;
  std::int64_t available = 0;
  Instant now;
};

Result<Made> run_hold(store::Tx& tx, const flows::HoldRequest& wish, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  flows::HoldRequest request = wish;
  request.device = device->id;
  auto held = flows::hold(tx, request, *caller.clock);
  if (!held) return fail_as(held);
  const std::int64_t available = held->available;
  return Made{flows::view_hold(tx, *std::move(held)), available, caller.clock->now()};
}

Result<DrawId> decode_prize(const Request& request) {
  return path_id<DrawTag>(request, "draw_id");
}

Result<Made> run_prize(store::Tx& tx, const DrawId& draw, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  auto held = flows::take_prize(tx, draw, device->id, *caller.clock);
  if (!held) return fail_as(held);
  const std::int64_t available = held->available;
  return Made{flows::view_hold(tx, *std::move(held)), available, caller.clock->now()};
}

Response encode_made(const Made& made, const Request&) {
  return json_response({{"hold", hold_json(made.hold)},
                        {"available", made.available},
                        {"now", instant_json(made.now)}},
                       201);
}

Result<ClaimId> decode_claim(const Request& request) {
  return path_id<ClaimTag>(request, "claim_id");
}

Result<Done> run_cancel(store::Tx& tx, const ClaimId& claim, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  auto given_back = flows::cancel_hold(tx, device->id, claim, *caller.clock);
  if (!given_back) return fail_as(given_back);
  return Done{};
}

// Waits

json::value wait_json(const stock::Wait& wait) {
  json::object out{{"id", std::to_string(wait.id)},
                   {"product_id", id_json(wait.product)},
                   {"quantity", wait.quantity},
                   {"place", wait.place},
                   {"joined_at", instant_json(wait.joined_at)}};
  if (wait.show) out["show_id"] = id_json(*wait.show);
  return out;
}

Result<stock::Wait> run_join(store::Tx& tx, const flows::HoldRequest& wish, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  flows::HoldRequest request = wish;
  request.device = device->id;
  return flows::wait_in_line(tx, request, *caller.clock);
}

Response encode_wait(const stock::Wait& wait, const Request&) {
  return json_response(wait_json(wait), 201);
}

Result<std::int64_t> decode_wait(const Request& request) {
  return path_number(request, "wait_id");
}

Result<Done> run_leave(store::Tx& tx, const std::int64_t& wait, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  auto left = stock::leave_line(tx, device->id, wait);
  if (!left) return fail_as(left);
  return Done{};
}

// GET /device/holds

using Show = std::optional<ShowId>;

Result<Show> decode_list(const Request& request) {
  const auto query = net::Query::parse(request.query);
  if (!query) return std::unexpected(query.error());
  const auto named = query->check_names({"show_id"});
  if (!named) return std::unexpected(named.error());
  const auto show = query->id("show_id");
  if (!show) return std::unexpected(show.error());
  return *show ? Show(ShowId{**show}) : std::nullopt;
}

struct List {
  flows::BuyersHolds mine;
  Instant now;
};

Result<List> run_list(store::Tx& tx, const Show& show, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  return List{flows::list_holds(tx, device->id, show, *caller.clock), caller.clock->now()};
}

Response encode_list(const List& list, const Request&) {
  json::array holds;
  for (const flows::BuyersHold& hold : list.mine.holds) holds.push_back(hold_json(hold));
  json::array waits;
  for (const stock::Wait& wait : list.mine.waits) waits.push_back(wait_json(wait));
  return json_response(
      {{"holds", std::move(holds)}, {"waits", std::move(waits)}, {"now", instant_json(list.now)}});
}

}  // namespace

void add_hold_routes(net::Router& router, const Context& context) {
  const std::string holds = "/api/v1/device/holds";
  const std::string waits = "/api/v1/device/waits";
  router.add(
      {Method::get, holds, "listHolds",
       handler(context, Endpoint<Show, List>{Job::read, decode_list, run_list, encode_list})});
  router.add({Method::post, holds, "holdProduct",
              paced(context, Endpoint<flows::HoldRequest, Made>{Job::write, decode_wish, run_hold,
                                                                encode_made})});
  router.add(
      {Method::post, "/api/v1/draws/{draw_id}/prize", "takePrize",
       paced(context, Endpoint<DrawId, Made>{Job::write, decode_prize, run_prize, encode_made})});
  router.add(
      {Method::del, holds + "/{claim_id}", "cancelHold",
       paced(context, Endpoint<ClaimId, Done>{Job::write, decode_claim, run_cancel, encode_done})});
  router.add({Method::post, waits, "joinLine",
              paced(context, Endpoint<flows::HoldRequest, stock::Wait>{Job::write, decode_wish,
                                                                       run_join, encode_wait})});
  router.add({Method::del, waits + "/{wait_id}", "leaveLine",
              paced(context, Endpoint<std::int64_t, Done>{Job::write, decode_wait, run_leave,
                                                          encode_done})});
}

}  // namespace geili::api
