#pragma once
// Accepts RTMP publishers on TCP and puts what they send on streams. Everything runs on the media
// thread, that of the executor given; only the gate's answers may come from elsewhere.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/id.hpp"
#include "base/result.hpp"
#include "media/engine.hpp"
#include "media/stream.hpp"

namespace geili::media::rtmp {

class Connection;

// Finds or makes the stream of a show. Errors refuse the publisher: rate_limited "streams-max".
using OpenStream = std::function<Result<std::shared_ptr<Stream>>(ShowId)>;

class Server {
 public:
  // `gate` outlives the server. The io_context is shared so that a late answer of the gate finds
  // it.
  Server(std::shared_ptr<boost::asio::io_context> io, const EngineSettings& settings,
         PublishGate& gate, OpenStream open_stream);
  ~Server();

  // Throws boost::system::system_error when the address cannot be had.
  void listen();
  std::uint16_t port() const { return port_; }
  // Closes the listener and every connection.
  void stop();

  std::size_t connection_count() const { return connections_.size(); }
  std::uint64_t received_bytes() const { return received_bytes_; }
  std::size_t publisher_count() const;
  // Connections closed for garbage, time-outs and refusals.
  std::uint64_t refused_count() const { return refused_; }

 private:
  friend class Connection;
  void accept_next();
  void tick();
  bool make_room();

  std::shared_ptr<boost::asio::io_context> io_;
  const RtmpLimits limits_;
  const std::string address_;
  std::uint16_t port_;
  PublishGate& gate_;
  OpenStream open_stream_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer ticker_;
  std::set<std::shared_ptr<Connection>> connections_;
  std::uint64_t received_bytes_ = 0;
  std::uint64_t refused_ = 0;
  bool accepting_ = false;
};

}  // namespace geili::media::rtmp
