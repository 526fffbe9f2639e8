#include "media/ingest/rtmp/server.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "media/ingest/rtmp/connection.hpp"

namespace geili::media::rtmp {
namespace asio = boost::asio;
namespace {

constexpr auto kTick = std::chrono::milliseconds(100);

}  // namespace

Server::Server(std::shared_ptr<asio::io_context> io, const EngineSettings& settings,
               PublishGate& gate, OpenStream open_stream)
    : io_(std::move(io)),
      limits_(settings.rtmp),
      address_(settings.rtmp_address),
      port_(settings.rtmp_port),
      gate_(gate),
      open_stream_(std::move(open_stream)),
      acceptor_(*io_),
      ticker_(*io_) {}

Server::~Server() {
  stop();
}

void Server::listen() {
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address_), port_);
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address(true));
  acceptor_.bind(endpoint);
  acceptor_.listen();
  port_ = acceptor_.local_endpoint().port();
  accept_next();
  tick();
}

void Server::accept_next() {
  accepting_ = true;
  acceptor_.async_accept([this](boost::system::error_code failed, asio::ip::tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (failed) {
      // No descriptors left: trying again at once would spin. tick() goes on.
      accepting_ = false;
      return;
    }
    if (connections_.size() < limits_.connections_max || make_room()) {
      auto connection = std::make_shared<Connection>(*this, std::move(socket));
      connections_.insert(connection);
      connection->start();
    } else {
      ++refused_;
    }
    accept_next();
  });
}

std::size_t Server::publisher_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      connections_, [](const auto& connection) { return connection->is_publishing(); }));
}

// Whoever connects and says nothing may not keep a camera out: the one that has had the most of its
// time goes. False when all are cameras.
bool Server::make_room() {
  std::shared_ptr<Connection> oldest;
  for (const auto& connection : connections_) {
    if (connection->is_publishing() || !connection->is_open()) continue;
    if (!oldest || connection->deadline() < oldest->deadline()) oldest = connection;
  }
  if (oldest) oldest->close("rtmp-connections-max");
  return oldest != nullptr;
}

void Server::tick() {
  ticker_.expires_after(kTick);
  ticker_.async_wait([this](boost::system::error_code failed) {
    if (failed || !acceptor_.is_open()) return;
    const auto now = std::chrono::steady_clock::now();
    for (const auto& connection : connections_) {
      if (connection->is_late(now)) {
        connection->close(connection->is_publishing() ? "silent" : "rtmp-handshake-timeout");
      }
    }
    if (!accepting_) accept_next();
    tick();
  });
}

void Server::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  ticker_.cancel();
  const auto open = std::exchange(connections_, {});
  for (const auto& connection : open) connection->abandon();
}

}  // namespace geili::media::rtmp
