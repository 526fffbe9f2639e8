#pragma once
// An open WebSocket on an io loop. Idle it holds no buffer: reads go through the loop's, frames
// that wait are shared with all who receive them.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "net/loop.hpp"
#include "net/server_context.hpp"
#include "net/websocket.hpp"
#include "net/websocket_frame.hpp"

namespace geili::net {

class WebSocketConnection final : public Channel, public WebSocket {
 public:
  WebSocketConnection(ServerContext& context, Loop& loop, int fd, ConnectionTicket ticket,
                      std::unique_ptr<WebSocketPeer> peer);
  ~WebSocketConnection() override;

  // After the loop watches it: tells the peer, then reads what came behind the handshake.
  void open(std::span<char> early);

  bool send(WireFrame frame) override;
  void close(CloseCode code, std::string_view reason) override;
  std::size_t queued_bytes() const override { return queued_bytes_; }
  boost::asio::any_io_executor executor() const override { return loop_.executor(); }

  void on_ready(std::uint32_t events) override;
  void on_deadline() override;
  void on_flush() override;
  void on_stop() override;
  void cut() override;

 private:
  enum class State : std::uint8_t { open, closing, closed };

  void read();
  void take(std::span<char> bytes);
  void serve(const FrameEvent& event);
  void send_control(Opcode opcode, std::string_view payload);
  void enqueue(WireFrame frame);
  void flush();
  bool send_one();
  bool send_gathered();
  void drop_sent(std::size_t bytes);
  bool took(ssize_t sent);
  bool take_token();
  void watch_message();
  void set_next_deadline();
  bool is_drained() const { return queue_.empty(); }

  ServerContext& context_;
  Loop& loop_;
  int fd_;
  ConnectionTicket ticket_;
  std::unique_ptr<WebSocketPeer> peer_;
  FrameParser parser_;
  std::vector<WireFrame> queue_;  // from queue_at_ on
  std::uint32_t queue_at_ = 0;
  std::uint32_t front_sent_bytes_ = 0;
  std::size_t queued_bytes_ = 0;
  std::uint32_t tokens_milli_;
  std::uint32_t tokens_at_ms_;
  std::uint32_t ping_at_ms_;
  std::uint32_t message_late_at_ms_ = 0;  // while is_within_message_
  State state_ = State::open;
  bool is_flush_due_ = false;
  bool is_blocked_ = false;
  bool has_sent_close_ = false;
  bool has_got_close_ = false;
  bool has_heard_ = true;       // since the last ping
  bool has_progressed_ = true;  // in sending, since the last ping
  bool is_within_message_ = false;
};

}  // namespace geili::net
