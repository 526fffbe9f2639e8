#pragma once
// What couriers share.

#include <cstdint>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/http_call.hpp"

namespace geili::app {

// The answers of requests that are under way at once, in their order; on the executor of the
// coroutine that waits. One request at least.
boost::asio::awaitable<std::vector<HttpAnswer>> send_all(Transport* transport,
                                                         std::vector<HttpRequest> requests);

std::uint64_t random_number();

}  // namespace geili::app
