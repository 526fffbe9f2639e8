#pragma once
// A session as GET /session shows it, and opening one.

#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "api/caller.hpp"
#include "catalog/shop.hpp"
#include "identity/people.hpp"
#include "identity/sessions.hpp"
#include "net/http.hpp"

namespace geili::api {

struct SessionView {
  identity::Person person;
  std::string csrf_token;
  Instant expires_at;
  std::vector<catalog::Shop> shops;  // at most 100
  bool may_reset_password = false;
};

// Administrators and managers work for every shop.
Result<SessionView> session_view(store::Tx& tx, const identity::SignedIn& session);

struct OpenedSession {
  identity::NewSession session;
  SessionView view;
};
Result<OpenedSession> open_session(store::Tx& tx, const Clock& clock, PersonId person,
                                   identity::Entry entry = identity::Entry::password);

net::Response session_response(const SessionView& view, unsigned status = 200);
// With the cookie.
net::Response opened_response(const OpenedSession& opened, const net::Request& request,
                              unsigned status);

boost::json::value to_json(const identity::Person& person);

}  // namespace geili::api
