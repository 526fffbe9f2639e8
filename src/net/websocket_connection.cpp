#include "net/websocket_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace geili::net {
namespace {

constexpr unsigned kCloseTimeout_ms = 2'000;
constexpr int kReadsMax = 16;
constexpr std::size_t kGatherMax = 64;
constexpr std::size_t kQueueKeptMax = 4;  // capacity that an idle connection keeps

// Of two readings of the loop's clock, which begins anew every 49 days.
std::int32_t left_of(std::uint32_t at_ms, std::uint32_t now_ms) {
  return static_cast<std::int32_t>(at_ms - now_ms);
}

}  // namespace

WebSocketConnection::WebSocketConnection(ServerContext& context, Loop& loop, int fd,
                                         ConnectionTicket ticket,
                                         std::unique_ptr<WebSocketPeer> peer)
    : context_(context),
      loop_(loop),
      fd_(fd),
      ticket_(std::move(ticket)),
      peer_(std::move(peer)),
      tokens_milli_(context.settings.limits.websocket_messages_burst * 1000),
      tokens_at_ms_(loop.now_ms()),
      ping_at_ms_(loop.now_ms() + context.settings.limits.websocket_ping_ms) {
  context_.websockets.fetch_add(1, std::memory_order_relaxed);
}

WebSocketConnection::~WebSocketConnection() = default;

void WebSocketConnection::open(std::span<char> early) {
  set_next_deadline();
  auto self = std::static_pointer_cast<WebSocketConnection>(shared_from_this());
  try {
    peer_->opened(self);
  } catch (...) {
    report_failure(context_, std::current_exception());
    close(CloseCode::internal, "");
  }
  if (state_ != State::closed && !early.empty()) take(early);
  if (state_ != State::closed) read();
}

bool WebSocketConnection::send(WireFrame frame) {
  if (state_ != State::open) return false;
  if (queued_bytes_ + frame->size() > context_.settings.limits.websocket_send_queue_bytes_max) {
    return false;
  }
  enqueue(std::move(frame));
  return true;
}

void WebSocketConnection::enqueue(WireFrame frame) {
  queued_bytes_ += frame->size();
  queue_.push_back(std::move(frame));
  if (is_blocked_ || is_flush_due_) return;
  is_flush_due_ = true;
  loop_.flush_later(shared_from_this());
}

void WebSocketConnection::send_control(Opcode opcode, std::string_view payload) {
  const std::size_t limit = context_.settings.limits.websocket_send_queue_bytes_max;
  // A peer that asks for pongs and does not read them may not fill the memory.
  if (opcode == Opcode::pong && queued_bytes_ > limit) return;
  enqueue(std::make_shared<const std::string>(build_frame(opcode, payload)));
}

void WebSocketConnection::close(CloseCode code, std::string_view reason) {
  if (state_ != State::open) return;
  state_ = State::closing;
  has_sent_close_ = true;
  send_control(Opcode::close, close_payload(code, reason));
  loop_.set_deadline_ms(*this, kCloseTimeout_ms);
}

void WebSocketConnection::cut() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  queue_ = {};
  queued_bytes_ = 0;
  context_.websockets.fetch_sub(1, std::memory_order_relaxed);
  // The peer may own this socket: without the peer the circle is open.
  const auto peer = std::move(peer_);
  try {
    peer->closed();
  } catch (...) {
    report_failure(context_, std::current_exception());
  }
  ticket_.release();
  loop_.release(*this, fd_);
}

void WebSocketConnection::on_stop() {
  close(CloseCode::going_away, "the server stops");
}

void WebSocketConnection::on_ready(std::uint32_t events) {
  if (state_ == State::closed) return;
  if ((events & EPOLLOUT) != 0 && is_blocked_) {
    is_blocked_ = false;
    flush();
  }
  constexpr std::uint32_t kReadable = EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR;
  if (state_ != State::closed && (events & kReadable) != 0) read();
}

void WebSocketConnection::read() {
  for (int i = 0; i < kReadsMax; ++i) {
    const std::span<char> buffer = loop_.read_buffer();
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (got <= 0) return cut();
    has_heard_ = true;
    take(buffer.first(static_cast<std::size_t>(got)));
    if (state_ == State::closed) return;
  }
  // A flood: more than a fair share of one turn, so the rest is not waited for.
  cut();
}

void WebSocketConnection::take(std::span<char> bytes) {
  while (!has_got_close_ && state_ != State::closed) {
    const FrameEvent event =
        parser_.next(bytes, context_.settings.limits.websocket_message_bytes_max);
    if (event.kind == FrameEvent::Kind::need_more) return watch_message();
    is_within_message_ = is_within_message_ && parser_.is_within_message();
    serve(event);
  }
}

// Who sends a message byte by byte would be heard, and keep a seat, for ever.
void WebSocketConnection::watch_message() {
  const bool has_begun = !is_within_message_ && parser_.is_within_message();
  is_within_message_ = parser_.is_within_message();
  if (!has_begun || state_ != State::open) return;
  message_late_at_ms_ = loop_.now_ms() + context_.settings.limits.websocket_message_timeout_ms;
  set_next_deadline();
}

