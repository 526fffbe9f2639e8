#include "media/testing/webrtc_client/client_link.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/ice/tcp_frames.hpp"

namespace geili::media::testing {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const {
    return static_cast<const sockaddr*>(static_cast<const void*>(&storage));
  }
};

SocketAddress to_socket(const TransportAddress& address) {
  SocketAddress out;
  const ByteView octets = address.ip.bytes();
  if (address.ip.family == IpFamily::v4) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &v4, sizeof(v4));
    out.size = sizeof(v4);
  } else {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(address.port);
    std::memcpy(&v6.sin6_addr, octets.data(), octets.size());
    std::memcpy(&out.storage, &v6, sizeof(v6));
    out.size = sizeof(v6);
  }
  return out;
}

TransportAddress from_socket(const void* storage) {
  TransportAddress address;
  sockaddr_in v4{};
  std::memcpy(&v4, storage, sizeof(v4));
  if (v4.sin_family == AF_INET) {
    address.ip = *IpAddress::from_bytes(std::as_bytes(std::span(&v4.sin_addr, 1)));
    address.port = ntohs(v4.sin_port);
    return address;
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, storage, sizeof(v6));
  address.ip = *IpAddress::from_bytes(std::as_bytes(std::span(&v6.sin6_addr, 1)));
  address.port = ntohs(v6.sin6_port);
  return address;
}

int must(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(must(fd, "socket")) {}
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void set(int level, int option, int value) const {
    (void)setsockopt(fd_, level, option, &value, sizeof(value));
  }

 private:
  int fd_;
};

int family_of(const IpAddress& ip) {
  return ip.family == IpFamily::v4 ? AF_INET : AF_INET6;
}

class UdpLink final : public ClientLink {
 public:
  explicit UdpLink(const LinkOptions& options)
      : socket_(::socket(family_of(options.local), SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    socket_.set(SOL_SOCKET, SO_RCVBUF, options.receive_buffer_bytes);
    if (options.kernel_times) socket_.set(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    if (options.coalesced) socket_.set(SOL_UDP, UDP_GRO, 1);
    const SocketAddress local = to_socket({options.local, options.local_port, Transport::udp});
    must(::bind(socket_.get(), local.get(), local.size), "bind");
  }
  int fd() const override { return socket_.get(); }
  void send(ByteView datagram, const TransportAddress& to) override {
    const SocketAddress address = to_socket(to);
    (void)::sendto(socket_.get(), datagram.data(), datagram.size(), 0, address.get(), address.size);
  }
  void receive(ClientLoop& loop, Instant now, const Each& each) override {
    loop.receive(socket_.get(), now,
                 [&](std::span<std::byte> datagram, const void* from, Instant at) {
                   each(datagram, from_socket(from), at);
                 });
  }

 private:
  Descriptor socket_;
};

class TcpLink final : public ClientLink {
 public:
  explicit TcpLink(const TransportAddress& server)
      : server_(server), socket_(::socket(family_of(server.ip), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const SocketAddress address = to_socket(server);
    must(::connect(socket_.get(), address.get(), address.size), "connect");
    must(::fcntl(socket_.get(), F_SETFL, O_NONBLOCK), "fcntl");
    socket_.set(IPPROTO_TCP, TCP_NODELAY, 1);
  }
  int fd() const override { return socket_.get(); }
  void send(ByteView datagram, const TransportAddress& /*to*/) override {
    std::string framed;
    ice::append_tcp_frame(datagram, framed);
    // Half a frame would be the end of the framing.
    if (broken_ || ::send(socket_.get(), framed.data(), framed.size(), MSG_NOSIGNAL) !=
                       static_cast<ssize_t>(framed.size())) {
      broken_ = true;
    }
  }
  void receive(ClientLoop& loop, Instant now, const Each& each) override {
    std::array<std::byte, 32'768> buffer;
    const ssize_t count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (count <= 0) {
      if (count == 0 || (errno != EAGAIN && errno != EINTR)) loop.unwatch(socket_.get());
      return;
    }
    frames_.push(ByteView(buffer).first(static_cast<std::size_t>(count)));
    for (auto frame = frames_.next(); frame && *frame; frame = frames_.next()) {
      Bytes copy((*frame)->begin(), (*frame)->end());
      each(copy, server_, now);
    }
  }

 private:
  TransportAddress server_;
  Descriptor socket_;
  ice::TcpFrameReader frames_;
  bool broken_ = false;
};

}  // namespace

std::unique_ptr<ClientLink> make_udp_link(const LinkOptions& options) {
  return std::make_unique<UdpLink>(options);
}

std::unique_ptr<ClientLink> make_tcp_link(const TransportAddress& server) {
  return std::make_unique<TcpLink>(server);
}

}  // namespace geili::media::testing
