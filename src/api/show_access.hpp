#pragma once
// What all handlers of one show share.

#include <utility>

#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/live_rooms.hpp"
#include "shows/show.hpp"

namespace geili::api {

// The show, if the caller may act on its shop. Fails with signed-out, csrf-token-wrong,
// show-not-found, forbidden.
Result<shows::Show> own_show(store::Tx& tx, ShowId show, const Caller& caller,
                             identity::Action action);

Result<ShowView> viewed_show(store::Tx& tx, Result<shows::Show> show);

// An endpoint that changes a show: `encode` is not used, as the answer needs the room.
template <class Command>
boost::asio::awaitable<net::Response> answer_show(const Context* context,
                                                  Endpoint<Command, ShowView> endpoint,
                                                  net::Request request) {
  const Caller caller = Caller::of(request, *context->clock);
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto command = endpoint.decode(request);
  if (!command) co_return problem(command.error());
  auto job = [run = endpoint.run, command = std::move(*command), caller](store::Tx& tx) {
    return run(tx, command, caller);
  };
  auto view = co_await store::write(*context->database, std::move(job));
  if (!view) co_return problem(view.error());
  auto live = co_await decorated(context, std::move(*view));
  co_return versioned(to_json(live), live.show.version, request);
}

template <class Command>
net::Handler show_handler(const Context& context, Endpoint<Command, ShowView> endpoint) {
  return [context = &context, endpoint](net::Request request) {
    return answer_show(context, endpoint, std::move(request));
  };
}

}  // namespace geili::api
