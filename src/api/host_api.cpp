// The host's desk: start, end, call off, pin, hide, and where the picture is sent.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/show.hpp"
#include "live/await.hpp"
#include "shows/chat.hpp"
#include "shows/stream_key.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// Start, end and call off

// The show, once the deed is noted.
Result<ShowView> noted(store::Tx& tx, const Caller& caller, Result<shows::Show> show,
                       std::string_view action, std::string_view detail = "") {
  if (show) {
    note_deed(tx, caller, show->shop, action, identity::subject_of("show", show->id.value), detail);
  }
  return viewed_show(tx, std::move(show));
}

Result<ShowView> run_start(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::start_show(tx, show, *caller.clock), "show-started");
}

Result<ShowView> run_end(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::end_show(tx, show, *caller.clock), "show-ended");
}

Result<ShowView> run_call_off(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::call_off_show(tx, show, *caller.clock), "show-called-off");
}

awaitable<Response> start_show(const Context* context, Request request) {
  const auto show = decode_show(request);
  const Endpoint<ShowId, ShowView> endpoint{Job::write, decode_show, run_start, nullptr};
  auto response = co_await answer_show(context, endpoint, std::move(request));
  if (show && response.status == 200) context->media->record_show(*show);
  co_return response;
}

// A camera may send already when a show is called off.
awaitable<Response> stop_show(const Context* context, Request request, decltype(&run_end) run) {
  const auto show = decode_show(request);
  const Endpoint<ShowId, ShowView> endpoint{Job::write, decode_show, run, nullptr};
  auto response = co_await answer_show(context, endpoint, std::move(request));
  if (show && response.status == 200) context->media->end_show(*show);
  co_return response;
}

// Pins

struct Pin {
  ShowId show;
  ProductId product;
};

Result<Pin> decode_pin(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  Pin pin{.show = *show};
  auto read = read_body(
      request, [&](net::ObjectReader& body) { pin.product = ProductId{body.id("product_id")}; });
  if (!read) return fail_as(read);
  return pin;
}

Result<ShowView> run_pin(store::Tx& tx, const Pin& pin, const Caller& caller) {
  const auto own = own_show(tx, pin.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::pin(tx, pin.show, pin.product, *caller.clock), "product-pinned",
               identity::subject_of("product", pin.product.value));
}

Result<ShowView> run_unpin(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::unpin(tx, show, *caller.clock), "product-unpinned");
}

// DELETE /shows/{show_id}/messages/{seq}

awaitable<Response> hide_message(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto show = decode_show(request);
  if (!show) co_return problem(show.error());
  const auto seq = path_number(request, "seq");
  if (!seq) co_return problem(seq.error());
  auto job = [show = *show, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return own_show(tx, show, caller, Action::host_desk);
  };
  const auto own = co_await store::write(*context->database, job);
  if (!own) co_return problem(own.error());
  live::HideMessage command{.role = live::Role::host, .message_seq = *seq};
  const auto hidden = co_await live::ask(context->hub, *show, command);
  if (!hidden) co_return problem(hidden.error());
  auto note = [own = *own, seq = *seq,
               caller = Caller::of(request, *context->clock)](store::Tx& tx) -> Result<bool> {
    if (const auto session = caller.signed_in(tx)) {
      shows::hide_chat(tx, own.id, seq, session->actor.person, caller.clock->now());
    }
    note_deed(tx, caller, own.shop, "message-hidden", identity::subject_of("show", own.id.value),
              "message/" + std::to_string(seq));
    return true;
  };
  // The message is gone, and a store that is busy now cannot bring it back.
  const auto written = co_await store::write(*context->database, note);
  (void)written;
  co_return no_content();
}

// Ingest

// "{host}" of the setting becomes the host that the browser knows us by.
std::string url_for(const Request& request, std::string url) {
  constexpr std::string_view kHost = "{host}";
  const std::size_t at = url.find(kHost);
  if (at == std::string::npos) return url;
  std::string host(request.headers.find("Host").value_or("localhost"));
  const std::size_t colon = host.rfind(':');
  if (colon != std::string::npos && host.find(']', colon) == std::string::npos) {
    host.resize(colon);
  }
  return url.replace(at, kHost.size(), host);
}

// Why the last publisher was cut, as far as its encoder's settings are to blame; empty otherwise.
std::string_view encoder_fault(const media::StreamStats& stats) {
  constexpr std::array<std::string_view, 6> kFaults{"video-codec",  "audio-codec",
                                                    "video-format", "audio-format",
                                                    "bitrate-max",  "frame-rate-max"};
  if (stats.state != media::StreamState::away) return {};
  if (stats.reason.starts_with("ts-")) return "no-transport-stream";
  const auto found = std::ranges::find(kFaults, stats.reason);
  return found == kFaults.end() ? std::string_view() : *found;
}

