#include "net/server_context.hpp"

#include <exception>

#include <boost/asio/dispatch.hpp>
#include <fmt/format.h>

#include "base/random.hpp"

namespace geili::net {

void ConnectionTicket::release() {
  if (context_ == nullptr) return;
  ServerContext* const context = std::exchange(context_, nullptr);
  context->connections.fetch_sub(1, std::memory_order_relaxed);
  boost::asio::dispatch(context->accept_loop->context(), [context, entry = entry_] {
    if (--entry->second == 0) context->households.erase(entry->first);
  });
}

Response refusal_response(const ServerContext& context, unsigned status, const Error& error) {
  if (context.hooks.refuse) return context.hooks.refuse(status, error);
  Response response{.status = status, .headers = {}, .body = {}};
  response.headers.set("Content-Type", "application/problem+json");
  response.body = fmt::format(R"({{"type":"/problems/{}","status":{},"title":"{}"}})", error.code,
                              status, error.code);
  return response;
}

std::string report_failure(const ServerContext& context, std::exception_ptr failure) {
  const std::string incident = random_token(6);
  if (!context.hooks.failed) return incident;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& thrown) {
    context.hooks.failed(thrown.what(), incident);
  } catch (...) {
    context.hooks.failed("something that is not a std::exception", incident);
  }
  return incident;
}

}  // namespace geili::net
