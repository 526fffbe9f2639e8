// WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep): offers and answers over HTTP. A session's
// address is its own secret, so what is done to a session needs neither a key nor a cookie.

#include <string>
#include <string_view>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "media/sdp/parse.hpp"
#include "shows/stream_key.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using media::SessionRole;
using net::Method;
using net::Request;
using net::Response;

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kSdp = "application/sdp";
constexpr std::string_view kFragment = "application/trickle-ice-sdpfrag";

// Encoders and players on other sites may ask; cookies of theirs are not sent.
Response open_to_all(Response response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Access-Control-Expose-Headers", "Location, Link, ETag, Accept-Patch");
  return response;
}

Response refusal(const Error& error) {
  return open_to_all(problem(error));
}

Result<void> check_type(const Request& request, std::string_view wanted) {
  const std::string_view type = request.headers.find("Content-Type").value_or("");
  const std::string_view essence = type.substr(0, type.find_first_of("; \t"));
  if (net::equal_ignoring_case(essence, wanted)) return {};
  return fail(ErrorKind::unsupported_media, "media-type-unsupported",
              "Send " + std::string(wanted) + ".");
}

std::optional<std::string> bearer_of(const Request& request) {
  const auto header = request.headers.find("Authorization");
  if (!header || header->size() < kBearer.size()) return std::nullopt;
  if (!net::equal_ignoring_case(header->substr(0, kBearer.size()), kBearer)) return std::nullopt;
  return std::string(header->substr(kBearer.size()));
}

constexpr std::string_view kCamera = "camera";
constexpr std::string_view kCoHost = "co-host";

std::string address_of(ShowId stream, SessionRole role, const std::string& session) {
  std::string at = "/api/v1/shows/" + std::to_string(media::show_of(stream).value) +
                   (role == SessionRole::publisher ? "/whip/" : "/whep/") + session;
  if (media::is_second_camera(stream)) at.append("?").append(kCamera).append("=").append(kCoHost);
  return at;
}

// What the path and the query ask for.
struct Wish {
  ShowId show;
  ShowId stream;  // of the show's first camera or of its second
  bool takes_over = false;
};

Result<Wish> decode_wish(const Request& request, std::initializer_list<std::string_view> known) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return std::unexpected(show.error());
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  const auto fits = query->check_names(known);
  if (!fits) return std::unexpected(fits.error());
  const auto takes_over = query->boolean("takeover");
  if (!takes_over) return std::unexpected(takes_over.error());
  const std::string camera = query->text(kCamera).value_or("main");
  if (camera != "main" && camera != kCoHost) {
    return net::bad_parameter(kCamera, "is not one of the allowed words");
  }
  const ShowId stream = camera == kCoHost ? media::second_camera_of(*show) : *show;
  return Wish{*show, stream, *takes_over};
}

Response created(const media::SessionAnswer& answer, ShowId stream, SessionRole role) {
  Response response;
  response.status = 201;
  response.headers.set("Content-Type", kSdp);
  response.headers.set("Location", address_of(stream, role, answer.name));
  response.headers.set("ETag", answer.etag);
  response.headers.set("Accept-Patch", kFragment);
  response.headers.set("Cache-Control", "no-store");
  response.body = answer.sdp;
  return open_to_all(std::move(response));
}

// Errors: not_found "show-not-found", conflict "show-ended".
Result<void> check_open(const Result<shows::Show>& show) {
  if (!show) return std::unexpected(show.error());
  if (show->status != shows::ShowStatus::ended) return {};
  return fail(ErrorKind::conflict, "show-ended", "This show has ended.");
}

// Errors: those of check_open(); unauthenticated "stream-key-wrong".
Result<void> check_key(store::Tx& tx, ShowId show, const std::string& key) {
  auto open = check_open(shows::find_show(tx, show));
  if (!open) return open;
  const auto found = shows::find_by_stream_key(tx, key);
  if (found && *found == show) return {};
  return fail(ErrorKind::unauthenticated, "stream-key-wrong", "This is not the show's stream key.");
}

awaitable<Result<void>> may_publish(const Context* context, const Request* request, ShowId show) {
  if (const auto key = bearer_of(*request)) {
    auto job = [show, key = *key](store::Tx& tx) { return check_key(tx, show, key); };
    co_return co_await store::read(*context->database, job);
  }
  auto origin = check_origin(*request, context->public_origin);
  if (!origin) co_return origin;
  auto job = [show, caller = Caller::of(*request, *context->clock)](store::Tx& tx) {
    return check_open(own_show(tx, show, caller, identity::Action::host_desk));
  };
  co_return co_await store::write(*context->database, job);
}

// The picture is live, whether or not the store has time to say whose it is.
awaitable<void> note_camera(const Context* context, const Request* request, Wish wish) {
  auto note = [wish,
               caller = Caller::of(*request, *context->clock)](store::Tx& tx) -> Result<bool> {
    auto found = shows::find_show(tx, wish.show);
    if (!found) return fail_as(found);
    note_deed(tx, caller, found->shop, "camera-connected",
              identity::subject_of("show", wish.show.value),
              media::is_second_camera(wish.stream) ? std::string(kCoHost) : std::string());
    return true;
  };
  const auto written = co_await store::write(*context->database, note);
  (void)written;
}

