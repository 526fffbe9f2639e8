// People and invitations: /people, /invitations, and how somebody is let in again.

#include <limits>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/qr.hpp"
#include "api/routes.hpp"
#include "api/session_view.hpp"
#include "identity/entry_links.hpp"
#include "identity/invitations.hpp"
#include "identity/password_await.hpp"
#include "identity/people.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

Result<PageRequest> decode_page(const Request& request) {
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return std::move(query->page);
}

// GET /people

Result<Page<identity::Person>> run_people(store::Tx& tx, const PageRequest& request,
                                          const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  const auto start = page_start("people", request, {0});
  if (!start) return std::unexpected(start.error());
  Page<identity::Person> page;
  if (identity::may(session->actor, Action::see_all_shops)) {
    page.items = identity::list_people(tx, PersonId{start->at(0)}, request.limit + 1);
  } else {
    for (const ShopId shop : session->actor.shops) {
      if (!identity::may(session->actor, Action::invite_helpers, shop)) {
        return fail(ErrorKind::forbidden, "forbidden", "Your role does not allow this here.");
      }
      for (identity::Person& member : identity::members_of(tx, shop)) {
        if (member.id.value > start->at(0)) page.items.push_back(std::move(member));
      }
    }
    const auto by_id = [](const identity::Person& a, const identity::Person& b) {
      return a.id < b.id;
    };
    const auto same = [](const identity::Person& a, const identity::Person& b) {
      return a.id == b.id;
    };
    std::ranges::sort(page.items, by_id);
    page.items.erase(std::ranges::unique(page.items, same).begin(), page.items.end());
    const auto count = static_cast<std::size_t>(request.limit) + 1;
    if (page.items.size() > count) {
      page.items.erase(page.items.begin() + static_cast<std::ptrdiff_t>(count), page.items.end());
    }
  }
  end_page(page, "people", request,
           [](const identity::Person& person) { return std::array{person.id.value}; });
  return page;
}

Response encode_people(const Page<identity::Person>& page, const Request& request) {
  return page_response(page, request,
                       [](const identity::Person& person) { return to_json(person); });
}

// POST /people/{person_id}/sign-in-link

awaitable<Response> let_in(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const Caller caller = Caller::of(request, *context->clock);
  const auto person = path_id<PersonTag>(request, "person_id");
  if (!person) co_return problem(person.error());
  auto job = [person = *person, caller](store::Tx& tx) -> Result<identity::NewLink> {
    auto session = caller.signed_in(tx);
    if (!session) return fail_as(session);
    return identity::let_in(tx, *caller.clock, session->actor, person);
  };
  auto link = co_await store::write(*context->database, job);
  if (!link) co_return problem(link.error());
  const std::string url =
      origin_of(request, context->public_origin) + identity::sign_in_path(link->token);
  co_return json_response(
      {{"url", url}, {"qr_svg", qr_data_url(url)}, {"expires_at", instant_json(link->expires_at)}},
      201);
}

// Invitations

json::string word(std::string_view text) {
  return json::string(text.data(), text.size());
}

struct InvitationView {
  identity::Invitation invitation;
  Instant now;
};

json::value to_json(const InvitationView& view) {
  const identity::Invitation& invitation = view.invitation;
  const char* status = invitation.revoked_at               ? "revoked"
                       : invitation.used_at                ? "accepted"
                       : view.now >= invitation.expires_at ? "expired"
                                                           : "open";
  json::object out{{"id", id_json(invitation.id)},
                   {"role", word(identity::role_name(invitation.role))},
                   {"name", invitation.name},
                   {"status", status},
                   {"created_at", instant_json(invitation.created_at)},
                   {"expires_at", instant_json(invitation.expires_at)}};
  if (invitation.shop) out["shop_id"] = id_json(*invitation.shop);
  return out;
}

Result<Page<InvitationView>> run_list(store::Tx& tx, const PageRequest& request,
                                      const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  const auto start = page_start("invitations", request, {std::numeric_limits<std::int64_t>::max()});
  if (!start) return std::unexpected(start.error());
  const bool sees_all = identity::may(session->actor, Action::see_all_shops);
  std::vector<std::optional<ShopId>> shops;
  if (sees_all) shops.emplace_back(std::nullopt);
  for (const ShopId shop : session->actor.shops) {
    if (!sees_all && identity::may(session->actor, Action::see_invitations, shop)) {
      shops.emplace_back(shop);
    }
  }
  if (shops.empty()) {
    return fail(ErrorKind::forbidden, "forbidden", "Your role does not allow this here.");
  }
  Page<InvitationView> page;
  for (const std::optional<ShopId>& shop : shops) {
    for (identity::Invitation& invitation :
         identity::list_invitations(tx, shop, InvitationId{start->at(0)}, request.limit + 1)) {
      page.items.push_back({std::move(invitation), caller.clock->now()});
    }
  }
  std::ranges::sort(page.items, [](const InvitationView& a, const InvitationView& b) {
    return a.invitation.id > b.invitation.id;
  });
  const auto count = static_cast<std::size_t>(request.limit) + 1;
  if (page.items.size() > count) {
    page.items.erase(page.items.begin() + static_cast<std::ptrdiff_t>(count), page.items.end());
  }
  end_page(page, "invitations", request,
           [](const InvitationView& view) { return std::array{view.invitation.id.value}; });
  return page;
}