void WebSocketConnection::set_next_deadline() {
  std::int32_t left_ms = left_of(ping_at_ms_, loop_.now_ms());
  if (is_within_message_) {
    left_ms = std::min(left_ms, left_of(message_late_at_ms_, loop_.now_ms()));
  }
  loop_.set_deadline_ms(*this, static_cast<unsigned>(std::max(left_ms, 1)));
}

void WebSocketConnection::serve(const FrameEvent& event) {
  if (event.kind == FrameEvent::Kind::fault) {
    has_got_close_ = true;
    return close(static_cast<CloseCode>(event.code), "");
  }
  if (event.kind == FrameEvent::Kind::close) {
    has_got_close_ = true;
    if (has_sent_close_ && is_drained()) return cut();
    const bool is_silent = event.code == 1005;
    return close(is_silent ? CloseCode::normal : static_cast<CloseCode>(event.code), "");
  }
  if (state_ != State::open) return;
  if (!take_token()) return close(CloseCode::policy, "too many messages");
  if (event.kind == FrameEvent::Kind::ping) return send_control(Opcode::pong, event.payload);
  if (event.kind != FrameEvent::Kind::text) return;
  try {
    peer_->text(event.payload);
  } catch (...) {
    report_failure(context_, std::current_exception());
    close(CloseCode::internal, "");
  }
}

bool WebSocketConnection::take_token() {
  const ServerLimits& limits = context_.settings.limits;
  const std::uint64_t elapsed_ms = loop_.now_ms() - tokens_at_ms_;
  tokens_at_ms_ = loop_.now_ms();
  const std::uint64_t full = limits.websocket_messages_burst * 1000ULL;
  const std::uint64_t tokens = tokens_milli_ + elapsed_ms * limits.websocket_messages_per_s;
  tokens_milli_ = static_cast<std::uint32_t>(std::min(tokens, full));
  if (tokens_milli_ < 1000) return false;
  tokens_milli_ -= 1000;
  return true;
}

void WebSocketConnection::on_deadline() {
  if (state_ != State::open) return cut();
  if (is_within_message_ && left_of(message_late_at_ms_, loop_.now_ms()) <= 0) {
    return close(CloseCode::policy, "the message took too long");
  }
  if (left_of(ping_at_ms_, loop_.now_ms()) > 0) return set_next_deadline();
  const bool is_stuck = is_blocked_ && !has_progressed_;
  if (!has_heard_ || is_stuck) return cut();
  has_heard_ = false;
  has_progressed_ = false;
  send_control(Opcode::ping, {});
  ping_at_ms_ = loop_.now_ms() + context_.settings.limits.websocket_ping_ms;
  set_next_deadline();
}

void WebSocketConnection::on_flush() {
  is_flush_due_ = false;
  if (state_ != State::closed && !is_blocked_) flush();
}

void WebSocketConnection::flush() {
  while (!queue_.empty()) {
    const bool goes_on = queue_.size() - queue_at_ == 1 ? send_one() : send_gathered();
    if (!goes_on) return;
  }
  if (has_sent_close_) {
    // Section 7.1.1: the server closes first, once both close frames have passed.
    if (has_got_close_) return cut();
    ::shutdown(fd_, SHUT_WR);
  }
}

bool WebSocketConnection::send_one() {
  const std::string& frame = *queue_[queue_at_];
  const ssize_t sent =
      ::send(fd_, frame.data() + front_sent_bytes_, frame.size() - front_sent_bytes_, MSG_NOSIGNAL);
  return took(sent);
}

bool WebSocketConnection::send_gathered() {
  std::array<iovec, kGatherMax> parts;
  const std::size_t count = std::min<std::size_t>(queue_.size() - queue_at_, kGatherMax);
  std::size_t offset = front_sent_bytes_;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& frame = *queue_[queue_at_ + i];
    parts[i] = {const_cast<char*>(frame.data()) + offset, frame.size() - offset};
    offset = 0;
  }
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = count;
  const ssize_t sent = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
  return took(sent);
}

// Whether to go on sending.
bool WebSocketConnection::took(ssize_t sent) {
  if (sent >= 0) {
    drop_sent(static_cast<std::size_t>(sent));
    return true;
  }
  if (errno == EINTR) return true;
  if (errno == EAGAIN || errno == EWOULDBLOCK) {
    is_blocked_ = true;
  } else {
    cut();
  }
  return false;
}

void WebSocketConnection::drop_sent(std::size_t bytes) {
  has_progressed_ = true;
  queued_bytes_ -= bytes;
  bytes += front_sent_bytes_;
  while (queue_at_ < queue_.size() && bytes >= queue_[queue_at_]->size()) {
    bytes -= queue_[queue_at_]->size();
    queue_[queue_at_++].reset();
  }
  front_sent_bytes_ = static_cast<std::uint32_t>(bytes);
  if (queue_at_ == queue_.size()) {
    queue_at_ = 0;
    queue_.clear();
    if (queue_.capacity() > kQueueKeptMax) queue_ = {};
  } else if (queue_at_ >= 64) {
    queue_.erase(queue_.begin(), queue_.begin() + queue_at_);
    queue_at_ = 0;
  }
}

}  // namespace geili::net
