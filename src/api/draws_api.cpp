// Lucky draws: /shows/{show_id}/draws, /draws/{draw_id}.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/draw_log_json.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/draws.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

struct DrawView {
  shows::Draw draw;
  std::vector<shows::Winner> winners;
  std::optional<shows::Ticket> mine;  // of the device that asks
};

json::object ticket_json(const shows::Ticket& ticket) {
  json::object out{{"number", ticket.entry.number},
                   {"mark", ticket.entry.mark},
                   {"entered_at", instant_json(ticket.entry.entered_at)}};
  if (ticket.place) out["place"] = *ticket.place;
  return out;
}

json::object to_json(const DrawView& view) {
  const shows::Draw& draw = view.draw;
  json::array winners;
  for (const shows::Winner& winner : view.winners) {
    winners.push_back({{"number", winner.number}, {"name", winner.name}});
  }
  json::object out{{"id", id_json(draw.terms.draw)},
                   {"show_id", id_json(draw.terms.show)},
                   {"prize", draw.terms.prize},
                   {"state", json::string_view(shows::to_text(draw.state))},
                   {"who", json::string_view(shows::to_text(draw.who))},
                   {"winners_max", draw.terms.winners_max},
                   {"opened_at", instant_json(draw.terms.opened_at)},
                   {"closes_at", instant_json(draw.closes_at)},
                   {"commitment", to_hex(draw.terms.commitment)},
                   {"entries", draw.entries},
                   {"winners", std::move(winners)}};
  if (draw.product) out["product_id"] = id_json(*draw.product);
  if (view.mine) out["mine"] = ticket_json(*view.mine);
  return out;
}

DrawView viewed(store::Tx& tx, shows::Draw draw, const Caller& caller) {
  DrawView view{.draw = std::move(draw), .winners = {}, .mine = {}};
  view.winners = shows::winners_of(tx, view.draw.terms.draw);
  if (const auto device = caller.device(tx)) {
    view.mine = shows::ticket_of(tx, view.draw.terms.draw, device->id);
  }
  return view;
}

Result<DrawId> decode_draw(const Request& request) {
  return path_id<DrawTag>(request, "draw_id");
}
Response encode_draw(const DrawView& view, const Request&) {
  return json_response(to_json(view));
}

// POST and GET /shows/{show_id}/draws

Result<shows::NewDraw> decode_open(const Request& request) {
  auto show = decode_show(request);
  if (!show) return fail_as(show);
  shows::NewDraw draw{.show = *show};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    draw.prize = body.text("prize", {.min_length = 1, .max_length = shows::kPrizeMax});
    if (const auto product = body.optional_id("product_id")) draw.product = ProductId{*product};
    draw.winners_max =
        body.optional_integer("winners", 1, shows::kDrawWinnersMax).value_or(draw.winners_max);
    draw.length = std::chrono::seconds(
        body.integer("length_s", shows::kDrawLengthMin.count(), shows::kDrawLengthMax.count()));
    const std::string who =
        body.optional_text("who", {.min_length = 1, .max_length = 10}).value_or("everybody");
    const auto parsed = shows::parse_draw_for(who);
    if (!parsed) body.fault("who", "is not everybody or buyers");
    draw.who = parsed.value_or(shows::DrawFor::everybody);
  });
  if (!read) return fail_as(read);
  return draw;
}

Result<DrawView> run_open(store::Tx& tx, const shows::NewDraw& draw, const Caller& caller) {
  const auto own = own_show(tx, draw.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  auto opened = flows::open_draw(tx, draw, *caller.clock);
  if (!opened) return fail_as(opened);
  note_deed(tx, caller, own->shop, "draw-opened", identity::subject_of("show", draw.show.value),
            identity::subject_of("draw", opened->terms.draw.value));
  return viewed(tx, *std::move(opened), caller);
}

Response encode_opened(const DrawView& view, const Request&) {
  return json_response(to_json(view), 201);
}

using Draws = std::vector<DrawView>;

Result<Draws> run_list(store::Tx& tx, const ShowId& id, const Caller& caller) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  Draws all;
  for (shows::Draw& draw : shows::draws_of(tx, id)) {
    all.push_back(viewed(tx, std::move(draw), caller));
  }
  return all;
}

