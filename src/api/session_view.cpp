#include "api/session_view.hpp"

#include <boost/json.hpp>

#include "api/encode.hpp"

namespace geili::api {

namespace json = boost::json;

namespace {

constexpr int kShopsMax = 100;

Result<std::vector<catalog::Shop>> shops_for(store::Tx& tx, const identity::Actor& actor) {
  if (identity::may(actor, identity::Action::see_all_shops)) {
    auto page = catalog::list_shops(tx, {.limit = kShopsMax});
    if (!page) return fail_as(page);
    return std::move(page->items);
  }
  std::vector<catalog::Shop> shops;
  for (const ShopId id : actor.shops) {
    auto shop = catalog::find_shop(tx, id);
    if (shop) shops.push_back(std::move(*shop));
  }
  return shops;
}

}  // namespace

Result<SessionView> session_view(store::Tx& tx, const identity::SignedIn& session) {
  auto person = identity::find_person(tx, *session.actor.person);
  if (!person) return fail_as(person);
  auto shops = shops_for(tx, session.actor);
  if (!shops) return fail_as(shops);
  return SessionView{.person = std::move(*person),
                     .csrf_token = session.csrf_token,
                     .expires_at = session.expires_at,
                     .shops = std::move(*shops),
                     .may_reset_password = session.may_reset_password};
}

Result<OpenedSession> open_session(store::Tx& tx, const Clock& clock, PersonId person,
                                   identity::Entry entry) {
  auto session = identity::open_session(tx, clock, person, entry);
  if (!session) return fail_as(session);
  auto signed_in = identity::authenticate(tx, clock, session->token);
  if (!signed_in) return fail_as(signed_in);
  auto view = session_view(tx, *signed_in);
  if (!view) return fail_as(view);
  return OpenedSession{.session = std::move(*session), .view = std::move(*view)};
}

json::value to_json(const identity::Person& person) {
  const std::string_view role = identity::role_name(person.role);
  return {{"id", id_json(person.id)},
          {"name", person.name},
          {"login", person.login},
          {"role", json::string(role.data(), role.size())},
          {"created_at", instant_json(person.created_at)}};
}

net::Response session_response(const SessionView& view, unsigned status) {
  json::array shops;
  for (const catalog::Shop& shop : view.shops) shops.push_back(to_json(shop));
  return json_response({{"person", to_json(view.person)},
                        {"csrf_token", view.csrf_token},
                        {"shops", std::move(shops)},
                        {"expires_at", instant_json(view.expires_at)},
                        {"may_reset_password", view.may_reset_password}},
                       status);
}

net::Response opened_response(const OpenedSession& opened, const net::Request& request,
                              unsigned status) {
  net::Response response = session_response(opened.view, status);
  set_session_cookie(response, request, opened.session);
  return response;
}

}  // namespace geili::api