json::array warnings_of(const media::StreamStats& stats) {
  constexpr double kKeyIntervalMax_s = 3;
  constexpr std::uint64_t kBitrateMax_bps = 6'000'000;
  json::array warnings;
  if (const auto fault = encoder_fault(stats); !fault.empty()) warnings.emplace_back(fault);
  for (const std::string& warning : stats.warnings) {
    const bool is_told =
        warning == "b-frames" || warning == "no-audio" || warning == "recording-paused";
    if (is_told) warnings.emplace_back(warning);
  }
  if (stats.key_interval_s > kKeyIntervalMax_s) {
    warnings.emplace_back("long-key-frame-interval");
  }
  if (stats.bitrate_bps > kBitrateMax_bps) warnings.emplace_back("high-bitrate");
  return warnings;
}

void add_link(json::object& out, std::uint64_t received_packets, std::uint64_t lost_packets,
              std::optional<std::int64_t> round_trip_us) {
  const std::uint64_t expected = received_packets + lost_packets;
  if (expected > 0) out["loss_permille"] = 1'000 * lost_packets / expected;
  if (round_trip_us) out["round_trip_ms"] = *round_trip_us / 1'000;
}

const char* state_text(media::StreamState state) {
  switch (state) {
    case media::StreamState::live:
      return "live";
    case media::StreamState::away:
      return "away";
    case media::StreamState::ended:
      return "none";
  }
  return "none";
}

awaitable<Response> ingest(const Context* context, Request request, bool renew) {
  const auto origin = renew ? check_origin(request, context->public_origin) : Result<void>();
  if (!origin) co_return problem(origin.error());
  const auto show = decode_show(request);
  if (!show) co_return problem(show.error());
  auto job = [show = *show, renew,
              caller = Caller::of(request, *context->clock)](store::Tx& tx) -> Result<std::string> {
    const auto own = own_show(tx, show, caller, Action::run_shows);
    if (!own) return std::unexpected(own.error());
    if (!renew) return shows::stream_key(tx, show);
    note_deed(tx, caller, own->shop, "stream-key-renewed",
              identity::subject_of("show", show.value));
    return shows::renew_stream_key(tx, show);
  };
  auto pending =
      renew ? store::write(*context->database, job) : store::read(*context->database, job);
  auto key = co_await std::move(pending);
  if (!key) co_return problem(key.error());

  json::object out{{"rtmp_url", url_for(request, context->rtmp_url)},
                   {"stream_key", *key},
                   {"state", "none"},
                   {"warnings", json::array()}};
  if (!context->srt_url.empty()) {
    out["srt_url"] = url_for(request, context->srt_url);
    if (!context->srt_passphrase.empty()) out["srt_passphrase"] = context->srt_passphrase;
  }
  auto stats = co_await context->media->stats(*show);
  if (stats) {
    out["state"] = state_text(stats->state);
    out["width"] = stats->width;
    out["height"] = stats->height;
    out["bitrate_bps"] = stats->bitrate_bps;
    out["frames_per_s"] = static_cast<std::int64_t>(stats->frames_per_s + 0.5);
    out["key_frame_interval_ms"] = static_cast<std::int64_t>(stats->key_interval_s * 1000);
    out["dropped"] = stats->units_dropped;
    out["viewers_hls"] = stats->viewers;
    out["warnings"] = warnings_of(*stats);
    const auto web_rtc = co_await context->media->web_rtc().figures_of(*show);
    out["viewers_webrtc"] = web_rtc.viewers;
    add_link(out, web_rtc.received_packets, web_rtc.lost_packets, web_rtc.round_trip_us);
    if (const auto& link = stats->link) {
      add_link(out, link->received_packets - std::min(link->received_packets, link->lost_packets),
               link->lost_packets, link->round_trip_us);
    }
  }
  co_return json_response(out);
}

}  // namespace

void add_host_routes(net::Router& router, const Context& context) {
  const std::string show = "/api/v1/shows/{show_id}";
  router.add({Method::post, show + "/start", "startShow", [context = &context](Request request) {
                return start_show(context, std::move(request));
              }});
  router.add({Method::post, show + "/end", "endShow", [context = &context](Request request) {
                return stop_show(context, std::move(request), run_end);
              }});
  router.add(
      {Method::post, show + "/call-off", "callOffShow", [context = &context](Request request) {
         return stop_show(context, std::move(request), run_call_off);
       }});
  router.add(
      {Method::put, show + "/pin", "pinProduct",
       show_handler(context, Endpoint<Pin, ShowView>{Job::write, decode_pin, run_pin, nullptr})});
  router.add({Method::del, show + "/pin", "unpinProduct",
              show_handler(context, Endpoint<ShowId, ShowView>{Job::write, decode_show, run_unpin,
                                                               nullptr})});
  router.add(
      {Method::del, show + "/messages/{seq}", "hideMessage", [context = &context](Request request) {
         return hide_message(context, std::move(request));
       }});
  router.add({Method::get, show + "/ingest", "getIngest", [context = &context](Request request) {
                return ingest(context, std::move(request), false);
              }});
  router.add(
      {Method::post, show + "/ingest", "renewStreamKey", [context = &context](Request request) {
         return ingest(context, std::move(request), true);
       }});
}

}  // namespace geili::api
