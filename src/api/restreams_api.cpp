// Where a shop's shows are sent on to: /shops/{shop_id}/restreams, and how that goes for one show:
// /shows/{show_id}/restreams.

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/shop_access.hpp"
#include "api/show_access.hpp"
#include "base/rtmp_url.hpp"
#include "restreams/target.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using restreams::Target;
using restreams::TargetId;

json::object to_json(const Target& target) {
  return {{"id", id_json(target.id)},
          {"name", target.choice.name},
          {"server_url", target.choice.server_url},
          {"key_end", target.key_end},
          {"enabled", target.choice.is_enabled},
          {"shows", json::string(restreams::to_text(target.choice.scope))},
          {"created_at", instant_json(target.created_at)}};
}

Result<void> may_edit(store::Tx& tx, ShopId shop, const Caller& caller) {
  return may_in_shop(tx, shop, caller, Action::edit_restreams);
}

void note(store::Tx& tx, const Caller& caller, std::string_view action, const Target& target) {
  note_deed(tx, caller, target.shop, action, identity::subject_of("restream", target.id.value),
            target.choice.name);
}

struct Change {
  ShopId shop;
  TargetId target;
  restreams::TargetChoice choice;
  std::optional<Secret<std::string>> key;  // none: as it is
};

void read_choice(net::ObjectReader& body, Change& change, Reach reach) {
  restreams::TargetChoice& choice = change.choice;
  choice.name = body.text("name", {.min_length = 1, .max_length = restreams::kNameMax});
  choice.server_url = body.text("server_url", {.min_length = 1, .max_length = kRtmpUrlBytesMax});
  if (!choice.server_url.empty()) {
    const auto url = parse_rtmp_url(choice.server_url, reach);
    if (!url) body.fault("server_url", to_text(url.error()));
  }
  choice.is_enabled = body.optional_boolean("enabled").value_or(true);
  choice.scope = read_word<restreams::Scope>(body, "shows", restreams::parse_scope);
}

void use_key(net::ObjectReader& body, Change& change, std::string key) {
  if (!restreams::is_stream_key(key)) {
    body.fault("stream_key", "holds a space, or a sign that no stream key has");
  }
  change.key.emplace(std::move(key));
}

Result<Change> decode_all(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  return Change{.shop = *shop, .target = {}, .choice = {}, .key = {}};
}

Result<Change> decode_one(const Request& request) {
  auto change = decode_all(request);
  if (!change) return change;
  const auto target = path_id<restreams::RestreamTag>(request, "restream_id");
  if (!target) return std::unexpected(target.error());
  change->target = *target;
  return change;
}

// GET

Result<std::vector<Target>> run_list(store::Tx& tx, const Change& of, const Caller& caller) {
  if (auto may = may_edit(tx, of.shop, caller); !may) return fail_as(may);
  return restreams::list_targets(tx, of.shop);
}

Response encode_list(const std::vector<Target>& all, const Request&) {
  json::array items;
  for (const Target& one : all) items.push_back(to_json(one));
  return json_response(json::object{{"items", std::move(items)}});
}

// POST and PUT: the key comes in, and is in no answer.

Result<Target> create(store::Tx& tx, const Change& change, const Caller& caller,
                      const crypto::Sealer& sealer) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  auto made = restreams::create_target(tx, change.shop, change.choice, *change.key, sealer,
                                       caller.clock->now());
  if (made) note(tx, caller, "restream-created", *made);
  return made;
}

awaitable<Response> create_restream(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto change = decode_all(request);
  if (!change) co_return problem(change.error());
  const auto read = read_body(request, [&](net::ObjectReader& body) {
    read_choice(body, *change, context->webhook_reach);
    std::string key =
        body.text("stream_key", {.min_length = 1, .max_length = restreams::kKeyBytesMax});
    if (!key.empty()) use_key(body, *change, std::move(key));
  });
  if (!read) co_return problem(read.error());
  auto job = [change = *change, caller = Caller::of(request, *context->clock),
              sealer = context->sealer](store::Tx& tx) {
    return create(tx, change, caller, *sealer);
  };
  const auto made = co_await store::write(*context->database, job);
  if (!made) co_return problem(made.error());
  co_return json_response(to_json(*made), 201);
}