awaitable<Response> publish(const Context* context, Request request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) co_return refusal(show.error());
  const auto allowed = co_await may_publish(context, &request, *show);
  if (!allowed) co_return refusal(allowed.error());
  const auto typed = check_type(request, kSdp);
  if (!typed) co_return refusal(typed.error());
  const auto wish = decode_wish(request, {"takeover", kCamera});
  if (!wish) co_return refusal(wish.error());
  auto& web_rtc = context->media->web_rtc();
  const auto answer =
      co_await web_rtc.publish(wish->stream, std::move(request.body), wish->takes_over);
  if (!answer) co_return refusal(answer.error());
  if (!bearer_of(request)) co_await note_camera(context, &request, *wish);
  co_return created(*answer, wish->stream, SessionRole::publisher);
}

awaitable<Response> play(const Context* context, Request request) {
  const auto wish = decode_wish(request, {kCamera});
  if (!wish) co_return refusal(wish.error());
  const auto typed = check_type(request, kSdp);
  if (!typed) co_return refusal(typed.error());
  auto job = [show = wish->show](store::Tx& tx) { return check_open(shows::find_show(tx, show)); };
  const auto open = co_await store::read(*context->database, job);
  if (!open) co_return refusal(open.error());
  const auto answer = co_await context->media->web_rtc().play(wish->stream, std::move(request.body));
  if (!answer) co_return refusal(answer.error());
  co_return created(*answer, wish->stream, SessionRole::viewer);
}

Result<media::SessionRef> session_of(const Request& request, SessionRole role) {
  const auto wish = decode_wish(request, {kCamera});
  if (!wish) return std::unexpected(wish.error());
  return media::SessionRef{wish->stream, role, std::string(request.path_parameter("session"))};
}

awaitable<Response> patch(const Context* context, Request request, SessionRole role) {
  const auto session = session_of(request, role);
  if (!session) co_return refusal(session.error());
  const auto typed = check_type(request, kFragment);
  if (!typed) co_return refusal(typed.error());
  std::string if_match(request.headers.find("If-Match").value_or(""));
  auto& web_rtc = context->media->web_rtc();
  const auto answer =
      co_await web_rtc.patch(*session, std::move(if_match), std::move(request.body));
  if (!answer) co_return refusal(answer.error());
  Response response;
  response.status = answer->fragment.empty() ? 204 : 200;
  response.headers.set("ETag", answer->etag);
  if (!answer->fragment.empty()) {
    response.headers.set("Content-Type", kFragment);
    response.body = answer->fragment;
  }
  co_return open_to_all(std::move(response));
}

awaitable<Response> close(const Context* context, Request request, SessionRole role) {
  const auto session = session_of(request, role);
  if (!session) co_return refusal(session.error());
  const auto closed = co_await context->media->web_rtc().close(*session);
  if (!closed) co_return refusal(closed.error());
  co_return open_to_all(Response{});
}

// CORS preflight (the Fetch standard), and what RFC 9725 section 4.6 tells of the end point.
Response describe(const char* methods, bool is_end_point) {
  Response response;
  response.status = 204;
  response.headers.set("Access-Control-Allow-Methods", methods);
  response.headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
  response.headers.set("Access-Control-Max-Age", "86400");
  if (is_end_point) response.headers.set("Accept-Post", kSdp);
  return open_to_all(std::move(response));
}

using Exchange = awaitable<Response> (*)(const Context*, Request, SessionRole);

net::Handler of_role(const Context& context, Exchange exchange, SessionRole role) {
  return [context = &context, exchange, role](Request request) {
    return exchange(context, std::move(request), role);
  };
}

net::Handler described(const char* methods, bool is_end_point) {
  return [methods, is_end_point](Request) -> awaitable<Response> {
    return [](const char* allowed, bool end_point) -> awaitable<Response> {
      co_return describe(allowed, end_point);
    }(methods, is_end_point);
  };
}

struct Names {
  SessionRole role;
  std::string at;
  const char* begin;
  const char* patch;
  const char* end;
  awaitable<Response> (*make)(const Context*, Request);
};

void add(net::Router& router, const Context& context, const Names& names) {
  const std::size_t bytes_max = media::sdp::kSdpBytesMax;
  const std::string session = names.at + "/{session}";
  router.add({Method::post, names.at, names.begin,
              [context = &context, make = names.make](Request request) {
                return make(context, std::move(request));
              },
              bytes_max});
  router.add({Method::patch, session, names.patch, of_role(context, patch, names.role), bytes_max});
  router.add({Method::del, session, names.end, of_role(context, close, names.role)});
  router.add({Method::options, names.at, "", described("POST, OPTIONS", true)});
  router.add({Method::options, session, "", described("PATCH, DELETE, OPTIONS", false)});
}

}  // namespace

void add_webrtc_routes(net::Router& router, const Context& context) {
  const std::string show = "/api/v1/shows/{show_id}";
  add(router, context,
      {SessionRole::publisher, show + "/whip", "publishLive", "patchPublishing", "endPublishing",
       publish});
  add(router, context,
      {SessionRole::viewer, show + "/whep", "playLive", "patchPlaying", "endPlaying", play});
}

}  // namespace geili::api
