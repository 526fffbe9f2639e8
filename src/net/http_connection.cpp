#include "net/http_connection.hpp"

#include <algorithm>
#include <cerrno>

#include <boost/asio/post.hpp>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geili::net {
namespace {

constexpr int kReadsMax = 16;
constexpr std::size_t kBodyBytesPerMsMin = 16;
constexpr unsigned kLinger_ms = 2'000;
constexpr std::uint32_t kLingerBytesMax = 1024 * 1024;
constexpr std::uint32_t kEnded = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

std::string_view last_item(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  while (!list.empty() && list.front() == ' ') list.remove_prefix(1);
  while (!list.empty() && list.back() == ' ') list.remove_suffix(1);
  return list;
}

}  // namespace

HttpConnection::HttpConnection(ServerContext& context, Loop& loop, int fd, ConnectionTicket ticket)
    : context_(context), loop_(loop), fd_(fd), ticket_(std::move(ticket)) {}

HttpConnection::~HttpConnection() = default;

void HttpConnection::open() {
  loop_.set_deadline_ms(*this, context_.settings.limits.header_timeout_ms);
}

void HttpConnection::abandon() {
  state_ = State::closed;
  ticket_.release();
  ::close(fd_);
}

void HttpConnection::cut() {
  if (state_ == State::closed) return;
  state_ = State::closed;
  outgoing_.reset();
  parser_.reset();
  ticket_.release();
  loop_.release(*this, fd_);
}

void HttpConnection::on_stop() {
  keep_alive_ = false;
  const bool is_idle = state_ == State::reading && !parser_ && input_.empty();
  if (is_idle || state_ == State::lingering) cut();
}

void HttpConnection::on_deadline() {
  if (state_ == State::handling) return;  // a handler takes the time it needs
  if (state_ != State::reading || !parser_) return cut();
  keep_alive_ = false;
  refuse(refusal(408, "request-timeout", "The request took longer than the limit."));
}

void HttpConnection::on_ready(std::uint32_t events) {
  switch (state_) {
    case State::closed:
      return;
    case State::handling:
      may_have_more_ = true;
      return;
    case State::writing:
      if ((events & EPOLLIN) != 0 || (events & kEnded) != 0) may_have_more_ = true;
      if ((events & EPOLLERR) != 0) return cut();
      if ((events & EPOLLOUT) != 0) on_sent(outgoing_->resume(fd_));
      return;
    case State::lingering:
    case State::reading:
      may_have_more_ = (events & kEnded) != 0;
      if ((events & EPOLLIN) != 0 || may_have_more_) read();
      return;
  }
}

void HttpConnection::read() {
  for (int i = 0; i < kReadsMax; ++i) {
    const std::span<char> buffer = loop_.read_buffer();
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      may_have_more_ = false;
      return;
    }
    if (got <= 0) return cut();
    const auto bytes = static_cast<std::size_t>(got);
    // A short read has emptied the socket (epoll(7)): new bytes raise a new event.
    if (bytes == buffer.size()) may_have_more_ = true;
    if (state_ == State::lingering) {
      lingered_bytes_ += static_cast<std::uint32_t>(bytes);
      if (lingered_bytes_ > kLingerBytesMax) return cut();
    } else {
      consume({buffer.data(), bytes});
    }
    const bool may_read = state_ == State::reading || state_ == State::lingering;
    if (!may_read || !may_have_more_) return;
  }
  // More than a fair share of one turn: the rest when the others have had theirs.
  boost::asio::post(loop_.context(), [self = self()] {
    if (self->state_ == State::reading || self->state_ == State::lingering) self->read();
  });
}

void HttpConnection::consume(std::string_view fresh) {
  is_consuming_ = true;
  std::string joined;
  std::string_view input = fresh;
  if (!input_.empty()) {
    joined.swap(input_);
    joined.append(fresh);
    input = joined;
  }
  while (state_ == State::reading && step(input) == Step::again) {
  }
  is_consuming_ = false;
  if (state_ == State::closed || state_ == State::lingering) return;
  if (joined.empty() || input.empty()) {
    input_.assign(input);
    if (input.empty()) input_ = {};
    return;
  }
  joined.erase(0, joined.size() - input.size());
  input_.swap(joined);
}

