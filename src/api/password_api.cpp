// PUT /session/password. Not one store job: Argon2 works between two of them.

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "identity/password_await.hpp"
#include "identity/password_change.hpp"
#include "identity/sign_in.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using net::Request;
using net::Response;

struct NewPassword {
  std::optional<std::string> current;
  std::string fresh;
};

Result<NewPassword> decode(const Request& request) {
  NewPassword asked;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    if (body.has("current_password")) {
      asked.current = body.opaque("current_password", 1, kPasswordBytesMax);
    }
    asked.fresh = body.opaque("password", 1, kPasswordBytesMax);
  });
  if (!read) return fail_as(read);
  return asked;
}

struct Standing {
  identity::SignedIn session;
  std::string password_hash;
};

Result<Standing> look(store::Tx& tx, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  auto hash = identity::password_hash_of(tx, *session->actor.person);
  return Standing{.session = std::move(*session), .password_hash = std::move(hash)};
}

Result<void> check(const NewPassword& asked, const identity::SignedIn& session) {
  if (!asked.current && !session.may_reset_password) {
    return fail(Error::invalid_field("/current_password", "is missing"));
  }
  return identity::check_password(asked.fresh, session.login);
}

// The session is looked at anew: it may have ended while the hash was made.
Result<bool> finish(store::Tx& tx, const Caller& caller,
                    const std::optional<std::string>& verified_hash, const std::string& hash) {
  const auto session = caller.signed_in(tx);
  if (!session) return std::unexpected(session.error());
  const auto changed = identity::change_password(tx, *caller.clock, *session, verified_hash, hash);
  if (!changed) return std::unexpected(changed.error());
  return true;
}

awaitable<Response> change_password(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto asked = decode(request);
  if (!asked) co_return problem(asked.error());
  const Caller caller = Caller::of(request, *context->clock);
  auto first = [caller](store::Tx& tx) { return look(tx, caller); };
  auto standing = co_await store::write(*context->database, first);
  if (!standing) co_return problem(standing.error());
  const std::string login = standing->session.login;
  const auto fits = check(*asked, standing->session);
  if (!fits) co_return problem(fits.error());
  const auto admitted = context->sign_in_guard->admit(login, request.remote_address);
  if (!admitted) co_return problem(admitted.error());

  std::optional<std::string> verified_hash;
  if (asked->current) {
    auto checked =
        co_await identity::verify(*context->hasher, *asked->current, standing->password_hash);
    if (!checked) co_return problem(checked.error());
    if (!checked->right) co_return problem(identity::wrong_current_password());
    context->sign_in_guard->succeeded(login);
    verified_hash = standing->password_hash;
  }
  auto hashed = co_await identity::hash(*context->hasher, asked->fresh);
  if (!hashed) co_return problem(hashed.error());
  auto last = [caller, verified_hash, hash = *hashed](store::Tx& tx) {
    return finish(tx, caller, verified_hash, hash);
  };
  auto changed = co_await store::write(*context->database, last);
  if (!changed) co_return problem(changed.error());
  co_return no_content();
}

}  // namespace

void add_password_routes(net::Router& router, const Context& context) {
  router.add({net::Method::put, "/api/v1/session/password", "changePassword",
              [context = &context](Request request) {
                return change_password(context, std::move(request));
              }});
}

}  // namespace geili::api
