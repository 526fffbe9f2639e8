#include "app/http_transport.hpp"

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "app/house.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::app {
namespace {

using boost::asio::ip::tcp;
using payments::Carried;
using payments::HttpAnswer;
using payments::HttpRequest;

// Answers each connection with the same bytes, or keeps it open without a word until it goes, or
// answers whatever else is asked over it (without a body), too.
class StubServer {
 public:
  enum class Then : std::uint8_t { close, keep, go_on };
  StubServer(std::string answer, Then then)
      : answer_(std::move(answer)), then_(then), thread_([this] { run(); }) {}
  ~StubServer() {
    is_stopping_ = true;
    boost::system::error_code ignored;
    tcp::socket wake(io_);
    wake.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;

  std::string url(const std::string& path = "/v1/x") const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + path;
  }
  // What was asked, with its headers; once one answer has come.
  std::string asked() const { return asked_; }
  int connections() const { return connections_; }
  int answers() const { return answers_; }

 private:
  void run() {
    while (true) {
      tcp::socket socket(io_);
      acceptor_.accept(socket);
      if (is_stopping_) return;
      ++connections_;
      boost::system::error_code error;
      do {
        boost::asio::streambuf buffer;
        boost::asio::read_until(socket, buffer, "\r\n\r\n", error);
        if (error && then_ == Then::go_on) break;
        asked_ = std::string(buffers_begin(buffer.data()), buffers_end(buffer.data()));
        ++answers_;
        boost::asio::write(socket, boost::asio::buffer(answer_), error);
      } while (then_ == Then::go_on && !error);
      if (then_ == Then::keep) kept_.push_back(std::move(socket));
    }
  }

  boost::asio::io_context io_;
  tcp::acceptor acceptor_{io_, tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)};
  std::string answer_;
  Then then_;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<int> connections_ = 0;
  std::atomic<int> answers_ = 0;
  std::string asked_;
  std::vector<tcp::socket> kept_;
  std::thread thread_;
};

std::string with_body(std::size_t bytes) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
         std::string(bytes, 'x');
}

std::future<HttpAnswer> sending(HttpTransport& transport, HttpRequest request) {
  auto promise = std::make_shared<std::promise<HttpAnswer>>();
  auto answer = promise->get_future();
  transport.send(std::move(request),
                 [promise](HttpAnswer told) { promise->set_value(std::move(told)); });
  return answer;
}

