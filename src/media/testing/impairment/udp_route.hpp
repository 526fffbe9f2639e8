#pragma once
// Datagrams of many clients to one target, each client by a socket of its own, as behind a NAT.

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

#include "media/testing/impairment/link.hpp"

namespace geili::media::testing {

// Single-threaded.
class UdpRoute {
 public:
  static constexpr std::size_t kFlowsMax = 256;  // beyond it the one that was silent longest goes

  // `link` outlives the route. Throws boost::system::system_error when `listen` is taken.
  UdpRoute(boost::asio::io_context& io, Link& link, const boost::asio::ip::udp::endpoint& listen,
           boost::asio::ip::udp::endpoint target);
  ~UdpRoute();
  UdpRoute(const UdpRoute&) = delete;
  UdpRoute& operator=(const UdpRoute&) = delete;

  boost::asio::ip::udp::endpoint address() const { return socket_.local_endpoint(); }
  std::size_t flows() const { return flows_.size(); }

 private:
  class Client;
  using Flows = std::list<std::shared_ptr<Client>>;  // the last heard in front

  void listen();
  void take(std::size_t bytes);

  boost::asio::io_context& io_;
  Link& link_;
  boost::asio::ip::udp::socket socket_;
  boost::asio::ip::udp::endpoint target_;
  boost::asio::ip::udp::endpoint from_;
  std::array<std::byte, 65'536> buffer_{};
  Flows flows_;
  const std::shared_ptr<const bool> here_ = std::make_shared<const bool>(true);
};

}  // namespace geili::media::testing
