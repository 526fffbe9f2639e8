#include "net/tls_front.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <thread>
#include <tuple>
#include <variant>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <unistd.h>

namespace geili::net {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using Encrypted = asio::ssl::stream<tcp::socket>;
using Plain = asio::local::stream_protocol::socket;
using namespace asio::experimental::awaitable_operators;

constexpr auto kTuple = asio::as_tuple(use_awaitable);
constexpr std::size_t kBufferBytes = 16 * 1024;  // a TLS record
constexpr std::chrono::milliseconds kRetry{100};
constexpr std::chrono::seconds kFarewell{2};

awaitable<void> wait(asio::steady_timer::duration time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(use_awaitable);
}

// An error of either stream ends it, which is how one tells its end; so does a reader that takes
// nothing for `patience`, since nobody who waits to be read from hears of a connection that is
// gone.
template <class From, class To>
awaitable<void> copy_all(From* from, To* to, std::chrono::milliseconds patience) {
  std::array<char, kBufferBytes> buffer;
  while (true) {
    const auto [ended, bytes] = co_await from->async_read_some(asio::buffer(buffer), kTuple);
    if (ended) co_return;
    const auto written = co_await (
        asio::async_write(*to, asio::buffer(buffer.data(), bytes), kTuple) || wait(patience));
    if (written.index() != 0 || std::get<0>(std::get<0>(written))) co_return;
  }
}

asio::ssl::context make_context(const TlsSettings& settings) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                      asio::ssl::context::no_tlsv1_1);
  context.use_certificate_chain(asio::buffer(settings.certificate_pem));
  context.use_private_key(asio::buffer(settings.key_pem), asio::ssl::context::pem);
  return context;
}

std::string address_text(const tcp::endpoint& endpoint) {
  const auto address = endpoint.address();
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

class Front final : public TlsFront {
 public:
  Front(const TlsSettings& settings, Server& server)
      : settings_(settings),
        server_(server),
        context_(make_context(settings)),
        acceptor_(io_, tcp::endpoint(asio::ip::make_address(settings.address), settings.port)),
        port_(acceptor_.local_endpoint().port()) {
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Front() override {
    io_.stop();
    thread_.join();
  }
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  std::uint16_t port() const override { return port_; }

 private:
  awaitable<void> accept() {
    while (true) {
      tcp::socket socket(io_);
      boost::system::error_code failed;
      co_await acceptor_.async_accept(socket, asio::redirect_error(use_awaitable, failed));
      // Out of descriptors: those who wait are taken when some come back.
      if (failed) co_await wait(kRetry);
      if (failed || open_ >= settings_.connections_max) continue;
      ++open_;
      asio::co_spawn(io_, serve(std::move(socket)), [this](std::exception_ptr) { --open_; });
    }
  }

  // Ends with an exception when the visitor is gone.
  awaitable<void> serve(tcp::socket socket) {
    const std::string address = address_text(socket.remote_endpoint());
    socket.set_option(tcp::no_delay(true));
    Encrypted outer(std::move(socket), context_);
    const auto shaken = co_await (outer.async_handshake(asio::ssl::stream_base::server, kTuple) ||
                                  wait(std::chrono::milliseconds(settings_.handshake_timeout_ms)));
    if (shaken.index() != 0 || std::get<0>(std::get<0>(shaken))) co_return;
    Plain inner(io_);
    Plain theirs(io_);
    asio::local::connect_pair(inner, theirs);
    theirs.native_non_blocking(true);
    server_.adopt(theirs.release(), address);
    const std::chrono::milliseconds patience(settings_.write_timeout_ms);
    co_await (copy_all(&outer, &inner, patience) || copy_all(&inner, &outer, patience));
    co_await (outer.async_shutdown(kTuple) || wait(kFarewell));
  }

  const TlsSettings settings_;
  Server& server_;
  asio::ssl::context context_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  const std::uint16_t port_;
  std::size_t open_ = 0;  // belongs to the thread
  std::thread thread_;
};

}  // namespace

std::unique_ptr<TlsFront> TlsFront::start(const TlsSettings& settings, Server& server) {
  return std::make_unique<Front>(settings, server);
}

}  // namespace geili::net
