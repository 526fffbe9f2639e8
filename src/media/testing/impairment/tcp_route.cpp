#include "media/testing/impairment/tcp_route.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace geili::media::testing {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

// So that the kernel's buffers are no second, hidden queue.
constexpr int kBufferBytes = 64 * 1024;

}  // namespace

class TcpRoute::Connection final : public Link::Flow,
                                   public std::enable_shared_from_this<Connection> {
 public:
  Connection(TcpRoute& route, tcp::socket client)
      : route_(route),
        link_(route.link_),
        up_{std::move(client)},
        down_{tcp::socket(route.io_)},
        number_(link_.join(*this)) {}

  std::uint64_t number() const { return number_; }

  void start() {
    // The kernel has answered the client's SYN at once; the link would have taken a round trip.
    up_.place.due = link_.now() + link_.round_trip() + link_.round_trip() / 2;
    narrow(up_.from);
    down_.from.async_connect(route_.target_,
                             [self = shared_from_this()](boost::system::error_code failed) {
                               if (self->is_closed_) return;
                               if (failed) return self->close();
                               self->narrow(self->down_.from);
                               self->is_connected_ = true;
                               self->resume();
                             });
  }

  // With a reset to both sides.
  void close() {
    if (std::exchange(is_closed_, true)) return;
    link_.leave(number_);
    boost::system::error_code ignored;
    for (Half* half : {&up_, &down_}) {
      half->from.set_option(asio::socket_base::linger(true, 0), ignored);
      half->from.close(ignored);
    }
    route_.flows_.erase(number_);
  }

  void deliver(Direction direction, Parcel parcel) override {
    Half& half = of(direction);
    half.out.insert(half.out.end(), parcel.bytes.begin(), parcel.bytes.end());
    half.out_ends = half.out_ends || parcel.is_end;
    write(direction);
  }

  void resume() override {
    const auto self = shared_from_this();  // close() drops it
    for (const Direction direction : kDirections) {
      write(direction);
      read(direction);
    }
  }

 private:
  struct Half {  // one direction
    tcp::socket from;
    Line::StreamPlace place;
    std::array<std::byte, 16 * 1024> buffer{};
    std::size_t under_way_bytes = 0;  // read and not yet written
    bool is_reading = false;
    bool is_ended = false;  // `from` has said all
    Bytes out;
    Bytes writing;
    bool out_ends = false;
    bool is_done = false;  // and it has been passed on
  };
  Half& of(Direction direction) { return direction == Direction::up ? up_ : down_; }
  tcp::socket& to(Direction direction) {
    return direction == Direction::up ? down_.from : up_.from;
  }

  void narrow(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::receive_buffer_size(kBufferBytes), ignored);
  }

  void read(Direction direction) {
    Half& half = of(direction);
    const bool waits = !is_connected_ || is_closed_ || half.is_reading || half.is_ended;
    if (waits || link_.is_cut(Transport::tcp) || half.under_way_bytes >= kWindowBytes ||
        link_.is_full(direction)) {
      return;
    }
    half.is_reading = true;
    half.from.async_read_some(asio::buffer(half.buffer),
                              [self = shared_from_this(), direction](
                                  boost::system::error_code failed, std::size_t bytes) {
                                self->of(direction).is_reading = false;
                                if (!self->is_closed_) self->take(direction, failed, bytes);
                              });
  }

  void take(Direction direction, boost::system::error_code failed, std::size_t bytes) {
    Half& half = of(direction);
    if (failed && failed != asio::error::eof) return close();
    half.is_ended = static_cast<bool>(failed);
    half.under_way_bytes += bytes;
    ByteView rest = ByteView(half.buffer).first(bytes);
    while (!rest.empty()) {
      const ByteView segment = rest.first(std::min(rest.size(), Line::kSegmentBytes));
      rest = rest.subspan(segment.size());
      link_.send_stream(direction, {.flow = number_, .bytes = {segment.begin(), segment.end()}},
                        half.place);
    }
    if (half.is_ended) link_.send_stream(direction, {.flow = number_, .is_end = true}, half.place);
    read(direction);
  }

  void write(Direction direction) {
    Half& half = of(direction);
    if (is_closed_ || !half.writing.empty() || link_.is_cut(Transport::tcp)) return;
    if (half.out.empty()) {
      if (half.out_ends && !half.is_done) finish(direction);
      return;
    }
    half.writing.swap(half.out);
    asio::async_write(
        to(direction), asio::buffer(half.writing),
        [self = shared_from_this(), direction](boost::system::error_code error, std::size_t) {
          if (self->is_closed_) return;
          if (error) return self->close();
          Half& done = self->of(direction);
          done.under_way_bytes -= done.writing.size();
          done.writing.clear();
          self->write(direction);
          self->read(direction);
        });
  }

  void finish(Direction direction) {
    of(direction).is_done = true;
    boost::system::error_code ignored;
    to(direction).shutdown(tcp::socket::shutdown_send, ignored);
    if (!up_.is_done || !down_.is_done) return;
    is_closed_ = true;
    link_.leave(number_);
    route_.flows_.erase(number_);
  }

  TcpRoute& route_;
  Link& link_;
  Half up_;
  Half down_;
  std::uint64_t number_;
  bool is_connected_ = false;
  bool is_closed_ = false;
};

TcpRoute::TcpRoute(asio::io_context& io, Link& link, const tcp::endpoint& listen_at,
                   tcp::endpoint target)
    : io_(io), link_(link), acceptor_(io, listen_at), target_(std::move(target)) {
  accept();
}

TcpRoute::~TcpRoute() {
  reset();
}

void TcpRoute::reset() {
  std::vector<std::shared_ptr<Connection>> all;
  for (const auto& [number, connection] : flows_) all.push_back(connection);
  for (const auto& connection : all) connection->close();
}

void TcpRoute::accept() {
  // What was accepted before the end may be told after it.
  acceptor_.async_accept(
      [this, here = std::weak_ptr(here_)](boost::system::error_code failed, tcp::socket client) {
        if (here.expired()) return;
        if (!failed && flows_.size() < kFlowsMax) {
          const auto connection = std::make_shared<Connection>(*this, std::move(client));
          flows_.emplace(connection->number(), connection);
          connection->start();
        }
        accept();
      });
}

}  // namespace geili::media::testing
