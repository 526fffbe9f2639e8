#pragma once
// Blocking HTTP and WebSocket clients for tests: whatever goes wrong (also 10 s of silence) throws
// std::runtime_error, which fails the test that asked.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/http.hpp"
#include "net/server.hpp"
#include "net/websocket_frame.hpp"

namespace geili::net::testing {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  unsigned status = 0;
  Headers headers;
  std::string body;

  // The field's value, empty when it is missing.
  std::string header(std::string_view name) const {
    return std::string(headers.find(name).value_or(std::string_view()));
  }
};

// A connected stream socket with a read-ahead buffer.
class TestSocket {
 public:
  explicit TestSocket(std::uint16_t port);
  // Adopted by `server` as if it came from `address`.
  TestSocket(Server& server, std::string address);
  ~TestSocket();
  TestSocket(const TestSocket&) = delete;
  TestSocket& operator=(const TestSocket&) = delete;

  void send(std::string_view bytes);
  // False when the peer has gone; for floods that are expected to be cut.
  bool try_send(std::string_view bytes);
  std::string read_exactly(std::size_t count);
  std::string read_line();  // without CRLF
  // Waits for the end of the stream; returns what came before it. A reset counts as an end.
  std::string read_to_end();
  // Nothing to read and not ended.
  bool is_quiet();

 private:
  bool fill();
  void bound_silence() const;
  int fd_ = -1;
  std::string buffer_;
};

// One connection, kept alive from request to request.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : socket_(port) {}
  TestClient(Server& server, std::string address) : socket_(server, std::move(address)) {}

  Answer get(std::string_view target, const HeaderList& headers = {});
  Answer post(std::string_view target, std::string_view json, const HeaderList& headers = {});
  // Content-Length is added unless `body` is empty and the method is GET, HEAD or DELETE.
  Answer request(std::string_view method, std::string_view target, std::string_view body,
                 const HeaderList& headers = {});
  // For what is not a well-formed request.
  void send_raw(std::string_view bytes) { socket_.send(bytes); }
  Answer read_answer(bool is_head = false);
  // The server has closed the connection and sent nothing before.
  bool is_closed() { return socket_.read_to_end().empty(); }
  TestSocket& socket() { return socket_; }

 private:
  TestSocket socket_;
};

struct TestFrame {
  Opcode opcode = Opcode::text;
  std::string payload;
  // Of a close frame; 1005 when it has none.
  std::uint16_t close_code() const;
};

class TestWebSocket {
 public:
  // Throws when the answer is not 101; `answer()` of a refused upgrade: see try_upgrade.
  TestWebSocket(std::uint16_t port, std::string_view target, const HeaderList& headers = {});

  void send_text(std::string_view text) { send_frame(Opcode::text, text); }
  void send_frame(Opcode opcode, std::string_view payload, bool is_final = true);
  void send_raw(std::string_view bytes) { socket_.send(bytes); }
  // The next frame of any kind.
  TestFrame next_frame();
  // The next text message; pings are answered on the way, a close throws.
  std::string next_text();
  // Reads until the close frame and returns its code; answers it.
  std::uint16_t wait_closed();
  TestSocket& socket() { return socket_; }

 private:
  TestSocket socket_;
};

// The server's answer to an upgrade request, whatever it is.
Answer try_upgrade(std::uint16_t port, std::string_view target, const HeaderList& headers = {});

}  // namespace geili::net::testing
