#include <atomic>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "net/server.hpp"
#include "net/testing/test_client.hpp"

namespace geili::net {
namespace {

using testing::Answer;
using testing::TestClient;
using testing::TestSocket;

Response text(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

boost::asio::awaitable<Response> echo(Request request) {
  co_return text(std::move(request.body));
}

boost::asio::awaitable<Response> throw_something(Request) {
  throw std::runtime_error("the disk is gone");
  co_return Response{};
}

// Answers when the test opens the gate, so that a request can be held in the middle.
struct Gate {
  std::promise<void> reached;
  std::function<void()> open;
};

boost::asio::awaitable<Response> wait_at(Gate* gate, Request) {
  auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, std::chrono::hours(1));
  gate->open = [&timer, executor] { boost::asio::post(executor, [&timer] { timer.cancel(); }); };
  gate->reached.set_value();
  boost::system::error_code ignored;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  co_return text("late");
}

class HttpServer : public ::testing::Test {
 protected:
  void start(ServerSettings settings = {}) {
    Router router;
    router.add({.method = Method::get, .pattern = "/hello", .handler = [](Request request) {
                  return text(request.path + "?" + request.query);
                }});
    router.add({.method = Method::get, .pattern = "/who", .handler = [](Request request) {
                  return text(request.remote_address + (request.is_https ? " https" : " http"));
                }});
    router.add({.method = Method::get, .pattern = "/files/{rest...}", .handler = [](Request r) {
                  return text(std::string(r.path_parameter("rest")));
                }});
    router.add({.method = Method::get, .pattern = "/big", .handler = [this](Request) {
                  Response response;
                  response.body = big_;
                  return response;
                }});
    router.add({.method = Method::get, .pattern = "/split", .handler = [](Request) {
                  Response response = text("");
                  response.headers.add("X-Note", "a\r\nX-Injected: yes");
                  response.headers.add("Content-Length", "7");
                  return response;
                }});
    router.add({.method = Method::post,
                .pattern = "/echo",
                .handler = Handler(echo),
                .body_bytes_max = 1000});
    router.add({.method = Method::post,
                .pattern = "/large",
                .handler = Handler(echo),
                .body_bytes_max = 4 << 20});
    router.add({.method = Method::get, .pattern = "/throw", .handler = Handler(throw_something)});
    router.add({.method = Method::get, .pattern = "/wait", .handler = Handler([this](Request r) {
                                                             return wait_at(&gate_, std::move(r));
                                                           })});
    ServerHooks hooks;
    hooks.failed = [this](std::string_view what, std::string_view incident) {
      failure_ = std::string(what);
      incident_ = std::string(incident);
    };
    hooks.exchanged = [this](const Exchange& exchange) {
      exchanges_.fetch_add(1);
      bytes_ += exchange.response_bytes;
    };
    server_ = Server::create(std::move(settings), std::move(router), std::move(hooks));
    server_->start();
  }
  std::uint16_t port() const { return server_->port(); }

