#pragma once
// `auto hash = co_await identity::hash(hasher, password);` for coroutines on an Asio executor: the
// work runs on the hasher's threads, the coroutine goes on where it was. The executor's context
// outlives the hasher, whose threads post to it. Used by api/ alone.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "identity/password.hpp"

namespace geili::identity {
namespace detail {

// `submit(done)` hands the work in and returns Result<void>.
template <class Answer, class Submit>
boost::asio::awaitable<Result<Answer>> await_password(Submit submit) {
  auto answer = std::make_shared<std::optional<Result<Answer>>>();
  auto initiate = [answer, submit = std::move(submit)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    auto done = [answer, shared, executor](Result<Answer> result) {
      answer->emplace(std::move(result));
      boost::asio::post(executor, [shared] { (*shared)(); });
    };
    auto taken = submit(done);
    if (!taken) done(fail_as(taken));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(**answer);
}

}  // namespace detail

// `hasher` outlives the coroutine. Errors: sign-in-busy.
inline boost::asio::awaitable<Result<std::string>> hash(PasswordHasher& hasher,
                                                        std::string password) {
  return detail::await_password<std::string>(
      [&hasher, password = std::move(password)](auto done) mutable {
        return hasher.submit_hash(std::move(password), std::move(done));
      });
}
inline boost::asio::awaitable<Result<PasswordCheck>> verify(PasswordHasher& hasher,
                                                            std::string password, std::string phc) {
  return detail::await_password<PasswordCheck>(
      [&hasher, password = std::move(password), phc = std::move(phc)](auto done) mutable {
        return hasher.submit_verify(std::move(password), std::move(phc), std::move(done));
      });
}

}  // namespace geili::identity
