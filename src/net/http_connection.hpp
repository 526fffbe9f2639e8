#pragma once
// An HTTP/1.1 connection on an io loop: one request at a time, in order.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/loop.hpp"
#include "net/outgoing.hpp"
#include "net/request_parser.hpp"
#include "net/response_head.hpp"
#include "net/server_context.hpp"

namespace geili::net {

class HttpConnection final : public Channel {
 public:
  HttpConnection(ServerContext& context, Loop& loop, int fd, ConnectionTicket ticket);
  ~HttpConnection() override;

  // After the loop watches it.
  void open();
  // Instead of open(), when the loop could not watch it.
  void abandon();

  void on_ready(std::uint32_t events) override;
  void on_deadline() override;
  void on_stop() override;
  void cut() override;

 private:
  enum class State : std::uint8_t { reading, handling, writing, lingering, closed };
  enum class Step : std::uint8_t { again, wait };
  using UpgradeAnswer = std::variant<std::unique_ptr<WebSocketPeer>, Response>;

  // reading (http_connection.cpp)
  void read();
  void consume(std::string_view fresh);
  Step step(std::string_view& input);
  bool on_header(std::string_view rest);
  std::optional<Refusal> find_route();
  void set_request_deadline();
  void see_proxy(Request& request) const;
  void linger();

  // answering (http_answer.cpp)
  void dispatch();
  void call(const DirectHandler& handler, Request request);
  void call(const Handler& handler, Request request);
  void call(const UpgradeHandler& handler, Request request);
  void on_upgrade_answer(std::exception_ptr thrown, UpgradeAnswer answer, std::string accept);
  void refuse(const Refusal& why);
  void fail(std::exception_ptr thrown);
  void respond(Response response);
  void respond_raw(Response response);
  bool attach_body(Response& response, Outgoing& outgoing);
  void on_sent(SendProgress progress);
  void finish_exchange();
  void become_websocket(std::unique_ptr<WebSocketPeer> peer, std::string_view accept);
  std::shared_ptr<HttpConnection> self();

  ServerContext& context_;
  Loop& loop_;
  int fd_;
  ConnectionTicket ticket_;
  std::string input_;  // read and not taken yet
  std::optional<RequestParser> parser_;
  std::unique_ptr<Outgoing> outgoing_;  // while the socket is full
  const Route* route_ = nullptr;
  std::vector<Method> allowed_;
  std::chrono::steady_clock::time_point began_;
  std::uint64_t response_bytes_ = 0;
  Asked asked_;
  std::uint16_t status_ = 0;
  State state_ = State::reading;
  bool keep_alive_ = true;
  bool is_consuming_ = false;
  bool has_header_deadline_ = false;
  std::uint32_t body_began_ms_ = 0;
  bool may_have_more_ = false;  // the socket was not read to its end
  std::uint32_t lingered_bytes_ = 0;
};

}  // namespace geili::net