Result<Target> change_one(store::Tx& tx, const Change& change, const Caller& caller,
                          const crypto::Sealer& sealer) {
  if (auto may = may_edit(tx, change.shop, caller); !may) return fail_as(may);
  auto changed =
      restreams::change_target(tx, change.shop, change.target, change.choice, change.key, sealer);
  if (changed) note(tx, caller, "restream-changed", *changed);
  return changed;
}

awaitable<Response> change_restream(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto change = decode_one(request);
  if (!change) co_return problem(change.error());
  const auto read = read_body(request, [&](net::ObjectReader& body) {
    read_choice(body, *change, context->webhook_reach);
    auto key =
        body.optional_text("stream_key", {.min_length = 1, .max_length = restreams::kKeyBytesMax});
    if (key && !key->empty()) use_key(body, *change, *std::move(key));
  });
  if (!read) co_return problem(read.error());
  auto job = [change = *change, caller = Caller::of(request, *context->clock),
              sealer = context->sealer](store::Tx& tx) {
    return change_one(tx, change, caller, *sealer);
  };
  const auto changed = co_await store::write(*context->database, job);
  if (!changed) co_return problem(changed.error());
  co_return json_response(to_json(*changed));
}

// DELETE

Result<Done> run_delete(store::Tx& tx, const Change& of, const Caller& caller) {
  if (auto may = may_edit(tx, of.shop, caller); !may) return fail_as(may);
  auto found = restreams::find_target(tx, of.shop, of.target);
  if (!found) return fail_as(found);
  if (auto gone = restreams::delete_target(tx, of.shop, of.target); !gone) return fail_as(gone);
  note(tx, caller, "restream-deleted", *found);
  return Done{};
}

// PUT /shows/{show_id}/restreams/{restream_id}

struct Choice {
  ShowId show;
  TargetId target;
  bool is_chosen = false;
};

Result<Choice> decode_choice(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  const auto target = path_id<restreams::RestreamTag>(request, "restream_id");
  if (!target) return std::unexpected(target.error());
  Choice choice{.show = *show, .target = *target};
  auto read = read_body(
      request, [&](net::ObjectReader& body) { choice.is_chosen = body.boolean("chosen"); });
  if (!read) return fail_as(read);
  return choice;
}

Result<Done> run_choose(store::Tx& tx, const Choice& choice, const Caller& caller) {
  const auto own = own_show(tx, choice.show, caller, Action::edit_restreams);
  if (!own) return std::unexpected(own.error());
  auto chosen = restreams::choose(tx, own->shop, own->id, choice.target, choice.is_chosen);
  if (!chosen) return fail_as(chosen);
  note_deed(tx, caller, own->shop, choice.is_chosen ? "restream-chosen" : "restream-left-out",
            identity::subject_of("show", own->id.value),
            identity::subject_of("restream", choice.target.value));
  return Done{};
}

// GET /shows/{show_id}/restreams

std::string_view to_text(media::RestreamState state) {
  constexpr std::array<std::string_view, 4> kNames{"connecting", "live", "waiting", "failed"};
  return kNames.at(static_cast<std::size_t>(state));
}

std::string_view to_text(media::RestreamReason reason) {
  constexpr std::array<std::string_view, 11> kNames{"",
                                                    "camera_away",
                                                    "unreachable",
                                                    "forbidden_address",
                                                    "certificate",
                                                    "timed_out",
                                                    "refused",
                                                    "ended",
                                                    "too_slow",
                                                    "codec",
                                                    "not_understood"};
  return kNames.at(static_cast<std::size_t>(reason));
}

