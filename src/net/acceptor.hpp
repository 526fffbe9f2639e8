#pragma once
// Takes connections from the listening socket on io thread 0 and hands each to an io thread.

#include <memory>
#include <vector>

#include "net/loop.hpp"
#include "net/server_context.hpp"

namespace geili::net {

class Acceptor final : public Channel {
 public:
  // Takes over `fd`, a non-blocking listening socket.
  Acceptor(ServerContext& context, const std::vector<std::unique_ptr<Loop>>& loops, int fd);

  void on_ready(std::uint32_t events) override;
  void on_deadline() override;
  void on_stop() override;
  void cut() override;

  // A connection that came by TLS.
  void adopt(int fd, const std::string& address);

 private:
  void accept_all();
  void place(int fd, ConnectionTicket ticket);
  void take(int fd, const std::string& address, bool is_https);
  bool admit(int fd, const std::string& address, bool is_https);

  ServerContext& context_;
  const std::vector<std::unique_ptr<Loop>>& loops_;
  int fd_;
  std::size_t next_loop_ = 0;
  bool is_closed_ = false;
};

// A non-blocking listening socket; throws std::system_error when the address cannot be had.
int listen_on(const ServerSettings& settings);
std::uint16_t local_port(int fd);

}  // namespace geili::net
