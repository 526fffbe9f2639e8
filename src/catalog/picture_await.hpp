#pragma once
// `auto picture = co_await catalog::process(worker, file);` for coroutines on an Asio executor: the
// work is done on the worker's thread, the coroutine goes on where it was. Used by api/ and app/
// alone.

#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "catalog/picture_worker.hpp"

namespace geili::catalog {
namespace detail {

using PictureSlot = std::shared_ptr<std::optional<Result<Picture>>>;

inline boost::asio::awaitable<Result<Picture>> process_on(PictureWorker* worker, Bytes file) {
  auto slot = std::make_shared<std::optional<Result<Picture>>>();
  auto initiate = [worker, slot, file = std::move(file)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    auto done = [slot, shared, executor](Result<Picture> picture) {
      slot->emplace(std::move(picture));
      boost::asio::post(executor, [shared] { (*shared)(); });
    };
    auto taken = worker->submit(std::move(file), done);
    if (!taken) done(fail(std::move(taken.error())));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(**slot);
}

}  // namespace detail

// `worker` outlives the coroutine.
inline boost::asio::awaitable<Result<Picture>> process(PictureWorker& worker, Bytes file) {
  return detail::process_on(&worker, std::move(file));
}

}  // namespace geili::catalog
