#pragma once
// One RTMP publisher's TCP connection: reads, feeds the session, writes, and watches the time-outs.

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "media/ingest/rtmp/server.hpp"
#include "media/ingest/rtmp/session.hpp"

namespace geili::media::rtmp {

// Lives on the media thread; kept by the server until its coroutine ends.
class Connection final : public SessionListener, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server& server, boost::asio::ip::tcp::socket socket);

  void start();
  // Ends the connection; the first reason given is the one that is kept.
  void close(std::string_view reason);
  // Closes without the server, which is going away.
  void abandon();
  bool is_late(std::chrono::steady_clock::time_point now) const { return now >= deadline_; }
  bool is_publishing() const { return publication_ != nullptr; }
  bool is_open() const { return socket_.is_open(); }
  std::chrono::steady_clock::time_point deadline() const { return deadline_; }

 private:
  static boost::asio::awaitable<void> run(std::shared_ptr<Connection> self);
  static boost::asio::awaitable<bool> send(std::shared_ptr<Connection> self);
  static boost::asio::awaitable<void> decide(std::shared_ptr<Connection> self);
  static boost::asio::awaitable<void> drain(std::shared_ptr<Connection> self);
  void received(SourceUnit unit) override;
  void unpublished() override;
  Result<void> admit();
  void expect_within(unsigned ms);
  void finish();

  Server* server_;  // null once the server has let go
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer decided_;
  std::optional<Result<ShowId>> decision_;
  Session session_;
  std::unique_ptr<Publication> publication_;
  std::chrono::steady_clock::time_point deadline_;
  std::string reason_;
  std::array<std::byte, 64 * 1024> buffer_;
};

}  // namespace geili::media::rtmp
