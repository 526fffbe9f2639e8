#include "net/acceptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/household.hpp"
#include "net/http_connection.hpp"
#include "net/request_parser.hpp"

namespace geili::net {
namespace {

constexpr unsigned kRetry_ms = 100;

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void set_option(int fd, int level, int name, int value) {
  if (::setsockopt(fd, level, name, &value, sizeof value) != 0) throw_errno("setsockopt");
}

// IPv4 as dotted text also when it came through an IPv6 socket.
std::string address_text(const sockaddr_storage& from) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (from.ss_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &from, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return text.data();
  }
  sockaddr_in6 v6;
  std::memcpy(&v6, &from, sizeof v6);
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    ::inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text.data(), text.size());
  } else {
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

// A best effort: the socket buffer of a new connection has room for it.
void send_busy(const ServerContext& context, int fd) {
  const Refusal busy = refusal(503, "too-many-connections", "No more connections are taken now.");
  Response response = refusal_response(context, busy.status, busy.error);
  response.headers.set("Retry-After", "5");
  if (context.hooks.finish) context.hooks.finish(Asked{}, response);
  const auto* body = std::get_if<std::string>(&response.body);
  std::string bytes;
  append_response_head(bytes, response, body != nullptr ? body->size() : 0,
                       context.accept_loop->http_date(), After::close);
  if (body != nullptr) bytes += *body;
  [[maybe_unused]] const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  ::shutdown(fd, SHUT_WR);
}

}  // namespace

int listen_on(const ServerSettings& settings) {
  boost::system::error_code bad;
  const auto address = boost::asio::ip::make_address(settings.address, bad);
  if (bad) throw std::system_error(EINVAL, std::generic_category(), settings.address);
  const boost::asio::ip::tcp::endpoint endpoint(address, settings.port);
  const int fd = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                          IPPROTO_TCP);
  if (fd < 0) throw_errno("socket");
  try {
    set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);  // accepted sockets inherit it
    if (::bind(fd, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0)
      throw_errno("bind");
    if (::listen(fd, settings.backlog) != 0) throw_errno("listen");
  } catch (...) {
    ::close(fd);
    throw;
  }
  return fd;
}

std::uint16_t local_port(int fd) {
  boost::asio::ip::tcp::endpoint endpoint;
  auto size = static_cast<socklen_t>(endpoint.capacity());
  if (::getsockname(fd, endpoint.data(), &size) != 0) throw_errno("getsockname");
  endpoint.resize(size);
  return endpoint.port();
}

Acceptor::Acceptor(ServerContext& context, const std::vector<std::unique_ptr<Loop>>& loops, int fd)
    : context_(context), loops_(loops), fd_(fd) {}

void Acceptor::on_ready(std::uint32_t) {
  accept_all();
}
void Acceptor::on_deadline() {
  accept_all();
}
void Acceptor::on_stop() {
  cut();
}

void Acceptor::cut() {
  if (is_closed_) return;
  is_closed_ = true;
  context_.accept_loop->release(*this, fd_);
}

void Acceptor::accept_all() {
  while (!is_closed_) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(fd_, static_cast<sockaddr*>(static_cast<void*>(&from)), &size,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      // Out of descriptors or memory: those who wait are taken when some come back.
      if (errno != EAGAIN && errno != EWOULDBLOCK) {
        context_.accept_loop->set_deadline_ms(*this, kRetry_ms);
      }
      return;
    }
    take(fd, address_text(from), false);
  }
}

void Acceptor::adopt(int fd, const std::string& address) {
  if (is_closed_) {
    ::close(fd);
  } else {
    take(fd, address, true);
  }
}

void Acceptor::take(int fd, const std::string& address, bool is_https) {
  if (admit(fd, address, is_https)) return;
  send_busy(context_, fd);
  ::close(fd);
}

bool Acceptor::admit(int fd, const std::string& address, bool is_https) {
  const ServerLimits& limits = context_.settings.limits;
  if (context_.connections.load(std::memory_order_relaxed) >= limits.connections_max) return false;
  // Behind a trusted proxy everybody comes from one address, which counts apart from its network's.
  const auto& trusted = context_.settings.trusted_proxies;
  const bool is_proxy = std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  const auto entry =
      context_.households.try_emplace(is_proxy ? address : household_of(address), 0).first;
  if (!is_proxy && entry->second >= limits.connections_per_address_max) return false;
  ++entry->second;
  context_.connections.fetch_add(1, std::memory_order_relaxed);
  place(fd, ConnectionTicket(context_, *entry, address, is_https));
  return true;
}

void Acceptor::place(int fd, ConnectionTicket ticket) {
  Loop& loop = *loops_[next_loop_];
  next_loop_ = (next_loop_ + 1) % loops_.size();
  auto adopt = [&context = context_, &loop, fd, ticket = std::move(ticket)]() mutable {
    if (loop.is_stopping()) {
      ticket.release();
      ::close(fd);
      return;
    }
    auto connection = std::make_shared<HttpConnection>(context, loop, fd, std::move(ticket));
    if (!loop.watch(connection, fd)) return connection->abandon();
    connection->open();
  };
  if (&loop == context_.accept_loop) {
    adopt();
  } else {
    boost::asio::post(loop.context(), std::move(adopt));
  }
}

}  // namespace geili::net
