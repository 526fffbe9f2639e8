#pragma once
// One ICE-TCP connection (RFC 6544, framed by RFC 4571). It is read until it names the session it
// belongs to, may then be carried to another thread, and lives there. Single-threaded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "base/bytes.hpp"
#include "media/ice/tcp_frames.hpp"
#include "media/transport_address.hpp"

namespace geili::media::webrtc {

class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
 public:
  // Packets beyond it are dropped, as on a full UDP queue.
  static constexpr std::size_t kOutgoingBytesMax = 256 * 1024;

  // What the connection is of; outlives it or closes it before.
  class Owner {
   public:
    virtual ~Owner() = default;
    // `packet` may be changed, and is gone with the call. False: the connection is not wanted any
    // more here (closed, or carried away) and the rest is not read.
    virtual bool on_packet(TcpConnection& connection, std::span<std::byte> packet) = 0;
    // The peer has gone, or lost its framing. The connection may be destroyed.
    virtual void on_closed(TcpConnection& connection) = 0;
  };

  TcpConnection(boost::asio::ip::tcp::socket socket, std::uint32_t via, Owner& owner);

  // `early`: what another thread has read already.
  void start(ByteView early = {});
  void send(ByteView packet);
  void close();
  // Belongs to a session now: release() is not called any more.
  void claim() { early_.reset(); }
  bool is_claimed() const { return !early_; }
  // For another thread, which makes a connection of its own of it.
  struct Released {
    int fd = -1;
    bool is_v6 = false;
    Bytes early;  // all that was read so far
  };
  Released release();
  bool is_open() const { return socket_.is_open(); }

  std::uint32_t via() const { return via_; }
  const TransportAddress& remote() const { return remote_; }

 private:
  void read();
  bool take(ByteView received);
  void write();
  void fail();

  boost::asio::ip::tcp::socket socket_;
  std::uint32_t via_;
  Owner* owner_;
  TransportAddress remote_;
  ice::TcpFrameReader frames_;
  std::array<std::byte, 16 * 1024> buffer_{};
  Bytes packet_;
  std::optional<Bytes> early_ = Bytes();  // until claim()
  std::string outgoing_;
  std::string writing_;
};

// The address of an Asio endpoint; `Endpoint` is of TCP or UDP.
template <class Endpoint>
TransportAddress address_of(const Endpoint& endpoint, Transport transport) {
  return {*IpAddress::parse(endpoint.address().to_string()), endpoint.port(), transport};
}

}  // namespace geili::media::webrtc
