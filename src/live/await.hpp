#pragma once
// `auto receipt = co_await live::ask(&hub, show, command);` for coroutines on an Asio executor.

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "live/hub.hpp"

namespace geili::live {
namespace detail {

// `start(executor, take)` calls take(T) once, on that executor; T comes back to the coroutine.
template <class T, class Start>
boost::asio::awaitable<T> posted(Start start) {
  auto slot = std::make_shared<std::optional<T>>();
  auto initiate = [slot, start = std::move(start)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    start(executor, [slot, shared](T value) {
      slot->emplace(std::move(value));
      (*shared)();
    });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(**slot);
}

}  // namespace detail

// The hub outlives the coroutine.
inline boost::asio::awaitable<Result<Receipt>> ask(Hub* hub, ShowId show, Command command) {
  auto start = [hub, show, command = std::move(command)](auto executor, auto take) mutable {
    hub->submit(show, std::move(command), executor, take);
  };
  return detail::posted<Result<Receipt>>(std::move(start));
}

inline boost::asio::awaitable<Result<Snapshot>> inspect(Hub* hub, ShowId show) {
  auto start = [hub, show](auto executor, auto take) { hub->inspect(show, executor, take); };
  return detail::posted<Result<Snapshot>>(std::move(start));
}

inline boost::asio::awaitable<Result<SharedEvent>> message(Hub* hub, ShowId show,
                                                           std::int64_t message_seq) {
  auto start = [hub, show, message_seq](auto executor, auto take) {
    hub->message(show, message_seq, executor, take);
  };
  return detail::posted<Result<SharedEvent>>(std::move(start));
}

inline boost::asio::awaitable<std::vector<std::optional<Glance>>> glance(
    Hub* hub, std::vector<ShowId> shows) {
  auto start = [hub, shows = std::move(shows)](auto executor, auto take) mutable {
    hub->glance(std::move(shows), executor, take);
  };
  return detail::posted<std::vector<std::optional<Glance>>>(std::move(start));
}

}  // namespace geili::live
