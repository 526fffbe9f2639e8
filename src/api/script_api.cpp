// The script of a show: /shows/{show_id}/script.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/script.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using shows::WantedBeat;

struct Script {
  std::vector<shows::Beat> beats;
  std::optional<shows::BeatRun> under_way;  // of a live show, and a beat that is still in it
};

Script script_of(store::Tx& tx, const shows::Show& show) {
  Script script{.beats = shows::script_of(tx, show.id), .under_way = {}};
  if (show.status != shows::ShowStatus::live) return script;
  const auto runs = shows::beat_runs_of(tx, show.id);
  if (!runs.empty()) script.under_way = runs.back();
  return script;
}

Response encode_script(const Script& script, const Request&) {
  json::array beats;
  for (const shows::Beat& beat : script.beats) {
    json::object one{{"id", id_json(beat.id)},
                     {"kind", json::string_view(shows::to_text(beat.kind))},
                     {"text", beat.text}};
    if (beat.product) one["product_id"] = id_json(*beat.product);
    beats.push_back(std::move(one));
  }
  json::object out{{"beats", std::move(beats)}};
  if (script.under_way) {
    out["under_way"] = json::object{{"beat_id", id_json(script.under_way->beat)},
                                    {"begun_at", instant_json(script.under_way->begun_at)}};
  }
  Response response = json_response(out);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// GET

Result<Script> run_get(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  return script_of(tx, *own);
}

// PUT

struct NewScript {
  ShowId show;
  std::vector<WantedBeat> beats;
};

Result<NewScript> decode_set(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  NewScript script{.show = *show, .beats = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    body.objects("beats", 0, shows::kScriptBeatsMax, [&](net::ObjectReader& item) {
      WantedBeat beat;
      if (const auto id = item.optional_id("id")) beat.id = shows::BeatId{*id};
      beat.kind = read_word(item, "kind", shows::parse_beat_kind);
      if (const auto product = item.optional_id("product_id")) beat.product = ProductId{*product};
      beat.text = item.text(
          "text", {.min_length = 1, .max_length = shows::kBeatTextMax, .lines = Lines::multiple});
      script.beats.push_back(std::move(beat));
    });
  });
  if (!read) return fail_as(read);
  return script;
}

Result<Script> run_set(store::Tx& tx, const NewScript& script, const Caller& caller) {
  const auto own = own_show(tx, script.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  if (auto set = shows::set_script(tx, script.show, script.beats); !set) return fail_as(set);
  note_deed(tx, caller, own->shop, "script-changed", identity::subject_of("show", own->id.value),
            std::to_string(script.beats.size()) + " beats");
  return script_of(tx, *own);
}

// POST /shows/{show_id}/script/{beat_id}/begin

Result<flows::BeginBeat> decode_begin(const Request& request) {
  const auto named = path_ids<ShowTag, shows::BeatTag>(request, "show_id", "beat_id");
  if (!named) return std::unexpected(named.error());
  flows::BeginBeat wish{.show = named->owner, .beat = named->id};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    wish.pins = body.optional_boolean("pin").value_or(false);
  });
  if (!read) return fail_as(read);
  return wish;
}

Result<Script> run_begin(store::Tx& tx, const flows::BeginBeat& wish, const Caller& caller) {
  const auto own = own_show(tx, wish.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  const auto begun = flows::begin_beat(tx, wish, *caller.clock);
  if (!begun) return std::unexpected(begun.error());
  if (*begun) {
    note_deed(tx, caller, own->shop, "beat-begun", identity::subject_of("show", own->id.value),
              identity::subject_of("beat", wish.beat.value));
  }
  return script_of(tx, *own);
}

}  // namespace

void add_script_routes(net::Router& router, const Context& context) {
  const std::string script = "/api/v1/shows/{show_id}/script";
  router.add(
      {Method::get, script, "getScript",
       handler(context, Endpoint<ShowId, Script>{Job::read, decode_show, run_get, encode_script})});
  router.add({Method::put, script, "setScript",
              handler(context, Endpoint<NewScript, Script>{Job::write, decode_set, run_set,
                                                           encode_script})});
  router.add({Method::post, script + "/{beat_id}/begin", "beginBeat",
              handler(context, Endpoint<flows::BeginBeat, Script>{Job::write, decode_begin,
                                                                  run_begin, encode_script})});
}

}  // namespace geili::api
