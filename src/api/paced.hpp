#pragma once
// Handlers of taps that one device may make only so often: holds, places in line, coupons.

#include <string>
#include <utility>

#include "api/endpoint.hpp"

namespace geili::api {

// A tap costs the store a write, and a code can be guessed. Fails with holds-too-often
// (retry_after_s).
Result<void> check_pace(const Context* context, const net::Request& request);
// The same for a tap that comes by another way.
Result<void> check_pace(const Context* context, const std::string& device_token);

template <class Command, class Value>
boost::asio::awaitable<net::Response> answer_paced(const Context* context,
                                                   Endpoint<Command, Value> endpoint,
                                                   net::Request request) {
  const auto paced = check_pace(context, request);
  if (!paced) co_return problem(paced.error());
  co_return co_await answer(context, endpoint, std::move(request));
}

template <class Command, class Value>
net::Handler paced(const Context& context, Endpoint<Command, Value> endpoint) {
  return [context = &context, endpoint](net::Request request) {
    return answer_paced(context, endpoint, std::move(request));
  };
}

}  // namespace geili::api
