// Signing in and out: /session, /session/link, /setup. Those that check a password cannot be one
// store job: the hash is made between two of them.

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/session_view.hpp"
#include "identity/entry_links.hpp"
#include "identity/password_await.hpp"
#include "identity/sign_in.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Method;
using net::Request;
using net::Response;

struct Nothing {};
Result<Nothing> decode_nothing(const Request&) {
  return Nothing{};
}

// GET /session

// A write, because a session in use is kept alive by it.
Result<SessionView> run_get(store::Tx& tx, const Nothing&, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  if (session->touch_due) identity::touch_session(tx, *caller.clock, session->actor.session_id);
  return session_view(tx, *session);
}

Response encode_session(const SessionView& view, const Request&) {
  return session_response(view);
}

// DELETE /session

Result<Nothing> run_sign_out(store::Tx& tx, const Nothing&, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  identity::close_session(tx, session->actor.session_id);
  return Nothing{};
}

Response encode_signed_out(const Nothing&, const Request& request) {
  Response response = no_content();
  clear_session_cookie(response, request);
  return response;
}

// POST /session

struct SignIn {
  std::string login;
  std::string password;
};

Result<SignIn> decode_sign_in(const Request& request) {
  SignIn sign_in;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    sign_in.login = body.text("login", {.min_length = 3, .max_length = 64});
    sign_in.password = body.opaque("password", 1, kPasswordBytesMax);
  });
  if (!read) return fail_as(read);
  return sign_in;
}

awaitable<Response> sign_in(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto asked = decode_sign_in(request);
  if (!asked) co_return problem(asked.error());
  const auto admitted = context->sign_in_guard->admit(asked->login, request.remote_address);
  if (!admitted) co_return problem(admitted.error());

  auto find = [login = asked->login](store::Tx& tx) -> Result<identity::Credentials> {
    return identity::find_credentials(tx, login);
  };
  auto known = co_await store::read(*context->database, find);
  if (!known) co_return problem(known.error());
  auto checked = co_await identity::verify(*context->hasher, asked->password, known->password_hash);
  if (!checked) co_return problem(checked.error());
  if (!checked->right) co_return problem(identity::wrong_credentials());
  context->sign_in_guard->succeeded(asked->login);

  std::string fresh_hash;
  if (checked->stale) {
    auto hashed = co_await identity::hash(*context->hasher, asked->password);
    if (hashed) fresh_hash = std::move(*hashed);
  }
  auto open = [person = known->person, fresh_hash,
               clock = context->clock](store::Tx& tx) -> Result<OpenedSession> {
    if (!fresh_hash.empty()) identity::refresh_password_hash(tx, person, fresh_hash);
    return open_session(tx, *clock, person);
  };
  auto opened = co_await store::write(*context->database, open);
  if (!opened) co_return problem(opened.error());
  co_return opened_response(*opened, request, 200);
}

// POST /session/link

Result<std::string> decode_token(const Request& request) {
  std::string token;
  auto read = read_body(
      request, [&](net::ObjectReader& body) { token = body.opaque("token", 1, kTokenBytesMax); });
  if (!read) return fail_as(read);
  return token;
}

Result<OpenedSession> run_link(store::Tx& tx, const std::string& token, const Caller& caller) {
  const auto person = identity::use_sign_in_link(tx, *caller.clock, token);
  if (!person) return std::unexpected(person.error());
  return api::open_session(tx, *caller.clock, *person, identity::Entry::sign_in_link);
}

Response encode_opened(const OpenedSession& opened, const Request& request) {
  return opened_response(opened, request, 200);
}

awaitable<Response> sign_in_by_link(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto admitted = context->sign_in_guard->admit("", request.remote_address);
  if (!admitted) co_return problem(admitted.error());
  const Endpoint<std::string, OpenedSession> endpoint{Job::write, decode_token, run_link,
                                                      encode_opened};
  co_return co_await answer(context, endpoint, std::move(request));
}

// POST /setup

struct SetUp {
  std::string token;
  std::string name;
  std::string login;
  std::string password;
};

Result<SetUp> decode_set_up(const Request& request) {
  SetUp set_up;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    set_up.token = body.opaque("token", 1, kTokenBytesMax);
    set_up.name = body.text("name", {.min_length = 1, .max_length = 80});
    set_up.login = body.text("login", {.min_length = 3, .max_length = 64});
    set_up.password = body.opaque("password", 1, kPasswordBytesMax);
    const auto fits = identity::check_password(set_up.password, set_up.login);
    if (!fits) body.fault("password", fits.error().fields.at(0).message);
  });
  if (!read) return fail_as(read);
  return set_up;
}

awaitable<Response> set_up(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto asked = decode_set_up(request);
  if (!asked) co_return problem(asked.error());
  const auto admitted = context->sign_in_guard->admit("", request.remote_address);
  if (!admitted) co_return problem(admitted.error());
  auto look = [token = asked->token, clock = context->clock](store::Tx& tx) {
    return identity::look_at_setup_link(tx, *clock, token);
  };
  const auto open = co_await store::read(*context->database, look);
  if (!open) co_return problem(open.error());
  auto hashed = co_await identity::hash(*context->hasher, asked->password);
  if (!hashed) co_return problem(hashed.error());
  auto use = [asked = *asked, hash = *hashed,
              clock = context->clock](store::Tx& tx) -> Result<OpenedSession> {
    const auto person = identity::use_setup_link(
        tx, *clock, asked.token, {.name = asked.name, .login = asked.login, .password_hash = hash});
    if (!person) return std::unexpected(person.error());
    return open_session(tx, *clock, *person);
  };
  auto opened = co_await store::write(*context->database, use);
  if (!opened) co_return problem(opened.error());
  co_return opened_response(*opened, request, 201);
}

}  // namespace

void add_session_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/session", "getSession",
              handler(context, Endpoint<Nothing, SessionView>{Job::write, decode_nothing, run_get,
                                                              encode_session})});
  router.add({Method::del, "/api/v1/session", "signOut",
              handler(context, Endpoint<Nothing, Nothing>{Job::write, decode_nothing, run_sign_out,
                                                          encode_signed_out})});
  router.add({Method::post, "/api/v1/session", "signIn", [context = &context](Request request) {
                return sign_in(context, std::move(request));
              }});
  router.add(
      {Method::post, "/api/v1/session/link", "signInByLink", [context = &context](Request request) {
         return sign_in_by_link(context, std::move(request));
       }});
  router.add({Method::post, "/api/v1/setup", "setUp", [context = &context](Request request) {
                return set_up(context, std::move(request));
              }});
}

}  // namespace geili::api
