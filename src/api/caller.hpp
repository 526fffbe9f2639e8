#pragma once
// Who is asking: cookies, CSRF token and origin of a request, and the person behind them.

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "identity/access.hpp"
#include "identity/devices.hpp"
#include "identity/sessions.hpp"
#include "net/http.hpp"
#include "store/tx.hpp"

namespace geili::api {

inline constexpr const char* kSessionCookie = "geili_session";
inline constexpr const char* kDeviceCookie = "geili_device";

// What a request says of its sender; nothing of it is believed before a store job has looked.
struct Caller {
  std::string session_token;
  std::string csrf_token;
  std::string device_token;
  std::string address;
  bool is_change = false;  // anything but GET and HEAD
  const Clock* clock = nullptr;

  static Caller of(const net::Request& request, const Clock& clock);

  // The session; for changes with the right CSRF token. In a write, a session in use is kept alive.
  // Fails with signed-out, csrf-token-wrong.
  Result<identity::SignedIn> signed_in(store::Tx& tx) const;
  // The person, if it may; fails with signed-out, csrf-token-wrong, forbidden.
  Result<identity::Actor> authorise(store::Tx& tx, identity::Action action,
                                    std::optional<ShopId> shop) const;
  // Whether it is signed in and may; for lists that show more to some.
  bool may(store::Tx& tx, identity::Action action, ShopId shop) const;
  // Fails with device-unknown.
  Result<identity::Device> device(store::Tx& tx) const;
};

// A browser's cross-site request is refused (foreign-origin), whatever cookies it carries: Origin
// must be `public_origin`, or the host the request names when that is empty. A client that sends no
// Origin is no browser's page.
Result<void> check_origin(const net::Request& request, const std::string& public_origin);

// The origin that the browser sees: `public_origin`, or from the request.
std::string origin_of(const net::Request& request, const std::string& public_origin);

void set_session_cookie(net::Response& response, const net::Request& request,
                        const identity::NewSession& session);
void clear_session_cookie(net::Response& response, const net::Request& request);
void set_device_cookie(net::Response& response, const net::Request& request,
                       const std::string& token);

}  // namespace geili::api