Response encode_list(const Draws& all, const Request&) {
  json::array items;
  for (const DrawView& view : all) items.push_back(to_json(view));
  return json_response({{"items", std::move(items)}});
}

// /draws/{draw_id}

Result<DrawView> run_get(store::Tx& tx, const DrawId& id, const Caller& caller) {
  auto draw = shows::find_draw(tx, id);
  if (!draw) return fail_as(draw);
  return viewed(tx, *std::move(draw), caller);
}

Result<DrawView> run_enter(store::Tx& tx, const DrawId& id, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  if (!device->display_name) {
    return fail(ErrorKind::conflict, "name-needed", "Choose a name before you enter.");
  }
  auto ticket = flows::enter_draw(tx, id, device->id, *device->display_name, *caller.clock);
  if (!ticket) return fail_as(ticket);
  return run_get(tx, id, caller);
}

template <Result<shows::Draw> (*end)(store::Tx&, DrawId, const Clock&)>
Result<DrawView> run_end(store::Tx& tx, const DrawId& id, const Caller& caller,
                         std::string_view deed) {
  auto draw = shows::find_draw(tx, id);
  if (!draw) return fail_as(draw);
  const auto own = own_show(tx, draw->terms.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  auto ended = end(tx, id, *caller.clock);
  if (!ended) return fail_as(ended);
  note_deed(tx, caller, own->shop, deed, identity::subject_of("show", own->id.value),
            identity::subject_of("draw", id.value));
  return viewed(tx, *std::move(ended), caller);
}

Result<DrawView> run_draw(store::Tx& tx, const DrawId& id, const Caller& caller) {
  return run_end<flows::close_draw>(tx, id, caller, "draw-drawn");
}
Result<DrawView> run_cancel(store::Tx& tx, const DrawId& id, const Caller& caller) {
  return run_end<flows::cancel_draw>(tx, id, caller, "draw-cancelled");
}

Result<shows::DrawLog> run_log(store::Tx& tx, const DrawId& id, const Caller&) {
  return shows::draw_log(tx, id);
}

Response encode_log(const shows::DrawLog& log, const Request&) {
  return file_download(json::serialize(api::to_json(log)), "application/json",
                       "draw-" + std::to_string(log.terms.draw.value) + ".json");
}

}  // namespace

void add_draw_routes(net::Router& router, const Context& context) {
  const std::string of_show = "/api/v1/shows/{show_id}/draws";
  const std::string one = "/api/v1/draws/{draw_id}";
  const auto draw = [&](Job job,
                        Result<DrawView> (*run)(store::Tx&, const DrawId&, const Caller&)) {
    return handler(context, Endpoint<DrawId, DrawView>{job, decode_draw, run, encode_draw});
  };
  router.add({Method::post, of_show, "openDraw",
              handler(context, Endpoint<shows::NewDraw, DrawView>{Job::write, decode_open, run_open,
                                                                  encode_opened})});
  router.add(
      {Method::get, of_show, "listDraws",
       handler(context, Endpoint<ShowId, Draws>{Job::read, decode_show, run_list, encode_list})});
  router.add({Method::get, one, "getDraw", draw(Job::read, run_get)});
  router.add({Method::del, one, "cancelDraw", draw(Job::write, run_cancel)});
  router.add({Method::post, one + "/entry", "enterDraw", draw(Job::write, run_enter)});
  router.add({Method::post, one + "/winners", "drawWinners", draw(Job::write, run_draw)});
  router.add({Method::get, one + "/log", "getDrawLog",
              handler(context, Endpoint<DrawId, shows::DrawLog>{Job::read, decode_draw, run_log,
                                                                encode_log})});
}

}  // namespace geili::api
