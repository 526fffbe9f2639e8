#include "net/server.hpp"

#include <gtest/gtest.h>

#include "net/testing/test_client.hpp"

namespace geili::net {
namespace {

using testing::TestClient;
using testing::TestWebSocket;

boost::asio::awaitable<Response> echo(Request request) {
  Response response;
  response.headers.set("Content-Type", "application/json");
  response.body = std::move(request.body);
  co_return response;
}

class EchoPeer final : public WebSocketPeer {
 public:
  void opened(std::shared_ptr<WebSocket> socket) override { socket_ = std::move(socket); }
  void text(std::string_view message) override { socket_->send(text_frame(message)); }
  void closed() override {}

 private:
  std::shared_ptr<WebSocket> socket_;
};

using UpgradeAnswer = std::variant<std::unique_ptr<WebSocketPeer>, Response>;

boost::asio::awaitable<UpgradeAnswer> upgrade(Request) {
  UpgradeAnswer answer = std::make_unique<EchoPeer>();
  co_return answer;
}

TEST(Server, AnswersGetPostAndWebSocket) {
  Router router;
  router.add({.method = Method::get, .pattern = "/hello/{name}", .handler = [](Request request) {
                Response response;
                response.body = "hello " + std::string(request.path_parameter("name"));
                return response;
              }});
  router.add({.method = Method::post, .pattern = "/echo", .handler = Handler(echo)});
  router.add({.method = Method::get, .pattern = "/ws", .handler = UpgradeHandler(upgrade)});
  auto server = Server::create({}, std::move(router), {});
  server->start();
  TestClient client(server->port());
  EXPECT_EQ(client.get("/hello/ana").body, "hello ana");
  EXPECT_EQ(client.post("/echo", R"({"a":1})").body, R"({"a":1})");
  EXPECT_EQ(client.get("/nothing").status, 404U);
  EXPECT_EQ(client.get("/echo").status, 405U);
  TestWebSocket socket(server->port(), "/ws");
  socket.send_text("hi");
  EXPECT_EQ(socket.next_text(), "hi");
  server->stop(1);
}

}  // namespace
}  // namespace geili::net
