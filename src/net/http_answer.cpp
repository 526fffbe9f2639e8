#include <cassert>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/http_connection.hpp"
#include "net/websocket_connection.hpp"
#include "net/websocket_handshake.hpp"

namespace geili::net {
namespace {

std::string allow_list(const std::vector<Method>& methods) {
  std::string list;
  for (const Method method : methods) {
    if (!list.empty()) list += ", ";
    list += to_string(method);
  }
  return list;
}

}  // namespace

std::shared_ptr<HttpConnection> HttpConnection::self() {
  return std::static_pointer_cast<HttpConnection>(shared_from_this());
}

void HttpConnection::dispatch() {
  Request request = std::move(parser_->request());
  parser_.reset();
  state_ = State::handling;
  try {
    std::visit([&](const auto& handler) { call(handler, std::move(request)); }, route_->handler);
  } catch (...) {
    fail(std::current_exception());
  }
}

void HttpConnection::call(const DirectHandler& handler, Request request) {
  respond(handler(std::move(request)));
}

void HttpConnection::call(const Handler& handler, Request request) {
  boost::asio::co_spawn(loop_.executor(), handler(std::move(request)),
                        [self = self()](std::exception_ptr thrown, Response response) {
                          if (self->state_ == State::closed) return;
                          if (thrown) return self->fail(thrown);
                          self->respond(std::move(response));
                        });
}

void HttpConnection::call(const UpgradeHandler& handler, Request request) {
  auto accept = accept_websocket(request);
  if (!accept) return refuse(accept.error());
  boost::asio::co_spawn(loop_.executor(), handler(std::move(request)),
                        [self = self(), accept = std::move(*accept)](std::exception_ptr thrown,
                                                                     UpgradeAnswer answer) mutable {
                          self->on_upgrade_answer(thrown, std::move(answer), std::move(accept));
                        });
}

void HttpConnection::on_upgrade_answer(std::exception_ptr thrown, UpgradeAnswer answer,
                                       std::string accept) {
  if (state_ == State::closed) return;
  if (thrown) return fail(thrown);
  if (auto* refused = std::get_if<Response>(&answer)) return respond(std::move(*refused));
  auto peer = std::get<std::unique_ptr<WebSocketPeer>>(std::move(answer));
  assert(peer != nullptr);
  if (loop_.is_stopping()) {
    return refuse(refusal(503, "stopping", "The server is stopping."));
  }
  become_websocket(std::move(peer), accept);
}

void HttpConnection::become_websocket(std::unique_ptr<WebSocketPeer> peer,
                                      std::string_view accept) {
  Response response{.status = 101, .headers = {}, .body = {}};
  response.headers.add("Upgrade", "websocket");
  response.headers.add("Sec-WebSocket-Accept", accept);
  std::string& head = loop_.write_buffer();
  append_response_head(head, response, std::nullopt, loop_.http_date(), After::keep_alive);
  const ssize_t sent = ::send(fd_, head.data(), head.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(head.size())) return cut();
  status_ = 101;
  response_bytes_ = head.size();
  finish_exchange();

  auto socket = std::make_shared<WebSocketConnection>(context_, loop_, fd_, std::move(ticket_),
                                                      std::move(peer));
  state_ = State::closed;
  std::string early = std::exchange(input_, {});
  loop_.hand_over(*this, socket, fd_);
  socket->open(early);
}

void HttpConnection::refuse(const Refusal& why) {
  Response response = refusal_response(context_, why.status, why.error);
  if (why.status == 405) response.headers.set("Allow", allow_list(allowed_));
  if (why.status == 426) {
    response.headers.set("Upgrade", "websocket");
    response.headers.set("Sec-WebSocket-Version", "13");
  }
  respond(std::move(response));
}

void HttpConnection::fail(std::exception_ptr thrown) {
  const std::string incident = report_failure(context_, thrown);
  refuse(refusal(500, "internal", "Something broke here; the incident is " + incident + "."));
}

void HttpConnection::respond(Response response) {
  if (state_ == State::closed) return;
  try {
    if (context_.hooks.finish) context_.hooks.finish(asked_, response);
  } catch (...) {
    report_failure(context_, std::current_exception());
    return cut();
  }
  respond_raw(std::move(response));
}

// Opens a file body; false when there is no such file.
bool HttpConnection::attach_body(Response& response, Outgoing& outgoing) {
  if (auto* own = std::get_if<std::string>(&response.body)) {
    outgoing.set_body(std::move(*own));
    return true;
  }
  if (auto* shared = std::get_if<SharedBody>(&response.body)) {
    outgoing.set_body(std::move(*shared));
    return true;
  }
  const FileBody& body = std::get<FileBody>(response.body);
  const int file = ::open(body.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  struct stat facts{};
  const bool is_file = ::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (!is_file || body.offset > size || body.length.value_or(0) > size - body.offset) {
    ::close(file);
    return false;
  }
  outgoing.set_file(file, body.offset, body.length.value_or(size - body.offset));
  return true;
}

void HttpConnection::respond_raw(Response response) {
  auto outgoing = std::make_unique<Outgoing>();
  if (!attach_body(response, *outgoing)) {
    const Refusal missing = refusal(404, "not-found", "There is nothing at this path.");
    response = refusal_response(context_, missing.status, missing.error);
    outgoing = std::make_unique<Outgoing>();
    if (!attach_body(response, *outgoing)) return cut();
  }
  const bool has_body = may_have_body(response.status);
  std::optional<std::uint64_t> content_length;
  if (has_body) content_length = outgoing->body_bytes();
  if (!has_body || asked_.method == Method::head) outgoing = std::make_unique<Outgoing>();

  std::string& head = loop_.write_buffer();
  append_response_head(head, response, content_length, loop_.http_date(),
                       keep_alive_ ? After::keep_alive : After::close);
  status_ = static_cast<std::uint16_t>(response.status);
  response_bytes_ = head.size() + outgoing->body_bytes();
  state_ = State::writing;
  outgoing_ = std::move(outgoing);
  on_sent(outgoing_->start(fd_, head));
}

void HttpConnection::on_sent(SendProgress progress) {
  if (progress == SendProgress::failed) return cut();
  if (progress == SendProgress::blocked) {
    if (!outgoing_->take_progress()) return;
    loop_.set_deadline_ms(*this, context_.settings.limits.write_timeout_ms);
    return;
  }
  outgoing_.reset();
  finish_exchange();
  if (!keep_alive_ || loop_.is_stopping()) {
    const bool may_be_sending = parser_ || is_consuming_ || !input_.empty();
    return may_be_sending ? linger() : cut();
  }
  state_ = State::reading;
  parser_.reset();
  loop_.set_deadline_ms(*this, context_.settings.limits.idle_timeout_ms);
  if (is_consuming_) return;
  if (!input_.empty()) consume({});
  if (state_ == State::reading && may_have_more_) read();
}

void HttpConnection::finish_exchange() {
  if (!context_.hooks.exchanged) return;
  const auto took = std::chrono::steady_clock::now() - began_;
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  context_.hooks.exchanged(
      {asked_.method, asked_.pattern, status_, static_cast<std::uint64_t>(us), response_bytes_});
}

}  // namespace geili::net
