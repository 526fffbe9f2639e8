#include "api/caller.hpp"

#include <chrono>
#include <string_view>

#include "identity/token.hpp"
#include "net/cookies.hpp"

namespace geili::api {
namespace {

constexpr std::chrono::days kDeviceCookieLifetime{400};  // the longest browsers keep

std::string text_of(std::optional<std::string_view> value) {
  return value ? std::string(*value) : std::string();
}

}  // namespace

Caller Caller::of(const net::Request& request, const Clock& clock) {
  return {.session_token = text_of(request.cookie(kSessionCookie)),
          .csrf_token = text_of(request.headers.find("X-CSRF-Token")),
          .device_token = text_of(request.cookie(kDeviceCookie)),
          .address = request.remote_address,
          .is_change = request.method != net::Method::get && request.method != net::Method::head,
          .clock = &clock};
}

Result<identity::SignedIn> Caller::signed_in(store::Tx& tx) const {
  auto session = identity::authenticate(tx, *clock, session_token);
  if (!session) return session;
  if (is_change) {
    if (!identity::equal_in_constant_time(csrf_token, session->csrf_token)) {
      return fail(ErrorKind::forbidden, "csrf-token-wrong",
                  "Send X-CSRF-Token as GET /api/v1/session gives it.");
    }
    if (session->touch_due) identity::touch_session(tx, *clock, session->actor.session_id);
  }
  return session;
}

Result<identity::Actor> Caller::authorise(store::Tx& tx, identity::Action action,
                                          std::optional<ShopId> shop) const {
  auto session = signed_in(tx);
  if (!session) return fail_as(session);
  if (!identity::may(session->actor, action, shop)) {
    return fail(ErrorKind::forbidden, "forbidden", "Your role does not allow this here.");
  }
  return std::move(session->actor);
}

bool Caller::may(store::Tx& tx, identity::Action action, ShopId shop) const {
  if (session_token.empty()) return false;
  auto session = identity::authenticate(tx, *clock, session_token);
  return session && identity::may(session->actor, action, shop);
}

Result<identity::Device> Caller::device(store::Tx& tx) const {
  auto found = device_token.empty() ? std::nullopt : identity::find_device(tx, device_token);
  if (!found) {
    return fail(ErrorKind::unauthenticated, "device-unknown",
                "Get a device cookie with POST /api/v1/device first.");
  }
  return std::move(*found);
}

std::string origin_of(const net::Request& request, const std::string& public_origin) {
  if (!public_origin.empty()) return public_origin;
  const auto host = request.headers.find("Host");
  return (request.is_https ? "https://" : "http://") + text_of(host);
}

Result<void> check_origin(const net::Request& request, const std::string& public_origin) {
  const auto origin = request.headers.find("Origin");
  if (!origin || *origin == origin_of(request, public_origin)) return {};
  return fail(ErrorKind::forbidden, "foreign-origin", "Another site's page may not do this.");
}

void set_session_cookie(net::Response& response, const net::Request& request,
                        const identity::NewSession& session) {
  response.headers.add("Set-Cookie", net::to_header({.name = kSessionCookie,
                                                     .value = session.token,
                                                     .max_age = identity::kSessionLifetime,
                                                     .is_secure = request.is_https}));
}

void clear_session_cookie(net::Response& response, const net::Request& request) {
  response.headers.add(
      "Set-Cookie",
      net::forget_cookie({.name = kSessionCookie, .value = "", .is_secure = request.is_https}));
}

void set_device_cookie(net::Response& response, const net::Request& request,
                       const std::string& token) {
  response.headers.add("Set-Cookie", net::to_header({.name = kDeviceCookie,
                                                     .value = token,
                                                     .max_age = kDeviceCookieLifetime,
                                                     .is_secure = request.is_https}));
}

}  // namespace geili::api
