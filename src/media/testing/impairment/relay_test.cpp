// The relay between real sockets.
#include "media/testing/impairment/relay.hpp"

#include <optional>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <poll.h>

#include "media/testing/impairment/tcp_route.hpp"
#include "media/testing/impairment/udp_route.hpp"

namespace geili::media::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;

constexpr int kPatienceMs = 20'000;
const asio::ip::address kLoopback = asio::ip::make_address("127.0.0.1");

TransportAddress loopback(std::uint16_t port, Transport transport) {
  return {*IpAddress::parse("127.0.0.1"), port, transport};
}

template <class Socket>
void await_input(Socket& socket) {
  pollfd waiting{socket.native_handle(), POLLIN, 0};
  if (::poll(&waiting, 1, kPatienceMs) <= 0) throw std::runtime_error("nothing came");
}

template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < kPatienceMs; ++i) {
    if (condition()) return true;
    ::poll(nullptr, 0, 1);
  }
  return false;
}

struct Datagram {
  std::string text;
  udp::endpoint from;
};

Datagram receive(udp::socket& socket) {
  await_input(socket);
  Datagram datagram{std::string(2'000, '\0'), {}};
  datagram.text.resize(socket.receive_from(asio::buffer(datagram.text), datagram.from));
  return datagram;
}

class UdpRelay : public ::testing::Test {
 protected:
  udp::socket client() { return {io_, udp::endpoint(kLoopback, 0)}; }
  void send(udp::socket& from, const std::string& text) {
    from.send_to(asio::buffer(text), {kLoopback, relay_.addresses()[0].port});
  }

  asio::io_context io_;
  udp::socket target_{io_, udp::endpoint(kLoopback, 0)};
  Relay relay_{{.routes = {{loopback(0, Transport::udp),
                            loopback(target_.local_endpoint().port(), Transport::udp)}}}};
};

TEST_F(UdpRelay, AnswersGoToWhoAsked) {
  auto one = client();
  auto other = client();
  send(one, "one");
  const Datagram from_one = receive(target_);
  send(other, "other");
  const Datagram from_other = receive(target_);
  EXPECT_EQ(from_one.text, "one");
  EXPECT_EQ(from_other.text, "other");
  target_.send_to(asio::buffer("to other", 8), from_other.from);
  target_.send_to(asio::buffer("to one", 6), from_one.from);
  EXPECT_EQ(receive(one).text, "to one");
  EXPECT_EQ(receive(other).text, "to other");
  EXPECT_EQ(relay_.figures().udp_flows, 2U);
}

TEST_F(UdpRelay, ACutLosesAndItsEndDoesNot) {
  auto one = client();
  relay_.cut(Cut::udp);
  send(one, "lost");
  ASSERT_TRUE(comes_true([this] { return relay_.figures().up.cut_dropped == 1; }));
  relay_.cut(Cut::none);
  send(one, "there");
  EXPECT_EQ(receive(target_).text, "there");
}

TEST_F(UdpRelay, TheSameSeedLosesTheSame) {
  std::vector<std::string> seen[2];
  for (auto& texts : seen) {
    Relay relay({.routes = {{loopback(0, Transport::udp),
                             loopback(target_.local_endpoint().port(), Transport::udp)}},
                 .settings = {.up = {.loss_permille = 300}},
                 .seed = 11});
    auto one = client();
    for (int i = 0; i < 100; ++i) {
      one.send_to(asio::buffer(std::to_string(i)), {kLoopback, relay.addresses()[0].port});
    }
    ASSERT_TRUE(comes_true([&] { return relay.figures().up.packets == 100; }));
    relay.set({});
    one.send_to(asio::buffer("end", 3), {kLoopback, relay.addresses()[0].port});
    while (texts.empty() || texts.back() != "end") texts.push_back(receive(target_).text);
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_LT(seen[0].size(), 90U);
}

TEST_F(UdpRelay, ClientsBeyondTheLimitReplaceTheOldest) {
  std::vector<udp::socket> clients;
  for (std::size_t i = 0; i <= UdpRoute::kFlowsMax; ++i) {
    clients.push_back(client());
    send(clients.back(), "hello");
    receive(target_);
  }
  EXPECT_EQ(relay_.figures().udp_flows, UdpRoute::kFlowsMax);
}

TEST(UdpRouteTest, TakesNothingAfterItsEnd) {
  asio::io_context io;
  Link link(io, 1, {});
  udp::socket target(io, udp::endpoint(kLoopback, 0));
  udp::socket client(io, udp::endpoint(kLoopback, 0));
  std::optional<UdpRoute> route(std::in_place, io, link, udp::endpoint(kLoopback, 0),
                                target.local_endpoint());
  for (int i = 0; i < 2; ++i) client.send_to(asio::buffer("x", 1), route->address());
  // The first is taken, and with it the second is received, to be told next.
  while (link.figures(Direction::up).packets == 0) io.run_one();
  route.reset();
  io.poll();
  EXPECT_EQ(link.figures(Direction::up).packets, 1U);
}

class TcpRelay : public ::testing::Test {
 protected:
  struct Pair {
    tcp::socket client;
    tcp::socket server;
  };
  Pair connect() {
    tcp::socket client(io_);
    client.connect({kLoopback, relay_.addresses()[0].port});
    await_input(acceptor_);
    return {std::move(client), acceptor_.accept()};
  }

  asio::io_context io_;
  tcp::acceptor acceptor_{io_, tcp::endpoint(kLoopback, 0)};
  Relay relay_{{.routes = {{loopback(0, Transport::tcp),
                            loopback(acceptor_.local_endpoint().port(), Transport::tcp)}}}};
};

TEST_F(TcpRelay, EveryByteArrivesInItsOrderBothWays) {
  const LineSettings bad{.loss_permille = 100, .delay_ms = 5, .jitter_ms = 5, .rate_kbps = 20'000};
  relay_.set({.up = bad, .down = bad});
  Pair pair = connect();
  std::string sent(600'000, '\0');
  std::mt19937 random(1);
  for (char& each : sent) each = static_cast<char>(random());
  std::thread echo([&pair, size = sent.size()] {
    std::string text(size, '\0');
    asio::read(pair.server, asio::buffer(text));
    asio::write(pair.server, asio::buffer(text));
    pair.server.shutdown(tcp::socket::shutdown_send);
  });
  asio::write(pair.client, asio::buffer(sent));
  std::string came;
  boost::system::error_code end;
  asio::read(pair.client, asio::dynamic_buffer(came), end);
  echo.join();
  EXPECT_EQ(end, asio::error::eof);
  EXPECT_TRUE(came == sent);
  EXPECT_GT(relay_.figures().down.stream_losses, 0U);
}

TEST_F(TcpRelay, AHalfClosedConnectionStillCarriesTheAnswer) {
  Pair pair = connect();
  pair.client.shutdown(tcp::socket::shutdown_send);
  await_input(pair.server);
  char byte = 0;
  boost::system::error_code end;
  pair.server.read_some(asio::buffer(&byte, 1), end);
  EXPECT_EQ(end, asio::error::eof);
  asio::write(pair.server, asio::buffer("x", 1));
  await_input(pair.client);
  EXPECT_EQ(pair.client.read_some(asio::buffer(&byte, 1)), 1U);
  pair.server.close();
  EXPECT_TRUE(comes_true([this] { return relay_.figures().tcp_connections == 0; }));
}

TEST_F(TcpRelay, ACutStallsAndItsEndGoesOn) {
  Pair pair = connect();
  asio::write(pair.client, asio::buffer("1", 1));
  std::string text(1, '\0');
  asio::read(pair.server, asio::buffer(text));
  relay_.cut(Cut::tcp);
  asio::write(pair.client, asio::buffer("2", 1));
  // It is read at most, and does not come out before this does.
  ASSERT_TRUE(comes_true([this] { return relay_.figures().up.forwarded == 2; }));
  EXPECT_EQ(pair.server.available(), 0U);
  relay_.cut(Cut::none);
  await_input(pair.server);
  asio::read(pair.server, asio::buffer(text));
  EXPECT_EQ(text, "2");
}

TEST_F(TcpRelay, AResetReachesBothSides) {
  Pair pair = connect();
  relay_.reset_connections();
  for (tcp::socket* side : {&pair.client, &pair.server}) {
    await_input(*side);
    char byte = 0;
    boost::system::error_code failed;
    side->read_some(asio::buffer(&byte, 1), failed);
    EXPECT_EQ(failed, asio::error::connection_reset);
  }
}

TEST_F(TcpRelay, ATargetThatIsNotThereResetsTheClient) {
  const auto nobody = acceptor_.local_endpoint().port();
  acceptor_.close();
  Relay relay({.routes = {{loopback(0, Transport::tcp), loopback(nobody, Transport::tcp)}}});
  tcp::socket client(io_);
  client.connect({kLoopback, relay.addresses()[0].port});
  await_input(client);
  char byte = 0;
  boost::system::error_code failed;
  client.read_some(asio::buffer(&byte, 1), failed);
  EXPECT_EQ(failed, asio::error::connection_reset);
}

}  // namespace
}  // namespace geili::media::testing
