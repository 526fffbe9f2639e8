#include "media/webrtc/tcp_connection.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace geili::media::webrtc {
namespace asio = boost::asio;
namespace {

// More than the checks of a client that does not wait for an answer.
constexpr std::size_t kEarlyBytesMax = 4'096;

}  // namespace

TcpConnection::TcpConnection(asio::ip::tcp::socket socket, std::uint32_t via, Owner& owner)
    : socket_(std::move(socket)), via_(via), owner_(&owner) {
  boost::system::error_code failed;
  const auto remote = socket_.remote_endpoint(failed);
  if (!failed) remote_ = address_of(remote, Transport::tcp);
  socket_.set_option(asio::ip::tcp::no_delay(true), failed);
}

void TcpConnection::start(ByteView early) {
  if (early.empty() || take(early)) read();
}

void TcpConnection::read() {
  socket_.async_read_some(
      asio::buffer(buffer_.data(), buffer_.size()),
      [self = shared_from_this()](boost::system::error_code failed, std::size_t received) {
        if (!self->socket_.is_open()) return;
        if (failed) return self->fail();
        if (self->take(ByteView(self->buffer_).first(received))) self->read();
      });
}

bool TcpConnection::take(ByteView received) {
  if (early_) {
    early_->insert(early_->end(), received.begin(), received.end());
    if (early_->size() > kEarlyBytesMax) {
      fail();
      return false;
    }
  }
  frames_.push(received);
  while (true) {
    const auto frame = frames_.next();
    if (!frame) {
      fail();
      return false;
    }
    if (!*frame) return true;
    packet_.assign((*frame)->begin(), (*frame)->end());
    if (!owner_->on_packet(*this, packet_)) return false;
  }
}

void TcpConnection::send(ByteView packet) {
  if (!socket_.is_open()) return;
  if (outgoing_.size() + packet.size() > kOutgoingBytesMax) return;
  ice::append_tcp_frame(packet, outgoing_);
  if (writing_.empty()) write();
}

void TcpConnection::write() {
  writing_.swap(outgoing_);
  asio::async_write(socket_, asio::buffer(writing_),
                    [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
                      self->writing_.clear();
                      if (!self->socket_.is_open()) return;
                      if (failed) return self->fail();
                      if (!self->outgoing_.empty()) self->write();
                    });
}

void TcpConnection::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

TcpConnection::Released TcpConnection::release() {
  boost::system::error_code failed;
  Released released;
  released.is_v6 = remote_.ip.family == IpFamily::v6;
  released.early = early_.value_or(Bytes());
  released.fd = socket_.release(failed);
  return released;
}

void TcpConnection::fail() {
  close();
  owner_->on_closed(*this);
}

}  // namespace geili::media::webrtc
