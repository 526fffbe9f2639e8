#pragma once
// TCP connections to one target. They end here on both sides, so a loss is what it is to a
// program: a wait (see Line::send_stream); how much slower TCP becomes by it is the rate's to say.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "media/testing/impairment/link.hpp"

namespace geili::media::testing {

// Single-threaded.
class TcpRoute {
 public:
  static constexpr std::size_t kFlowsMax = 256;  // more are closed at once
  // Under way in one direction of one connection; who sends more waits.
  static constexpr std::size_t kWindowBytes = 256 * 1024;

  // `link` outlives the route. Throws boost::system::system_error when `listen` is taken.
  TcpRoute(boost::asio::io_context& io, Link& link, const boost::asio::ip::tcp::endpoint& listen,
           boost::asio::ip::tcp::endpoint target);
  ~TcpRoute();
  TcpRoute(const TcpRoute&) = delete;
  TcpRoute& operator=(const TcpRoute&) = delete;

  boost::asio::ip::tcp::endpoint address() const { return acceptor_.local_endpoint(); }
  std::size_t flows() const { return flows_.size(); }
  // All connections, to both sides.
  void reset();

 private:
  class Connection;

  void accept();

  boost::asio::io_context& io_;
  Link& link_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::endpoint target_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> flows_;
  const std::shared_ptr<const bool> here_ = std::make_shared<const bool>(true);
};

}  // namespace geili::media::testing