struct Listed {
  restreams::ShowTarget of;
  bool is_readable = true;  // its key, with this installation's key file
};
struct ShowList {
  bool is_live = false;
  std::vector<Listed> targets;
};

void add_status(json::object& out, const media::RestreamStatus& status) {
  out["state"] = json::string(to_text(status.state));
  if (status.reason != media::RestreamReason::none) {
    out["reason"] = json::string(to_text(status.reason));
  }
  out["since"] = instant_json(status.since);
  if (status.retry_at) out["retry_at"] = instant_json(*status.retry_at);
  out["bitrate_bps"] = status.bitrate_bps;
  out["dropped"] = status.dropped;
}

json::object to_json(const Listed& one, bool is_live,
                     const std::vector<media::RestreamStatus>& statuses) {
  const Target& target = one.of.target;
  json::object out{{"id", id_json(target.id)},
                   {"name", target.choice.name},
                   {"enabled", target.choice.is_enabled},
                   {"shows", json::string(restreams::to_text(target.choice.scope))},
                   {"chosen", one.of.is_chosen}};
  if (!one.of.is_used()) return out;
  const auto status = std::ranges::find_if(
      statuses, [&](const media::RestreamStatus& each) { return each.id == target.id.value; });
  if (!one.is_readable) {
    out["state"] = "failed";
    out["reason"] = "key_unreadable";
  } else if (!is_live) {
    out["state"] = "waiting";
    out["reason"] = "not_live";
  } else if (status == statuses.end()) {
    out["state"] = "waiting";
    out["reason"] = "camera_away";
  } else {
    add_status(out, *status);
  }
  return out;
}

awaitable<Response> list_show_restreams(const Context* context, Request request) {
  const auto show = decode_show(request);
  if (!show) co_return problem(show.error());
  auto job = [show = *show, caller = Caller::of(request, *context->clock),
              sealer = context->sealer](store::Tx& tx) -> Result<ShowList> {
    const auto own = own_show(tx, show, caller, Action::host_desk);
    if (!own) return std::unexpected(own.error());
    ShowList list{.is_live = own->status == shows::ShowStatus::live, .targets = {}};
    for (restreams::ShowTarget& one : restreams::targets_of_show(tx, own->shop, show)) {
      const bool is_readable =
          restreams::open_key(one.sealed_key, one.target.id, *sealer).has_value();
      list.targets.push_back({std::move(one), is_readable});
    }
    return list;
  };
  const auto list = co_await store::read(*context->database, job);
  if (!list) co_return problem(list.error());
  const auto statuses = co_await context->media->restreams(*show);
  json::array items;
  for (const Listed& one : list->targets) items.push_back(to_json(one, list->is_live, statuses));
  co_return json_response(json::object{{"items", std::move(items)}});
}

net::Handler bound(const Context& context, awaitable<Response> (*run)(const Context*, Request)) {
  return [context = &context, run](Request request) { return run(context, std::move(request)); };
}

}  // namespace

void add_restream_routes(net::Router& router, const Context& context) {
  const std::string all = "/api/v1/shops/{shop_id}/restreams";
  const std::string one = all + "/{restream_id}";
  const std::string of_show = "/api/v1/shows/{show_id}/restreams";
  router.add({Method::get, all, "listRestreams",
              handler(context, Endpoint<Change, std::vector<Target>>{Job::read, decode_all,
                                                                     run_list, encode_list})});
  router.add({Method::post, all, "createRestream", bound(context, create_restream)});
  router.add({Method::put, one, "changeRestream", bound(context, change_restream)});
  router.add(
      {Method::del, one, "deleteRestream",
       handler(context, Endpoint<Change, Done>{Job::write, decode_one, run_delete, encode_done})});
  router.add({Method::get, of_show, "listShowRestreams", bound(context, list_show_restreams)});
  router.add({Method::put, of_show + "/{restream_id}", "chooseRestream",
              handler(context,
                      Endpoint<Choice, Done>{Job::write, decode_choice, run_choose, encode_done})});
}

}  // namespace geili::api
