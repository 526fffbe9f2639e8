#pragma once
// A client's way out: a UDP socket of its own, or a TCP connection with frames (RFC 4571).

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "media/testing/webrtc_client/client_loop.hpp"
#include "media/transport_address.hpp"

namespace geili::media::testing {

struct LinkOptions {
  IpAddress local = *IpAddress::parse("127.0.0.1");
  std::uint16_t local_port = 0;  // 0: the kernel chooses
  bool kernel_times = false;  // arrivals as the kernel saw them, not when the loop came round
  bool coalesced = false;     // UDP_GRO: cheap for the client, and for a server on the same machine
  int receive_buffer_bytes = 1 << 20;
};

// Single-threaded. What cannot be sent at once is lost.
class ClientLink {
 public:
  using Each =
      std::function<void(std::span<std::byte> datagram, const TransportAddress& from, Instant at)>;
  virtual ~ClientLink() = default;
  virtual int fd() const = 0;
  virtual void send(ByteView datagram, const TransportAddress& to) = 0;
  virtual void receive(ClientLoop& loop, Instant now, const Each& each) = 0;
};

// Both throw std::system_error.
std::unique_ptr<ClientLink> make_udp_link(const LinkOptions& options);
// Connects to `server`, which is then also where every packet comes from and goes to.
std::unique_ptr<ClientLink> make_tcp_link(const TransportAddress& server);

}  // namespace geili::media::testing