  Gate gate_;
  std::string failure_;
  std::string incident_;
  std::atomic<int> exchanges_ = 0;
  std::atomic<std::uint64_t> bytes_ = 0;
  SharedBody big_ = std::make_shared<const std::string>(std::string(8 << 20, 'x'));
  std::unique_ptr<Server> server_;
};

struct BadRequest {
  const char* what;
  std::string bytes;
  unsigned status;
};

void expect_refused(std::uint16_t port, const std::vector<BadRequest>& requests) {
  for (const BadRequest& bad : requests) {
    TestClient client(port);
    client.send_raw(bad.bytes);
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, bad.status) << bad.what;
    EXPECT_EQ(answer.header("Connection"), "close") << bad.what;
    EXPECT_TRUE(client.is_closed()) << bad.what;
  }
}

std::string get_of(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

// A POST with these header lines, then `body` as it is.
std::string post_of(const std::string& lines, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n" + body;
}

TEST_F(HttpServer, RefusesWhatIsNotHttp) {
  start();
  using std::string_literals::operator""s;
  expect_refused(port(),
                 {
                     {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400},
                     {"two hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
                     {"garbage", "\x16\x03\x01\x02\r\n\r\n", 400},
                     {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
                     {"HTTP/0.9", "GET /hello\r\n\r\n", 400},
                     {"unknown method", "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n", 501},
                     {"bare LF", "GET /hello HTTP/1.1\nHost: x\n\n", 400},
                     {"space before colon", "GET /hello HTTP/1.1\r\nHost : x\r\n\r\n", 400},
                     {"NUL in a value", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s, 400},
                     {"header too long", post_of("A: " + std::string(17'000, 'a'), ""), 431},
                 });
}

TEST_F(HttpServer, RefusesBodiesWhoseEndIsUnclearOrTooFar) {
  start();
  const std::string chunked = "Transfer-Encoding: chunked";
  const std::string end = "0\r\n\r\n";
  expect_refused(
      port(),
      {
          {"both lengths", post_of("Content-Length: 5\r\n" + chunked, end), 400},
          {"both lengths, turned", post_of(chunked + "\r\nContent-Length: 5", end), 400},
          {"two lengths", post_of("Content-Length: 2\r\nContent-Length: 2", "ab"), 400},
          {"length list", post_of("Content-Length: 2, 2", "ab"), 400},
          {"negative length", post_of("Content-Length: -1", ""), 400},
          {"signed length", post_of("Content-Length: +2", "ab"), 400},
          {"hex length", post_of("Content-Length: 0x2", "ab"), 400},
          {"length overflow", post_of("Content-Length: 99999999999999999999", ""), 400},
          {"other coding", post_of("Transfer-Encoding: gzip, chunked", end), 501},
          {"chunked twice", post_of(chunked + "\r\n" + chunked, end), 400},
          {"hidden coding",
           post_of("Transfer-Encoding: \x0b"
                   "chunked",
                   end),
           400},
          {"coding in HTTP/1.0", "POST /echo HTTP/1.0\r\n" + chunked + "\r\n\r\n" + end, 400},
          {"bad chunk size", post_of(chunked, "zz\r\n\r\n"), 400},
          {"chunk too short", post_of(chunked, "2\r\nabc\r\n" + end), 400},
          {"chunks too long", post_of(chunked, "3e9\r\n" + std::string(1001, 'a') + "\r\n" + end),
           413},
          {"length too long", post_of("Content-Length: 1001", ""), 413},
          {"other expectation", post_of("Expect: magic\r\nContent-Length: 1", "a"), 417},
      });
}

TEST_F(HttpServer, RefusesPathsThatAreNotClean) {
  start();
  expect_refused(port(), {
                             {"too long", get_of("/" + std::string(17'000, 'a')), 431},
                             {"dot segments", get_of("/files/../etc/passwd"), 400},
                             {"encoded dots", get_of("/files/%2e%2E/etc"), 400},
                             {"encoded slash", get_of("/files/..%2fetc"), 400},
                             {"encoded NUL", get_of("/files/a%00b"), 400},
                             {"encoded line end", get_of("/files/a%0d%0ab"), 400},
                             {"broken escape", get_of("/files/%zz"), 400},
                             {"cut escape", get_of("/files/%4"), 400},
                             {"broken UTF-8", get_of("/files/%C0%80"), 400},
                             {"fragment", get_of("/hello#a"), 400},
                             {"no slash", get_of("hello"), 400},
                             {"asterisk", get_of("*"), 400},
                         });
}

TEST_F(HttpServer, CountsHeaderFields) {
  start();
  std::string bytes = "GET /hello HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 101; ++i) bytes += "A: b\r\n";
  TestClient client(port());
  client.send_raw(bytes + "\r\n");
  EXPECT_EQ(client.read_answer().status, 431U);
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
  start();
  TestClient client(port());
  client.send_raw(
      "GET /hello?1 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\ntwo"
      "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
      "\r\nHEAD /hello?3 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2;a=b\r\nfo\r\n2\r\nur\r\n0\r\nTrailer: x\r\n\r\n"
      "GET /hello?5 HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "/hello?1");
  EXPECT_EQ(client.read_answer().body, "two");
  EXPECT_EQ(client.read_answer().status, 404U);
  EXPECT_EQ(client.read_answer(true).header("Content-Length"), "8");
  EXPECT_EQ(client.read_answer().body, "four");
  const Answer last = client.read_answer();
  EXPECT_EQ(last.body, "/hello?5");
  EXPECT_EQ(last.header("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServer, ReadsARequestThatComesByteByByte) {
  start();
  TestClient client(port());
  for (const char byte : std::string_view("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                                          "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
    client.send_raw({&byte, 1});
  }
  EXPECT_EQ(client.read_answer().body, "abc");
}

TEST_F(HttpServer, DecodesThePathAndKeepsTheQuery) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/files/%E7%8F%8D%20a/b?x=%20").body, "\xE7\x8F\x8D a/b");
  EXPECT_EQ(client.get("/hello?x=%20&y").body, "/hello?x=%20&y");
  EXPECT_EQ(client.get("http://example.org/hello?z").body, "/hello?z");
}

TEST_F(HttpServer, SaysWhichMethodsAPathTakes) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.request("DELETE", "/hello", "").header("Allow"), "GET, HEAD");
  const Answer answer = client.get("/echo");
  EXPECT_EQ(answer.status, 405U);
  EXPECT_EQ(answer.header("Allow"), "POST");
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

TEST_F(HttpServer, AsksForAnExpectedBody) {
  start();
  TestSocket socket(port());
  socket.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(socket.read_line(), "HTTP/1.1 100 Continue");
  EXPECT_EQ(socket.read_line(), "");
  socket.send("ok");
  EXPECT_EQ(socket.read_line(), "HTTP/1.1 200 OK");
}

TEST_F(HttpServer, RefusesAnExpectedBodyBeforeItIsSent) {
  start();
  TestClient client(port());
  client.send_raw(
      "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413U);
}

TEST_F(HttpServer, AnswersAClientThatIsStillSendingTooMuch) {
  start();
  TestClient client(port());
  client.send_raw("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n");
  client.socket().try_send(std::string(500'000, 'a'));
  EXPECT_EQ(client.read_answer().status, 413U);
}

TEST_F(HttpServer, SendsAndTakesMoreThanTheKernelBuffers) {
  start();
  TestClient client(port());
  EXPECT_EQ(client.get("/big").body, *big_);
  const std::string large(3 << 20, 'y');
  EXPECT_EQ(client.post("/large", large).body, large);
  const Answer head = client.request("HEAD", "/big", "");
  EXPECT_EQ(head.header("Content-Length"), std::to_string(big_->size()));
  EXPECT_EQ(client.get("/hello").status, 200U);
}

TEST_F(HttpServer, KeepsAHandlersHeadersFromMakingNewOnes) {
  start();
  TestClient client(port());
  const Answer answer = client.get("/split");
  EXPECT_EQ(answer.header("X-Note"), "a  X-Injected: yes");
  EXPECT_EQ(answer.header("X-Injected"), "");
  EXPECT_EQ(answer.headers.count("Content-Length"), 1U);
}

TEST_F(HttpServer, HidesWhatAHandlerThrows) {
  start();
  TestClient client(port());
  const Answer answer = client.get("/throw");
  EXPECT_EQ(answer.status, 500U);
  EXPECT_EQ(answer.body.find("disk"), std::string::npos);
  EXPECT_EQ(client.get("/hello").status, 200U);
  EXPECT_EQ(failure_, "the disk is gone");
  EXPECT_FALSE(incident_.empty());
}

TEST_F(HttpServer, TellsEachExchange) {
  start();
  TestClient client(port());
  client.get("/hello");
  client.get("/nothing");
  server_->stop(1);
  EXPECT_EQ(exchanges_, 2);
  EXPECT_GT(bytes_, 200U);
}

TEST_F(HttpServer, BelievesOnlyATrustedProxy) {
  const testing::HeaderList forwarded = {{"X-Forwarded-For", "9.9.9.9, 203.0.113.7"},
                                         {"X-Forwarded-Proto", "https"}};
  start();
  EXPECT_EQ(TestClient(port()).get("/who", forwarded).body, "127.0.0.1 http");
  start({.trusted_proxies = {"127.0.0.1"}, .limits = {}});
  EXPECT_EQ(TestClient(port()).get("/who", forwarded).body, "203.0.113.7 https");
  EXPECT_EQ(TestClient(port()).get("/who").body, "127.0.0.1 http");
}

TEST_F(HttpServer, EndsSlowHeadersSlowBodiesAndIdleConnections) {
  ServerSettings settings;
  settings.limits.header_timeout_ms = 100;
  settings.limits.body_timeout_ms = 100;
  settings.limits.idle_timeout_ms = 100;
  start(settings);
  TestClient header(port());
  header.send_raw("GET /hello HTTP/1.1\r\nHo");
  EXPECT_EQ(header.read_answer().status, 408U);
  TestClient body(port());
  body.send_raw("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_EQ(body.read_answer().status, 408U);
  TestClient silent(port());
  EXPECT_TRUE(silent.is_closed());
  TestClient idle(port());
  EXPECT_EQ(idle.get("/hello").status, 200U);
  EXPECT_TRUE(idle.is_closed());
}

TEST_F(HttpServer, CutsAReaderThatTakesNothing) {
  ServerSettings settings;
  settings.limits.write_timeout_ms = 100;
  start(settings);
  TestClient client(port());
  client.send_raw("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server_->connection_count() != 1) std::this_thread::yield();
  while (server_->connection_count() != 0) std::this_thread::yield();
  EXPECT_EQ(exchanges_, 0);
}

TEST_F(HttpServer, BoundsConnectionsInAllAndByAddress) {
  ServerSettings settings;
  settings.limits.connections_per_address_max = 2;
  start(settings);
  auto first = std::make_unique<TestClient>(port());
  TestClient second(port());
  EXPECT_EQ(first->get("/hello").status, 200U);
  EXPECT_EQ(second.get("/hello").status, 200U);
  TestClient third(port());
  EXPECT_EQ(third.read_answer().status, 503U);
  EXPECT_EQ(server_->connection_count(), 2U);
  first.reset();
  while (server_->connection_count() != 1) std::this_thread::yield();
  EXPECT_EQ(TestClient(port()).get("/hello").status, 200U);
}

TEST_F(HttpServer, CountsAHouseholdTogetherAndATrustedProxyApart) {
  ServerSettings settings{.trusted_proxies = {"2001:db8::1"}, .limits = {}};
  settings.limits.connections_per_address_max = 2;
  start(settings);
  // Three behind the proxy, more than a household may have.
  TestClient first(*server_, "2001:db8::1");
  TestClient second(*server_, "2001:db8::1");
  TestClient third(*server_, "2001:db8::1");
  for (TestClient* client : {&first, &second, &third}) {
    EXPECT_EQ(client->get("/hello").status, 200U);
  }
  // Of one network: the proxy's, too.
  TestClient one(*server_, "2001:db8::2");
  TestClient other(*server_, "2001:db8::3");
  EXPECT_EQ(one.get("/hello").status, 200U);
  EXPECT_EQ(other.get("/hello").status, 200U);
  EXPECT_EQ(TestClient(*server_, "2001:db8::4").read_answer().status, 503U);
  EXPECT_EQ(TestClient(*server_, "2001:db8:0:1::1").get("/hello").status, 200U);
}

TEST_F(HttpServer, LetsAnExchangeEndBeforeItStops) {
  start();
  TestClient idle(port());
  idle.get("/hello");
  TestClient busy(port());
  busy.send_raw("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  gate_.reached.get_future().wait();
  auto stopped = std::async(std::launch::async, [this] { server_->stop(30); });
  EXPECT_TRUE(idle.is_closed());
  gate_.open();
  const Answer answer = busy.read_answer();
  EXPECT_EQ(answer.body, "late");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(busy.is_closed());
  stopped.get();
  EXPECT_EQ(server_->connection_count(), 0U);
}

TEST_F(HttpServer, CutsWhatDoesNotEndInTime) {
  start();
  TestClient busy(port());
  busy.send_raw("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
  gate_.reached.get_future().wait();
  server_->stop(0);
  EXPECT_TRUE(busy.is_closed());
}

TEST_F(HttpServer, ServesOnSeveralThreads) {
  start({.io_threads = 2, .trusted_proxies = {}, .limits = {}});
  std::vector<std::future<int>> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(std::async(std::launch::async, [this] {
      TestClient client(port());
      int good = 0;
      for (int n = 0; n < 100; ++n) good += client.post("/echo", "x").body == "x" ? 1 : 0;
      return good;
    }));
  }
  for (auto& client : clients) EXPECT_EQ(client.get(), 100);
  EXPECT_EQ(server_->executors().size(), 2U);
}

}  // namespace
}  // namespace geili::net
