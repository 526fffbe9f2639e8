#pragma once
// A question to a thread of media/, and its answer on the asker's executor.

#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace geili::media {

// Runs `start(done)` on `io` and gives back, on the caller's executor, what `done` was called with.
template <class T, class Start>
boost::asio::awaitable<T> on_thread_of(std::shared_ptr<boost::asio::io_context> io, Start start) {
  namespace asio = boost::asio;
  auto answer = std::make_shared<std::optional<T>>();
  auto initiate = [io, answer, start = std::move(start)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    // Tracked: the caller's io_context must not run out of work while its coroutine waits here.
    auto executor = asio::prefer(asio::get_associated_executor(*shared),
                                 asio::execution::outstanding_work.tracked);
    auto done = [answer, shared, executor](T value) {
      answer->emplace(std::move(value));
      asio::post(executor, [shared] { (*shared)(); });
    };
    asio::post(*io, [start = std::move(start), done = std::move(done)]() mutable {
      start(std::move(done));
    });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(std::move(initiate),
                                                                        asio::use_awaitable);
  co_return std::move(**answer);
}

}  // namespace geili::media
