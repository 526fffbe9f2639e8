#pragma once
// The HTTP/1.1 and WebSocket server.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "net/router.hpp"

namespace geili::net {

struct ServerLimits {
  std::size_t connections_max = 15'000;
  std::size_t connections_per_address_max = 4'000;  // of a household; not of trusted_proxies
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t websocket_message_bytes_max = 8 * 1024;
  std::size_t websocket_send_queue_bytes_max = 256 * 1024;
  unsigned websocket_messages_per_s =
      20;  // a token bucket per connection; beyond it: policy (1008)
  unsigned websocket_messages_burst = 40;
  // Time-outs are kept to within kTimerTick (50 ms).
  unsigned header_timeout_ms = 10'000;  // from the first byte (or connect) to the whole header
  unsigned body_timeout_ms = 60'000;    // and a second more for every 16 kB that have come
  unsigned write_timeout_ms = 30'000;   // without any progress
  unsigned idle_timeout_ms = 60'000;    // kept-alive connection between requests
  unsigned websocket_ping_ms = 25'000;  // ping when silent; cut when the next ping finds no answer
  // From a message's first byte to its last, all its fragments together; beyond it: policy (1008).
  unsigned websocket_message_timeout_ms = 10'000;
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the kernel chooses; ask port()
  int backlog = 4096;
  unsigned io_threads = 1;
  std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For/-Proto are believed
  ServerLimits limits;
};

// What the server tells of each answered request; `pattern` is the route's, never the raw path.
struct Exchange {
  Method method;
  std::string_view pattern;
  unsigned status;
  std::uint64_t duration_us;
  std::uint64_t response_bytes;
};

// A request after its handler took it: `pattern` is the matched route's, empty when none matched.
struct Asked {
  Method method = Method::get;
  std::string_view pattern;
  bool is_https = false;
};

// Hooks the composition root may set; called on io threads, must not block.
struct ServerHooks {
  std::function<void(const Exchange&)> exchanged;
  std::function<void(std::string_view what, std::string_view incident)> failed;  // a handler threw
  // Builds the answer to a request that no handler saw: 400, 404, 405, 408, 413, 417, 426, 431,
  // 500, 501, 503, 505. The server adds Allow, Upgrade and Connection itself.
  std::function<Response(unsigned status, const Error& error)> refuse;
  // Adds headers that every response carries (CSP, nosniff, …).
  std::function<void(const Asked&, Response&)> finish;
};

// Accepts on io thread 0 and pins each connection to one io thread. Thread-safe.
//
// What handlers and hooks refer to must outlive the Server object: a handler that still waits when
// stop() returns is destroyed with it, not by stop().
class Server {
 public:
  static std::unique_ptr<Server> create(ServerSettings settings, Router router, ServerHooks hooks);
  virtual ~Server() = default;
  // Binds and starts the threads; throws std::system_error when the address cannot be had.
  virtual void start() = 0;
  virtual std::uint16_t port() const = 0;
  // Serves a connected, non-blocking stream socket as if it had been accepted from `address` by
  // HTTPS. Takes over the descriptor; after start().
  virtual void adopt(int fd, std::string address) = 0;
  // No new connections; open exchanges get `grace_s` to end, WebSockets are closed with going_away;
  // then everything is cut. Returns when all threads have ended.
  virtual void stop(unsigned grace_s) = 0;
  // One per io thread: rooms and fan-out shards live on them.
  virtual std::vector<boost::asio::any_io_executor> executors() = 0;
  virtual std::size_t connection_count() const = 0;
  virtual std::size_t websocket_count() const = 0;
};

}  // namespace geili::net