HttpConnection::Step HttpConnection::step(std::string_view& input) {
  const ServerLimits& limits = context_.settings.limits;
  if (!parser_) {
    while (input.starts_with("\r\n")) input.remove_prefix(2);  // RFC 9112 section 2.2
    if (input.empty()) return Step::wait;
    parser_.emplace(RequestParser::Limits{.header_bytes_max = limits.header_bytes_max});
    has_header_deadline_ = false;
    route_ = nullptr;
    asked_ = {};
    if (context_.hooks.exchanged) began_ = std::chrono::steady_clock::now();
  }
  while (true) {
    auto progress = parser_->feed(input);
    if (!progress) {
      keep_alive_ = false;
      refuse(progress.error());
      return Step::wait;
    }
    switch (*progress) {
      case RequestParser::Progress::need_more:
        set_request_deadline();
        return Step::wait;
      case RequestParser::Progress::header:
        body_began_ms_ = loop_.now_ms();
        if (!on_header(input)) return Step::again;
        break;
      case RequestParser::Progress::done:
        dispatch();
        return Step::again;
    }
  }
}

// A body may take its time-out and longer the more of it comes: a photo over 3G is not an attack.
void HttpConnection::set_request_deadline() {
  const ServerLimits& limits = context_.settings.limits;
  if (route_ == nullptr) {
    if (!has_header_deadline_) loop_.set_deadline_ms(*this, limits.header_timeout_ms);
    has_header_deadline_ = true;
    return;
  }
  const auto earned_ms =
      static_cast<std::uint32_t>(parser_->request().body.size() / kBodyBytesPerMsMin);
  const std::uint32_t allowed_ms = limits.body_timeout_ms + earned_ms;
  const std::uint32_t used_ms = loop_.now_ms() - body_began_ms_;
  loop_.set_deadline_ms(*this, allowed_ms > used_ms ? allowed_ms - used_ms : 1);
}

bool HttpConnection::on_header(std::string_view rest) {
  Request& request = parser_->request();
  see_proxy(request);
  asked_.method = request.method;
  asked_.is_https = request.is_https;
  keep_alive_ = parser_->keep_alive() && !loop_.is_stopping();
  if (const auto why = find_route()) {
    keep_alive_ = keep_alive_ && !parser_->has_body();
    refuse(*why);
    return false;
  }
  asked_.pattern = route_->pattern;
  parser_->set_body_bytes_max(route_->body_bytes_max);
  if (parser_->content_length().value_or(0) > route_->body_bytes_max) {
    keep_alive_ = false;
    refuse(refusal(413, "body-too-large", "The request body is longer than the limit."));
    return false;
  }
  if (parser_->expects_continue() && parser_->has_body() && rest.empty()) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    const ssize_t sent = ::send(fd_, kContinue.data(), kContinue.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(kContinue.size())) {
      cut();
      return false;
    }
  }
  return true;
}

std::optional<Refusal> HttpConnection::find_route() {
  Request& request = parser_->request();
  Match match = context_.router.match(request.method, request.path);
  allowed_ = std::move(match.allowed);
  if (match.route == nullptr) {
    if (allowed_.empty()) return refusal(404, "not-found", "There is nothing at this path.");
    return refusal(405, "method-not-allowed", "This path does not take this method.");
  }
  route_ = match.route;
  request.path_parameters = std::move(match.parameters);
  return std::nullopt;
}

// Only a trusted proxy is believed; it appends the address it saw, so the last item is its word.
void HttpConnection::see_proxy(Request& request) const {
  request.remote_address = ticket_.address();
  request.is_https = ticket_.is_https();
  const auto& trusted = context_.settings.trusted_proxies;
  if (std::find(trusted.begin(), trusted.end(), request.remote_address) == trusted.end()) return;
  const auto& fields = request.headers.all();
  for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
    if (!equal_ignoring_case(field->first, "x-forwarded-for")) continue;
    const std::string_view address = last_item(field->second);
    if (!address.empty()) request.remote_address = address;
    break;
  }
  request.is_https = request.is_https ||
                     last_item(request.headers.find("x-forwarded-proto").value_or("")) == "https";
}

// RFC 9112 section 9.6: the peer gets its answer although it may still be sending.
void HttpConnection::linger() {
  ::shutdown(fd_, SHUT_WR);
  state_ = State::lingering;
  input_ = {};
  parser_.reset();
  lingered_bytes_ = 0;
  loop_.set_deadline_ms(*this, kLinger_ms);
  if (!is_consuming_) read();
}

}  // namespace geili::net
