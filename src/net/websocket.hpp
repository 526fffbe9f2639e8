#pragma once
// The WebSocket (RFC 6455) face of net: a peer is told what arrives, a socket sends what is given.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "net/http.hpp"

namespace geili::net {

// A whole WebSocket frame as it goes onto the wire, shared by all who receive it.
using WireFrame = std::shared_ptr<const std::string>;

// One unmasked, unfragmented text frame (sections 5.2, 5.6); `payload` must be UTF-8.
WireFrame text_frame(std::string_view payload);

// Section 7.4.1, and 4000-4999 for the product's own reasons (api/live-events.yaml names them).
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported = 1003,
  bad_text = 1007,
  policy = 1008,
  too_big = 1009,
  internal = 1011,
  try_again = 1013,
  too_slow = 4000,
  ended = 4001,
};

// A connection. Every function is called on executor()'s thread.
class WebSocket {
 public:
  virtual ~WebSocket() = default;
  // Takes the frame, or refuses it (false) when more than the send limit waits or the connection is
  // closing: the caller then decides to skip it or to close. Never blocks. Frames given within one
  // turn of the io thread leave in one system call at its end.
  virtual bool send(WireFrame frame) = 0;
  // Sends what was taken, then the close frame; the peer's closed() follows.
  virtual void close(CloseCode code, std::string_view reason) = 0;
  virtual std::size_t queued_bytes() const = 0;
  virtual boost::asio::any_io_executor executor() const = 0;
};

// What the product does with a connection; owned by it, called on its executor's thread. What it
// throws closes the connection with `internal`.
class WebSocketPeer {
 public:
  virtual ~WebSocketPeer() = default;
  virtual void opened(std::shared_ptr<WebSocket> socket) = 0;
  virtual void text(std::string_view message) = 0;  // valid UTF-8, within the message limit
  virtual void closed() = 0;                        // last call; the socket is no longer usable
};

// Decides on an upgrade: a peer (101) or a refusal.
using UpgradeHandler =
    std::function<boost::asio::awaitable<std::variant<std::unique_ptr<WebSocketPeer>, Response>>(
        Request)>;

}  // namespace geili::net