Response encode_list(const Page<InvitationView>& page, const Request& request) {
  return page_response(page, request, [](const InvitationView& view) { return to_json(view); });
}

// POST /invitations

struct Invite {
  identity::Role role = identity::Role::helper;
  std::string name;
  std::optional<ShopId> shop;
  std::string origin;
};

struct Invited {
  InvitationView view;
  std::string url;
};

Result<Invite> decode_invite(const Request& request) {
  Invite invite;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    const std::string role = body.text("role", {.min_length = 1, .max_length = 20});
    const auto parsed = identity::parse_role(role);
    if (!parsed && !role.empty()) body.fault("role", "is not one of the roles");
    invite.role = parsed.value_or(identity::Role::helper);
    invite.name = body.text("name", {.min_length = 1, .max_length = 80});
    if (const auto shop = body.optional_id("shop_id")) invite.shop = ShopId{*shop};
  });
  if (!read) return fail_as(read);
  return invite;
}

Result<Invited> run_invite(store::Tx& tx, const Invite& invite, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  if (invite.shop) {
    const auto shop = catalog::find_shop(tx, *invite.shop);
    if (!shop) return fail(Error::invalid_field("/shop_id", "is not one of our shops"));
  }
  auto made =
      identity::invite(tx, *caller.clock, session->actor, invite.role, invite.shop, invite.name);
  if (!made) return fail_as(made);
  auto seen = identity::look_at_invitation(tx, *caller.clock, made->token);
  if (!seen) return fail_as(seen);
  return Invited{.view = {std::move(*seen), caller.clock->now()}, .url = "/join#" + made->token};
}

Response encode_invited(const Invited& invited, const std::string& origin) {
  const std::string url = origin + invited.url;
  return json_response(
      {{"invitation", to_json(invited.view)}, {"url", url}, {"qr_svg", qr_data_url(url)}}, 201);
}

awaitable<Response> invite(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const Caller caller = Caller::of(request, *context->clock);
  auto command = decode_invite(request);
  if (!command) co_return problem(command.error());
  auto job = [command = *command, caller](store::Tx& tx) {
    return run_invite(tx, command, caller);
  };
  auto invited = co_await store::write(*context->database, job);
  if (!invited) co_return problem(invited.error());
  co_return encode_invited(*invited, origin_of(request, context->public_origin));
}

// DELETE /invitations/{invitation_id}

Result<InvitationId> decode_revoke(const Request& request) {
  return path_id<InvitationTag>(request, "invitation_id");
}

Result<bool> run_revoke(store::Tx& tx, const InvitationId& id, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  const auto revoked = identity::revoke_invitation(tx, *caller.clock, session->actor, id);
  if (!revoked) return std::unexpected(revoked.error());
  return true;
}

Response encode_revoked(const bool&, const Request&) {
  return no_content();
}

// POST /invitations/peek

struct Preview {
  identity::Invitation invitation;
  std::optional<std::string> shop_name;
};

bool needs_shop(const identity::Invitation& invitation) {
  return invitation.role == identity::Role::seller && !invitation.shop;
}

Result<std::string> decode_token(const Request& request) {
  std::string token;
  auto read = read_body(
      request, [&](net::ObjectReader& body) { token = body.opaque("token", 1, kTokenBytesMax); });
  if (!read) return fail_as(read);
  return token;
}

Result<Preview> run_peek(store::Tx& tx, const std::string& token, const Caller& caller) {
  auto invitation = identity::look_at_invitation(tx, *caller.clock, token);
  if (!invitation) return fail_as(invitation);
  Preview preview{.invitation = std::move(*invitation)};
  if (preview.invitation.shop) {
    auto shop = catalog::find_shop(tx, *preview.invitation.shop);
    if (shop) preview.shop_name = std::move(shop->name);
  }
  return preview;
}

