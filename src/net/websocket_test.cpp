#include "net/websocket.hpp"

#include <future>
#include <stdexcept>
#include <thread>

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "net/server.hpp"
#include "net/testing/test_client.hpp"
#include "net/websocket_frame.hpp"

namespace geili::net {
namespace {

using testing::TestWebSocket;
using UpgradeAnswer = std::variant<std::unique_ptr<WebSocketPeer>, Response>;

// What happened to a peer, and its socket for the test to use on its executor.
struct Seen {
  std::promise<std::shared_ptr<WebSocket>> opened;
  std::promise<void> closed;
  int texts = 0;
};

// Echoes; "throw" throws, "close" closes.
class Peer final : public WebSocketPeer {
 public:
  explicit Peer(Seen* seen) : seen_(seen) {}
  void opened(std::shared_ptr<WebSocket> socket) override {
    socket_ = socket;
    seen_->opened.set_value(std::move(socket));
  }
  void text(std::string_view message) override {
    ++seen_->texts;
    if (message == "throw") throw std::runtime_error("a peer's mistake");
    if (message == "close") socket_->close(CloseCode::ended, "the show is over");
    socket_->send(text_frame(message));
  }
  void closed() override { seen_->closed.set_value(); }

 private:
  Seen* seen_;
  std::shared_ptr<WebSocket> socket_;
};

class WebSocketServer : public ::testing::Test {
 protected:
  void start(ServerLimits limits = {}) {
    Router router;
    router.add(
        {.method = Method::get, .pattern = "/ws", .handler = UpgradeHandler([this](Request r) {
                                                    return upgrade(&seen_, std::move(r));
                                                  })});
    ServerSettings settings;
    settings.limits = limits;
    server_ = Server::create(settings, std::move(router), {});
    server_->start();
  }
  static boost::asio::awaitable<UpgradeAnswer> upgrade(Seen* seen, Request request) {
    if (request.query == "refuse") {
      UpgradeAnswer refused = Response{.status = 403, .headers = {}, .body = "no"};
      co_return refused;
    }
    UpgradeAnswer accepted = std::make_unique<Peer>(seen);
    co_return accepted;
  }
  std::uint16_t port() const { return server_->port(); }
  // Runs on the socket's thread and waits for it.
  template <class Work>
  auto on_thread(const std::shared_ptr<WebSocket>& socket, Work work) {
    std::packaged_task<decltype(work())()> task(std::move(work));
    auto answer = task.get_future();
    boost::asio::post(socket->executor(), [&task] { task(); });
    return answer.get();
  }

