#include "app/send_all.hpp"

#include <atomic>
#include <cstring>
#include <memory>
#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/random.hpp"

namespace geili::app {

using boost::asio::awaitable;

awaitable<std::vector<HttpAnswer>> send_all(Transport* transport,
                                            std::vector<HttpRequest> requests) {
  struct State {
    std::vector<HttpAnswer> answers;
    std::atomic<std::size_t> left;
  };
  auto state = std::make_shared<State>();
  state->answers.resize(requests.size());
  state->left = requests.size();
  auto initiate = [transport, state, requests = std::move(requests)](auto handler) mutable {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = boost::asio::get_associated_executor(*shared);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      transport->send(std::move(requests[i]), [state, shared, executor, i](HttpAnswer told) {
        state->answers[i] = std::move(told);
        if (--state->left > 0) return;
        boost::asio::post(executor, [shared] { (*shared)(); });
      });
    }
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return std::move(state->answers);
}

std::uint64_t random_number() {
  const Bytes bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

}  // namespace geili::app
