#include "media/ingest/rtmp/connection.hpp"

#include <span>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/random.hpp"

namespace geili::media::rtmp {
namespace asio = boost::asio;
namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr unsigned kDrainMs = 1'000;

}  // namespace

Connection::Connection(Server& server, asio::ip::tcp::socket socket)
    : server_(&server),
      socket_(std::move(socket)),
      decided_(*server.io_),
      session_({server.limits_.message_bytes_max, server.limits_.chunk_streams_max},
               random_bytes(kHandshakeBytes - 8), *this) {
  expect_within(server.limits_.handshake_timeout_ms);
}

void Connection::start() {
  asio::co_spawn(*server_->io_, run(shared_from_this()), asio::detached);
}

void Connection::expect_within(unsigned ms) {
  deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
}

void Connection::close(std::string_view reason) {
  if (reason_.empty()) reason_ = reason;
  decided_.cancel();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Connection::abandon() {
  close("stopping");
  if (publication_) publication_->end("stopping");
  publication_.reset();
  server_ = nullptr;
}

void Connection::received(SourceUnit unit) {
  if (publication_) publication_->push(std::move(unit));
}

void Connection::unpublished() {
  if (publication_) publication_->end("unpublished");
  publication_.reset();
}

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  while (self->socket_.is_open()) {
    auto [failed, count] =
        co_await self->socket_.async_read_some(asio::buffer(self->buffer_), kTuple);
    if (failed || !self->socket_.is_open()) break;
    self->server_->received_bytes_ += count;
    if (self->is_publishing()) self->expect_within(self->server_->limits_.silence_timeout_ms);
    auto fed = self->session_.feed(ByteView(self->buffer_).first(count));
    while (fed && self->session_.request() && self->reason_.empty()) {
      co_await decide(self);
      fed = self->session_.feed({});
    }
    const bool sent = co_await send(self);
    if (!fed && self->reason_.empty()) self->reason_ = fed.error().code;
    if (!self->reason_.empty() && sent) co_await drain(self);
    if (!self->reason_.empty() || !sent) break;
  }
  self->finish();
}

asio::awaitable<bool> Connection::send(std::shared_ptr<Connection> self) {
  const std::string out = std::exchange(self->session_.output(), {});
  if (out.empty()) co_return true;
  auto [failed, count] = co_await asio::async_write(self->socket_, asio::buffer(out), kTuple);
  co_return !failed;
}

// Asks the gate and waits for its answer, which may come on any thread, after the connection, or
// never.
asio::awaitable<void> Connection::decide(std::shared_ptr<Connection> self) {
  self->decided_.expires_after(
      std::chrono::milliseconds(self->server_->limits_.authorise_timeout_ms));
  self->expect_within(self->server_->limits_.authorise_timeout_ms + kDrainMs);
  const PublishRequest request = *self->session_.request();
  auto answer = [weak = std::weak_ptr(self), io = self->server_->io_](Result<ShowId> decision) {
    asio::post(*io, [weak, decision = std::move(decision)] {
      const auto connection = weak.lock();
      if (!connection || connection->decision_) return;
      connection->decision_ = decision;
      connection->decided_.cancel();
    });
  };
  self->server_->gate_.authorise(request.app, request.stream_key, std::move(answer));
  co_await self->decided_.async_wait(kTuple);
  auto admitted = self->admit();
  if (admitted) {
    self->session_.accept();
    self->expect_within(self->server_->limits_.silence_timeout_ms);
    co_return;
  }
  self->session_.refuse(admitted.error().detail);
  if (self->reason_.empty()) self->reason_ = admitted.error().code;
}

Result<void> Connection::admit() {
  if (server_ == nullptr)
    return fail(ErrorKind::unavailable, "stopping", "The server is stopping.");
  if (!decision_) {
    return fail(ErrorKind::unavailable, "rtmp-authorise-timeout", "Nobody answered; try again.");
  }
  auto show = std::exchange(decision_, std::nullopt);
  if (!*show) return fail_as(*show);
  auto stream = server_->open_stream_(**show);
  if (!stream) return fail_as(stream);
  // Who takes over a silent camera's show takes its place as well.
  const bool takes_over = (*stream)->state() == StreamState::live;
  if (!takes_over && server_->publisher_count() >= server_->limits_.publishers_max) {
    return fail(ErrorKind::unavailable, "publishers-max",
                "As many cameras as the server takes are live; try again later.");
  }
  auto publication = (*stream)->publish([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->close("cut");
  });
  if (!publication) return fail_as(publication);
  publication_ = std::move(*publication);
  return {};
}

// The peer has to read the refusal before the connection is reset under it.
asio::awaitable<void> Connection::drain(std::shared_ptr<Connection> self) {
  if (self->publication_) self->publication_->end(self->reason_);
  self->publication_.reset();
  self->expect_within(kDrainMs);
  boost::system::error_code ignored;
  self->socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  while (self->socket_.is_open()) {
    auto [failed, count] =
        co_await self->socket_.async_read_some(asio::buffer(self->buffer_), kTuple);
    if (failed) break;
  }
}

void Connection::finish() {
  if (publication_) publication_->end(reason_.empty() ? "disconnected" : reason_);
  publication_.reset();
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (server_ == nullptr) return;
  if (!reason_.empty()) ++server_->refused_;
  server_->connections_.erase(shared_from_this());
}

}  // namespace geili::media::rtmp
