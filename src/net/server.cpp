#include "net/server.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

#include <boost/asio/post.hpp>
#include <pthread.h>

#include "net/acceptor.hpp"
#include "net/loop.hpp"
#include "net/server_context.hpp"

namespace geili::net {
namespace {

// sendfile() has no MSG_NOSIGNAL.
void block_sigpipe() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

class LoopServer final : public Server {
 public:
  LoopServer(ServerSettings settings, Router router, ServerHooks hooks) {
    context_.settings = std::move(settings);
    context_.router = std::move(router);
    context_.hooks = std::move(hooks);
    const unsigned threads = std::max(1U, context_.settings.io_threads);
    for (unsigned i = 0; i < threads; ++i) loops_.push_back(std::make_unique<Loop>());
    context_.accept_loop = loops_.front().get();
  }
  ~LoopServer() override { stop(0); }

  void start() override {
    assert(threads_.empty());
    const int fd = listen_on(context_.settings);
    port_ = local_port(fd);
    acceptor_ = std::make_shared<Acceptor>(context_, loops_, fd);
    if (!context_.accept_loop->watch(acceptor_, fd)) {
      ::close(fd);
      throw std::system_error(ENOMEM, std::generic_category(), "epoll_ctl");
    }
    for (const auto& loop : loops_) {
      threads_.emplace_back([&loop = *loop] {
        block_sigpipe();
        loop.run();
      });
    }
  }

  std::uint16_t port() const override { return port_; }

  void adopt(int fd, std::string address) override {
    boost::asio::post(
        context_.accept_loop->context(),
        [acceptor = acceptor_, fd, address = std::move(address)] { acceptor->adopt(fd, address); });
  }

  void stop(unsigned grace_s) override {
    for (const auto& loop : loops_) {
      boost::asio::post(loop->context(), [&loop = *loop, grace_s] { loop.stop(grace_s * 1000); });
    }
    for (std::thread& thread : threads_) {
      assert(thread.get_id() != std::this_thread::get_id());
      thread.join();
    }
    threads_.clear();
  }

  std::vector<boost::asio::any_io_executor> executors() override {
    std::vector<boost::asio::any_io_executor> all;
    for (const auto& loop : loops_) all.push_back(loop->executor());
    return all;
  }
  std::size_t connection_count() const override { return context_.connections; }
  std::size_t websocket_count() const override { return context_.websockets; }

 private:
  ServerContext context_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::shared_ptr<Acceptor> acceptor_;
  std::vector<std::thread> threads_;
  std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Server> Server::create(ServerSettings settings, Router router, ServerHooks hooks) {
  return std::make_unique<LoopServer>(std::move(settings), std::move(router), std::move(hooks));
}

}  // namespace geili::net
