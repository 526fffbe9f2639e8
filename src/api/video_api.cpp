// The picture: LL-HLS playlists, parts and covers, out of memory.

#include "api/decode.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Request;
using net::Response;

Response body_response(const Result<media::HlsBody>& body) {
  if (!body) return problem(body.error());
  Response response;
  response.headers.set("Content-Type", body->content_type);
  response.headers.set("Cache-Control", body->cache_s == 0
                                            ? std::string("no-store")
                                            : "public, max-age=" + std::to_string(body->cache_s));
  // Players on other sites (an embedded show, a caster) may read the picture.
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.body = body->body;
  return response;
}

using StreamOf = ShowId (*)(ShowId);

awaitable<Response> hls(const Context* context, Request request, StreamOf stream_of) {
  const auto asked = path_id<ShowTag>(request, "show_id");
  if (!asked) co_return problem(asked.error());
  const ShowId stream = stream_of(*asked);
  std::string name(request.path_parameter("file"));
  if (name == "cover.jpg") {
    auto body = co_await context->media->cover(stream);
    co_return body_response(body);
  }
  if (name == "still.jpg") {
    auto body = co_await context->media->still(stream);
    co_return body_response(body);
  }
  if (name.ends_with(".m3u8")) {
    auto body = co_await context->media->hls_playlist(stream, name, request.query);
    co_return body_response(body);
  }
  auto body = co_await context->media->hls_part(stream, name);
  co_return body_response(body);
}

}  // namespace

void add_video_routes(net::Router& router, const Context& context) {
  const auto serve = [&](const char* pattern, StreamOf stream_of) {
    router.add({net::Method::get, pattern, "", [context = &context, stream_of](Request request) {
                  return hls(context, std::move(request), stream_of);
                }});
  };
  serve("/live/{show_id}/{file}", [](ShowId show) { return show; });
  serve("/live/{show_id}/co-host/{file}", media::second_camera_of);
}

}  // namespace geili::api
