#include "app/ops_routes.hpp"

#include <string>
#include <string_view>

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

// Inline styles are Svelte's style: directives; scripts come from files of ours alone.
std::string policy(std::string_view scripts, std::string_view connections,
                   std::string_view frames) {
  return "default-src 'self'; script-src 'self'" + std::string(scripts) +
         "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
         "connect-src 'self'" +
         std::string(connections) + std::string(frames) +
         "; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; ";
}

// The one page with the provider's own card fields; the origins are those that Stripe names for its
// script (docs.stripe.com/security/guide).
constexpr std::string_view kPaymentPage = "/pay";

const std::string& policy_of(std::string_view page) {
  static const std::string ours = policy("", "", "");
  static const std::string with_stripe =
      policy(" https://js.stripe.com https://*.js.stripe.com", " https://api.stripe.com",
             "; frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com");
  return page == kPaymentPage ? with_stripe : ours;
}

// The one page that others may show in a frame, and only those whom it names itself.
constexpr std::string_view kFramedPage = "/embed/{id}";

std::string frame_ancestors(std::string_view page, const net::Response& response) {
  const auto own = response.headers.find("Content-Security-Policy");
  return page == kFramedPage && own ? std::string(*own) : "frame-ancestors 'none'";
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
  response.headers.set("X-Content-Type-Options", "nosniff");
  const auto type = response.headers.find("Content-Type");
  if (!type || !type->starts_with("text/html")) return;
  response.headers.set("Content-Security-Policy",
                       policy_of(asked.pattern) + frame_ancestors(asked.pattern, response));
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
  if (asked.is_https) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace geili::app
