#include "media/testing/impairment/udp_route.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/buffer.hpp>

namespace geili::media::testing {
namespace asio = boost::asio;
using asio::ip::udp;
namespace {

// A key frame of many viewers must not be lost here.
constexpr int kBufferBytes = 1 << 20;

void widen(udp::socket& socket) {
  boost::system::error_code ignored;
  socket.set_option(asio::socket_base::receive_buffer_size(kBufferBytes), ignored);
  socket.set_option(asio::socket_base::send_buffer_size(kBufferBytes), ignored);
  socket.non_blocking(true, ignored);
}

}  // namespace

class UdpRoute::Client final : public Link::Flow, public std::enable_shared_from_this<Client> {
 public:
  Client(UdpRoute& route, udp::endpoint remote)
      : link_(route.link_),
        listener_(&route.socket_),
        remote_(std::move(remote)),
        socket_(route.io_),
        number_(link_.join(*this)) {
    socket_.open(route.target_.protocol());
    widen(socket_);
    socket_.connect(route.target_);
  }

  const udp::endpoint& remote() const { return remote_; }
  void send(ByteView datagram) {
    link_.send(Direction::up, {.flow = number_, .bytes = {datagram.begin(), datagram.end()}});
  }
  void listen() {
    socket_.async_receive(
        asio::buffer(buffer_),
        [self = shared_from_this()](boost::system::error_code failed, std::size_t bytes) {
          if (self->listener_ == nullptr) return;
          const auto first = self->buffer_.begin();
          // An error is the target's absence (ICMP), and passes.
          if (!failed) {
            self->link_.send(Direction::down,
                             {.flow = self->number_,
                              .bytes = {first, first + static_cast<std::ptrdiff_t>(bytes)}});
          }
          self->listen();
        });
  }
  void close() {
    link_.leave(number_);
    listener_ = nullptr;
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

  void deliver(Direction direction, Parcel parcel) override {
    boost::system::error_code ignored;
    if (direction == Direction::up) {
      socket_.send(asio::buffer(parcel.bytes), 0, ignored);
    } else {
      listener_->send_to(asio::buffer(parcel.bytes), remote_, 0, ignored);
    }
  }
  void resume() override {}

 private:
  Link& link_;
  udp::socket* listener_;  // null when closed
  udp::endpoint remote_;
  udp::socket socket_;
  std::uint64_t number_;
  std::array<std::byte, 65'536> buffer_{};
};

UdpRoute::UdpRoute(asio::io_context& io, Link& link, const udp::endpoint& listen_at,
                   udp::endpoint target)
    : io_(io), link_(link), socket_(io, listen_at), target_(std::move(target)) {
  widen(socket_);
  listen();
}

UdpRoute::~UdpRoute() {
  for (const auto& client : flows_) client->close();
}

void UdpRoute::listen() {
  // What was received before the end may be told after it.
  socket_.async_receive_from(
      asio::buffer(buffer_), from_,
      [this, here = std::weak_ptr(here_)](boost::system::error_code failed, std::size_t bytes) {
        if (here.expired()) return;
        if (!failed) take(bytes);
        listen();
      });
}

void UdpRoute::take(std::size_t bytes) {
  auto found = std::ranges::find(flows_, from_, [](const auto& each) { return each->remote(); });
  if (found == flows_.end()) {
    if (flows_.size() >= kFlowsMax) {
      flows_.back()->close();
      flows_.pop_back();
    }
    flows_.push_front(std::make_shared<Client>(*this, from_));
    flows_.front()->listen();
  } else {
    flows_.splice(flows_.begin(), flows_, found);
  }
  flows_.front()->send(ByteView(buffer_).first(bytes));
}

}  // namespace geili::media::testing