  Seen seen_;
  std::unique_ptr<Server> server_;
};

TEST_F(WebSocketServer, EchoesTextAndAnswersPings) {
  start();
  TestWebSocket socket(port(), "/ws");
  socket.send_text("\xE7\x8F\x8D\xE7\x8F\xA0");
  EXPECT_EQ(socket.next_text(), "\xE7\x8F\x8D\xE7\x8F\xA0");
  socket.send_frame(Opcode::text, "one ", false);
  socket.send_frame(Opcode::ping, "are you there?");
  socket.send_frame(Opcode::continuation, "two");
  const auto pong = socket.next_frame();
  EXPECT_EQ(pong.opcode, Opcode::pong);
  EXPECT_EQ(pong.payload, "are you there?");
  EXPECT_EQ(socket.next_text(), "one two");
  EXPECT_EQ(server_->websocket_count(), 1U);
  socket.send_frame(Opcode::close, close_payload(CloseCode::normal, ""));
  EXPECT_EQ(socket.wait_closed(), 1000);
  seen_.closed.get_future().wait();
  EXPECT_EQ(socket.socket().read_to_end(), "");
}

TEST_F(WebSocketServer, RefusesOtherUpgrades) {
  start();
  using testing::HeaderList;
  struct Case {
    const char* what;
    HeaderList headers;
    unsigned status;
  };
  const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
  const std::pair<std::string, std::string> connection{"Connection", "keep-alive, Upgrade"};
  const std::pair<std::string, std::string> upgrade{"Upgrade", "websocket"};
  const std::pair<std::string, std::string> version{"Sec-WebSocket-Version", "13"};
  const Case cases[] = {
      {"plain GET", {}, 426},
      {"no Upgrade", {connection, version, {"Sec-WebSocket-Key", key}}, 426},
      {"no Connection", {upgrade, version, {"Sec-WebSocket-Key", key}}, 426},
      {"h2c", {connection, {"Upgrade", "h2c"}, version, {"Sec-WebSocket-Key", key}}, 426},
      {"version 8",
       {connection, upgrade, {"Sec-WebSocket-Version", "8"}, {"Sec-WebSocket-Key", key}},
       426},
      {"no version", {connection, upgrade, {"Sec-WebSocket-Key", key}}, 426},
      {"no key", {connection, upgrade, version}, 400},
      {"short key", {connection, upgrade, version, {"Sec-WebSocket-Key", "c2hvcnQ="}}, 400},
      {"no base64",
       {connection, upgrade, version, {"Sec-WebSocket-Key", "!GhlIHNhbXBsZSBub25jZQ=="}},
       400},
      {"two keys",
       {connection, upgrade, version, {"Sec-WebSocket-Key", key}, {"Sec-WebSocket-Key", key}},
       400},
  };
  for (const Case& c : cases) {
    testing::TestClient client(port());
    const auto answer = client.get("/ws", c.headers);
    EXPECT_EQ(answer.status, c.status) << c.what;
    if (c.status == 426) {
      EXPECT_EQ(answer.header("Sec-WebSocket-Version"), "13") << c.what;
    }
  }
  EXPECT_EQ(testing::try_upgrade(port(), "/ws?refuse").status, 403U);
}

TEST_F(WebSocketServer, ClosesWithACodeThatSaysWhy) {
  ServerLimits limits;
  limits.websocket_message_bytes_max = 100;
  struct Case {
    const char* what;
    std::string bytes;
    std::uint16_t code;
  };
  const Case cases[] = {
      {"unmasked", build_frame(Opcode::text, "hi"), 1002},
      {"too long", build_masked_frame(Opcode::text, std::string(101, 'a'), 7), 1009},
      {"not UTF-8", build_masked_frame(Opcode::text, "\xFF", 7), 1007},
      {"binary", build_masked_frame(Opcode::binary, "x", 7), 1003},
      {"lone continuation", build_masked_frame(Opcode::continuation, "x", 7), 1002},
      {"close with one byte", build_masked_frame(Opcode::close, "x", 7), 1002},
      {"a peer that throws", build_masked_frame(Opcode::text, "throw", 7), 1011},
      {"a peer that closes", build_masked_frame(Opcode::text, "close", 7), 4001},
      {"close without code", build_masked_frame(Opcode::close, "", 7), 1000},
  };
  for (const Case& c : cases) {
    seen_ = Seen();
    start(limits);
    TestWebSocket socket(port(), "/ws");
    socket.send_raw(c.bytes);
    EXPECT_EQ(socket.wait_closed(), c.code) << c.what;
    seen_.closed.get_future().wait();
  }
}

TEST_F(WebSocketServer, EndsAFlood) {
  ServerLimits limits;
  limits.websocket_messages_per_s = 1;
  limits.websocket_messages_burst = 5;
  start(limits);
  TestWebSocket socket(port(), "/ws");
  for (int i = 0; i < 50; ++i) socket.send_text("spam");
  EXPECT_EQ(socket.wait_closed(), 1008);
  seen_.closed.get_future().wait();
  EXPECT_LE(seen_.texts, 7);
}

TEST_F(WebSocketServer, PingsTheSilentAndCutsTheDead) {
  ServerLimits limits;
  limits.websocket_ping_ms = 100;
  start(limits);
  TestWebSocket socket(port(), "/ws");
  for (int i = 0; i < 3; ++i) {
    const auto ping = socket.next_frame();
    ASSERT_EQ(ping.opcode, Opcode::ping);
    socket.send_frame(Opcode::pong, ping.payload);
  }
  EXPECT_EQ(socket.next_frame().opcode, Opcode::ping);
  EXPECT_EQ(socket.socket().read_to_end(), "");
  seen_.closed.get_future().wait();
}

TEST_F(WebSocketServer, EndsAMessageThatDoesNotEnd) {
  ServerLimits limits;
  limits.websocket_message_timeout_ms = 100;
  start(limits);
  const std::string whole = build_masked_frame(Opcode::text, "hello", 7);
  TestWebSocket socket(port(), "/ws");
  socket.send_raw(whole.substr(0, 3));
  EXPECT_EQ(socket.wait_closed(), 1008);
  seen_.closed.get_future().wait();

  seen_ = {};
  TestWebSocket fragments(port(), "/ws");
  fragments.send_frame(Opcode::text, "one ", false);
  fragments.send_frame(Opcode::ping, "still here");
  EXPECT_EQ(fragments.next_frame().opcode, Opcode::pong);
  EXPECT_EQ(fragments.wait_closed(), 1008);
  EXPECT_EQ(seen_.texts, 0);
}

TEST_F(WebSocketServer, TakesMessagesInPiecesWithinTheirTime) {
  ServerLimits limits;
  limits.websocket_ping_ms = 2'500;
  limits.websocket_message_timeout_ms = 2'000;
  start(limits);
  const std::string whole = build_masked_frame(Opcode::text, "hello", 7);
  TestWebSocket socket(port(), "/ws");
  socket.send_raw(whole.substr(0, 3));
  socket.send_raw(whole.substr(3));
  EXPECT_EQ(socket.next_text(), "hello");
  // The time of a message that has ended runs out for nobody.
  EXPECT_EQ(socket.next_frame().opcode, Opcode::ping);
  socket.send_raw(whole.substr(0, 1));
  socket.send_raw(whole.substr(1) + whole);
  EXPECT_EQ(socket.next_text(), "hello");
  EXPECT_EQ(socket.next_text(), "hello");
}

TEST_F(WebSocketServer, NoticesAnAbruptEnd) {
  start();
  {
    TestWebSocket gone(port(), "/ws");
  }
  seen_.closed.get_future().wait();
  while (server_->connection_count() != 0) std::this_thread::yield();
  EXPECT_EQ(server_->websocket_count(), 0U);
}

TEST_F(WebSocketServer, RefusesFramesBeyondTheQueueAndSendsTheRestInOrder) {
  ServerLimits limits;
  limits.websocket_send_queue_bytes_max = 100'000;
  start(limits);
  TestWebSocket client(port(), "/ws");
  const auto socket = seen_.opened.get_future().get();
  // Fills the kernel's buffers and then the queue: the client does not read yet.
  int taken = 0;
  const auto fill = [&] {
    int count = 0;
    while (socket->send(text_frame(std::to_string(taken + count) + std::string(9'000, '.'))))
      ++count;
    EXPECT_GT(socket->queued_bytes(), 90'000U);
    return count;
  };
  for (int count = on_thread(socket, fill); count > 0; count = on_thread(socket, fill))
    taken += count;
  for (int i = 0; i < taken; ++i) {
    const std::string text = client.next_text();
    ASSERT_EQ(text, std::to_string(i) + std::string(9'000, '.'));
  }
  client.send_text("again");
  EXPECT_EQ(client.next_text(), "again");
  EXPECT_EQ(on_thread(socket, [&] { return socket->queued_bytes(); }), 0U);
}

TEST_F(WebSocketServer, SendsWhatWasTakenBeforeItCloses) {
  start();
  TestWebSocket client(port(), "/ws");
  const auto socket = seen_.opened.get_future().get();
  on_thread(socket, [&] {
    for (int i = 0; i < 100; ++i) socket->send(text_frame(std::to_string(i)));
    socket->close(CloseCode::too_slow, "behind");
    EXPECT_FALSE(socket->send(text_frame("too late")));
  });
  for (int i = 0; i < 100; ++i) ASSERT_EQ(client.next_text(), std::to_string(i));
  EXPECT_EQ(client.wait_closed(), 4000);
}

TEST_F(WebSocketServer, TellsThatTheServerGoesAway) {
  start();
  TestWebSocket client(port(), "/ws");
  seen_.opened.get_future().wait();
  auto stopped = std::async(std::launch::async, [this] { server_->stop(30); });
  EXPECT_EQ(client.wait_closed(), 1001);
  stopped.get();
  seen_.closed.get_future().wait();
}

TEST_F(WebSocketServer, TakesWhatCameRightBehindTheHandshake) {
  start();
  testing::TestSocket raw(port());
  raw.send(
      "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
      build_masked_frame(Opcode::text, "early", 9));
  while (!raw.read_line().empty()) {
  }
  EXPECT_EQ(raw.read_exactly(7), std::string("\x81\x05") + "early");
}

}  // namespace
}  // namespace geili::net