Response encode_preview(const Preview& preview, const Request&) {
  const identity::Invitation& invitation = preview.invitation;
  json::object out{{"role", word(identity::role_name(invitation.role))},
                   {"name", invitation.name},
                   {"inviter_name", invitation.inviter_name},
                   {"needs_shop", needs_shop(invitation)},
                   {"expires_at", instant_json(invitation.expires_at)}};
  if (preview.shop_name) out["shop_name"] = *preview.shop_name;
  return json_response(out);
}

// POST /invitations/accept

struct Accept {
  std::string token;
  std::string name;
  std::string login;
  std::string password;
  std::optional<catalog::NewShop> shop;
};

Result<Accept> decode_accept(const Request& request) {
  Accept accept;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    accept.token = body.opaque("token", 1, kTokenBytesMax);
    accept.name = body.text("name", {.min_length = 1, .max_length = 80});
    accept.login = body.text("login", {.min_length = 3, .max_length = 64});
    accept.password = body.opaque("password", 1, kPasswordBytesMax);
    const auto fits = identity::check_password(accept.password, accept.login);
    if (!fits) body.fault("password", fits.error().fields.at(0).message);
    body.optional_object("shop",
                         [&](net::ObjectReader& shop) { accept.shop = read_new_shop(shop); });
  });
  if (!read) return fail_as(read);
  return accept;
}

Result<OpenedSession> run_accept(store::Tx& tx, const Accept& accept, const std::string& hash,
                                 const Clock& clock) {
  const auto invitation = identity::look_at_invitation(tx, clock, accept.token);
  if (!invitation) return std::unexpected(invitation.error());
  if (needs_shop(*invitation) != accept.shop.has_value()) {
    return fail(Error::invalid_field(
        "/shop", accept.shop ? "is given already by the invitation" : "is missing"));
  }
  const auto person = identity::accept_invitation(
      tx, clock, accept.token, {.name = accept.name, .login = accept.login, .password_hash = hash});
  if (!person) return std::unexpected(person.error());
  if (accept.shop) {
    const auto shop = catalog::create_shop(tx, *accept.shop, clock, "/shop");
    if (!shop) return std::unexpected(shop.error());
    const auto member = identity::add_membership(tx, clock, *person, shop->id);
    if (!member) return std::unexpected(member.error());
  }
  return open_session(tx, clock, *person);
}

awaitable<Response> accept(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto asked = decode_accept(request);
  if (!asked) co_return problem(asked.error());
  const auto admitted = context->sign_in_guard->admit("", request.remote_address);
  if (!admitted) co_return problem(admitted.error());
  auto look = [token = asked->token, clock = context->clock](store::Tx& tx) {
    return identity::look_at_invitation(tx, *clock, token);
  };
  const auto open = co_await store::read(*context->database, look);
  if (!open) co_return problem(open.error());
  auto hashed = co_await identity::hash(*context->hasher, asked->password);
  if (!hashed) co_return problem(hashed.error());
  auto job = [asked = *asked, hash = *hashed, clock = context->clock](store::Tx& tx) {
    return run_accept(tx, asked, hash, *clock);
  };
  auto opened = co_await store::write(*context->database, job);
  if (!opened) co_return problem(opened.error());
  co_return opened_response(*opened, request, 201);
}

}  // namespace

void add_people_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/people", "listPeople",
              handler(context, Endpoint<PageRequest, Page<identity::Person>>{
                                   Job::read, decode_page, run_people, encode_people})});
  router.add(
      {Method::post, "/api/v1/people/{person_id}/sign-in-link", "createSignInLink",
       [context = &context](Request request) { return let_in(context, std::move(request)); }});
  router.add({Method::get, "/api/v1/invitations", "listInvitations",
              handler(context, Endpoint<PageRequest, Page<InvitationView>>{
                                   Job::read, decode_page, run_list, encode_list})});
  router.add(
      {Method::post, "/api/v1/invitations", "createInvitation",
       [context = &context](Request request) { return invite(context, std::move(request)); }});
  router.add({Method::del, "/api/v1/invitations/{invitation_id}", "revokeInvitation",
              handler(context, Endpoint<InvitationId, bool>{Job::write, decode_revoke, run_revoke,
                                                            encode_revoked})});
  router.add({Method::post, "/api/v1/invitations/peek", "peekInvitation",
              handler(context, Endpoint<std::string, Preview>{Job::read, decode_token, run_peek,
                                                              encode_preview})});
  router.add(
      {Method::post, "/api/v1/invitations/accept", "acceptInvitation",
       [context = &context](Request request) { return accept(context, std::move(request)); }});
}

}  // namespace geili::api
