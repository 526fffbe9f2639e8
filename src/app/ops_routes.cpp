#include "app/ops_routes.hpp"

namespace geili::app {
namespace {

using boost::asio::awaitable;
using net::Request;
using net::Response;

Response report(const ops::HealthReport& health) {
  Response response;
  response.status = health.ok ? 200 : 503;
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "no-store");
  response.body = health.to_json();
  return response;
}

awaitable<Response> alive(const ops::Health* health, Request) {
  co_return report(health->live());
}
awaitable<Response> ready(const ops::Health* health, Request) {
  co_return report(health->ready());
}

awaitable<Response> expose(const ops::Metrics* metrics, Request) {
  Response response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.body = metrics->expose();
  co_return response;
}

}  // namespace

void add_ops_routes(net::Router& router, const ops::Health& health, const ops::Metrics& metrics) {
  router.add({net::Method::get, "/healthz", "", net::Handler([h = &health](Request request) {
                return alive(h, std::move(request));
              })});
  router.add({net::Method::get, "/readyz", "", net::Handler([h = &health](Request request) {
                return ready(h, std::move(request));
              })});
  router.add({net::Method::get, "/metrics", "", net::Handler([m = &metrics](Request request) {
                return expose(m, std::move(request));
              })});
}

void add_security_headers(const net::Asked& asked, net::Response& response) {
  // Inline styles are Svelte's style: directives; scripts come from files of ours alone.
  static constexpr const char* kPolicy =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
      "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
      "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors 'none'";
  response.headers.set("X-Content-Type-Options", "nosniff");
  const auto type = response.headers.find("Content-Type");
  if (!type || !type->starts_with("text/html")) return;
  response.headers.set("Content-Security-Policy", kPolicy);
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
  if (asked.is_https) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace geili::app