HttpAnswer carry(const std::string& url,
                 std::chrono::milliseconds answer_timeout = std::chrono::milliseconds(10'000)) {
  HttpTransport transport;
  return sending(transport, {.method = "GET", .url = url, .answer_timeout = answer_timeout}).get();
}

TEST(HttpTransport, CarriesARequestAndItsAnswer) {
  StubServer server(
      "HTTP/1.1 402 Payment Required\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}",
      StubServer::Then::close);
  HttpTransport transport;
  HttpRequest request{.method = "POST",
                      .url = server.url(),
                      .headers = {{"Idempotency-Key", "k1"}},
                      .authorization = Secret<std::string>("Bearer secret"),
                      .content_type = "application/x-www-form-urlencoded",
                      .body = "amount=1"};
  const HttpAnswer answer = sending(transport, std::move(request)).get();
  EXPECT_EQ(answer.carried, Carried::answered);
  EXPECT_EQ(answer.status, 402);
  EXPECT_EQ(answer.body, "{}");
  EXPECT_EQ(payments::only_header(answer.headers, "retry-after"), "7");
  const std::string asked = server.asked();
  EXPECT_TRUE(asked.starts_with("POST /v1/x HTTP/1.1\r\n")) << asked;
  EXPECT_TRUE(asked.contains("Idempotency-Key: k1\r\n")) << asked;
  EXPECT_TRUE(asked.contains("Authorization: Bearer secret\r\n")) << asked;
  EXPECT_TRUE(asked.contains("Content-Type: application/x-www-form-urlencoded\r\n")) << asked;
}

TEST(HttpTransport, WhatIsNotAnsweredInTimeMayHaveBeenDone) {
  StubServer server("", StubServer::Then::keep);
  HttpTransport transport;
  const auto answer = sending(transport, {.method = "GET",
                                          .url = server.url(),
                                          .connect_timeout = std::chrono::milliseconds(100),
                                          .answer_timeout = std::chrono::milliseconds(100)})
                          .get();
  EXPECT_EQ(answer.carried, Carried::timed_out);
}

TEST(HttpTransport, AClosedConnectionIsUnreachable) {
  StubServer server("", StubServer::Then::close);
  EXPECT_EQ(carry(server.url()).carried, Carried::unreachable);
}

TEST(HttpTransport, ABodyAsLongAsMayBeIsTakenAndOneByteMoreIsNot) {
  StubServer fits(with_body(payments::kHttpBodyMax), StubServer::Then::close);
  EXPECT_EQ(carry(fits.url()).body.size(), payments::kHttpBodyMax);
  StubServer longer(with_body(payments::kHttpBodyMax + 1), StubServer::Then::close);
  EXPECT_EQ(carry(longer.url()).carried, Carried::unreachable);
}

TEST(HttpTransport, HeadersWithoutEndAreUnreachable) {
  StubServer server("HTTP/1.1 200 OK\r\nA: " + std::string(kHeaderBytesMax, 'x') + "\r\n\r\n",
                    StubServer::Then::close);
  EXPECT_EQ(carry(server.url()).carried, Carried::unreachable);
}

TEST(HttpTransport, ARedirectIsAnAnswerAndNotFollowed) {
  StubServer target(with_body(1), StubServer::Then::close);
  StubServer server(
      "HTTP/1.1 302 Found\r\nLocation: " + target.url() + "\r\nContent-Length: 0\r\n\r\n",
      StubServer::Then::close);
  EXPECT_EQ(carry(server.url()).status, 302);
  EXPECT_EQ(target.connections(), 0);
}

TEST(HttpTransport, WhatSomebodyElseChoseIsNotLedToThisMachine) {
  StubServer server(with_body(1), StubServer::Then::close);
  HttpTransport transport;
  const auto told = [&](const std::string& url, Reach reach) {
    return sending(transport, {.method = "POST", .url = url, .reach = reach}).get().carried;
  };
  std::string by_name = server.url();
  by_name.replace(by_name.find("127.0.0.1"), 9, "localhost");
  for (const Reach reach : {Reach::public_internet, Reach::public_high_port}) {
    EXPECT_EQ(told(server.url(), reach), Carried::forbidden);
    EXPECT_EQ(told(by_name, reach), Carried::forbidden);
  }
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(told(server.url(), Reach::loopback_too), Carried::answered);
  EXPECT_EQ(told(server.url(), Reach::chosen), Carried::answered);
}

TEST(HttpTransport, AConnectionToWhatSomebodyElseChoseIsUsedAgainByCallsThatMay) {
  for (const bool may_reuse : {true, false}) {
    StubServer server(with_body(1), StubServer::Then::go_on);
    HttpTransport transport;
    const HttpRequest request{.method = "POST",
                              .url = server.url(),
                              .reach = Reach::loopback_too,
                              .may_reuse_connection = may_reuse};
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(sending(transport, request).get().carried, Carried::answered);
    }
    EXPECT_EQ(server.connections(), may_reuse ? 1 : 3);
  }
}

TEST(HttpTransport, AConnectionThatIsThereLeadsNobodyFurtherThanTheirReach) {
  StubServer server(with_body(1), StubServer::Then::go_on);
  HttpTransport transport;
  HttpRequest request{.method = "POST", .url = server.url()};
  EXPECT_EQ(sending(transport, request).get().carried, Carried::answered);
  request.reach = Reach::public_high_port;
  request.may_reuse_connection = true;
  EXPECT_EQ(sending(transport, request).get().carried, Carried::forbidden);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.answers(), 1);
}

TEST(HttpTransport, ALongAnswerMayBeCut) {
  StubServer server(with_body(5'000), StubServer::Then::close);
  HttpTransport transport;
  HttpRequest request{.method = "POST", .url = server.url(), .body_bytes_max = 4'096};
  EXPECT_EQ(sending(transport, request).get().carried, Carried::unreachable);
  request.may_cut_body = true;
  const HttpAnswer answer = sending(transport, request).get();
  EXPECT_EQ(answer.carried, Carried::answered);
  EXPECT_EQ(answer.status, 200);
}

TEST(HttpTransport, ACertificateNobodyVouchesForIsUnreachable) {
  const store::sqlite::TempFolder folder;
  ops::Config config;
  config.data.dir = folder.path().string();
  config.server.port = config.rtmp.port = config.srt.port = config.webrtc.port = 0;
  config.lan.enabled = true;
  config.lan.address = "127.0.0.1";
  config.lan.port = 0;
  House house(config);
  EXPECT_EQ(carry(house.url() + "/healthz").status, 200);
  EXPECT_EQ(carry(house.lan_url() + "/healthz").carried, Carried::unreachable);
}

TEST(HttpTransport, OneCallTooManyIsBusyAndStoppingEndsTheRest) {
  StubServer server("", StubServer::Then::keep);
  std::vector<std::future<HttpAnswer>> answers;
  {
    HttpTransport transport;
    for (std::size_t i = 0; i < kCallsMax; ++i) {
      answers.push_back(sending(transport, {.method = "GET", .url = server.url()}));
    }
    const auto refused = sending(transport, {.method = "GET", .url = server.url()}).get();
    EXPECT_EQ(refused.carried, Carried::busy);
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get().carried, Carried::unreachable);
}

}  // namespace
}  // namespace geili::app
