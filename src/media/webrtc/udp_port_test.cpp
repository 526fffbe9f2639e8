#include "media/webrtc/udp_port.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

namespace geili::media::webrtc {
namespace {

using Received = std::vector<std::string>;

UdpSettings at(const char* address, bool segmentation = true) {
  return {.address = *IpAddress::parse(address), .segmentation = segmentation};
}
UdpPath to(const UdpPort& port, const char* address) {
  return {{*IpAddress::parse(address), port.port(), Transport::udp}, {}};
}

// Waits until `count` datagrams came, or ten seconds.
Received take(UdpPort& port, std::size_t count, UdpPath* last = nullptr) {
  Received received;
  while (received.size() < count) {
    pollfd ready{.fd = port.fd(), .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, 10'000) <= 0) break;
    port.receive([&](std::span<std::byte> bytes, const UdpPath& path) {
      received.emplace_back(as_text(bytes));
      if (last != nullptr) *last = path;
    });
  }
  return received;
}

std::string packet(std::size_t bytes, char letter) {
  return std::string(bytes, letter);
}

// One frame's packets as a batch sends them.
void send_all(UdpPort& port, const UdpPath& path, const Received& packets) {
  UdpBatch batch(port);
  batch.begin(path);
  for (const std::string& one : packets) {
    std::ranges::copy(as_bytes(one), batch.slot(1'300).begin());
    batch.commit(one.size());
  }
  batch.flush();
}

class EachWay : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(UdpPort, EachWay, ::testing::Bool());

TEST_P(EachWay, CarriesEveryPacketAsItWas) {
  UdpPort sender(at("127.0.0.1", GetParam()));
  UdpPort receiver(at("127.0.0.1", GetParam()));
  const Received cases[] = {
      {"a"},
      {packet(1'200, 'a'), packet(1'200, 'b'), packet(7, 'c')},
      {packet(100, 'a'), packet(1'200, 'b'), packet(1'200, 'c'), packet(50, 'd'), packet(60, 'e')},
      {packet(1'200, 'a'), packet(1'199, 'b'), packet(1'200, 'c')},
      Received(200, packet(1'100, 'x')),
      Received(70, packet(10, 'y')),
  };
  for (const Received& packets : cases) {
    send_all(sender, to(receiver, "127.0.0.1"), packets);
    EXPECT_EQ(take(receiver, packets.size()), packets);
  }
  EXPECT_EQ(sender.figures().dropped_packets, 0U);
}

TEST(UdpPort, SendsAFrameByOneCall) {
  UdpPort sender(at("127.0.0.1"));
  UdpPort receiver(at("127.0.0.1"));
  send_all(sender, to(receiver, "127.0.0.1"), Received(40, packet(1'200, 'x')));
  EXPECT_EQ(take(receiver, 40).size(), 40U);
  EXPECT_EQ(sender.figures().send_calls, 1U);
  EXPECT_EQ(sender.figures().sent_packets, 40U);
}

// As devices that cannot compute checksums do, the kernel refuses segments of a socket without
// them.
TEST(UdpPort, SendsEachAloneForGoodOnceSegmentsAreRefused) {
  std::string said;
  UdpSettings settings = at("127.0.0.1");
  settings.log = [&](std::string_view why) { said = why; };
  UdpPort sender(settings);
  UdpPort receiver(at("127.0.0.1"));
  const int on = 1;
  ASSERT_EQ(::setsockopt(sender.fd(), SOL_SOCKET, SO_NO_CHECK, &on, sizeof on), 0);
  const Received packets(5, packet(900, 'x'));
  send_all(sender, to(receiver, "127.0.0.1"), packets);
  EXPECT_EQ(take(receiver, packets.size()), packets);
  EXPECT_FALSE(sender.segments());
  EXPECT_EQ(said, "Invalid argument");
  send_all(sender, to(receiver, "127.0.0.1"), packets);
  EXPECT_EQ(take(receiver, packets.size()), packets);
}

TEST(UdpPort, AnswersFromTheAddressThatWasAsked) {
  UdpPort server(at("0.0.0.0"));
  UdpPort client(at("127.0.0.1"));
  send_all(client, to(server, "127.0.0.7"), {"ask"});
  UdpPath asked;
  ASSERT_EQ(take(server, 1, &asked), Received{"ask"});
  EXPECT_EQ(asked.local.to_text(), "127.0.0.7");
  EXPECT_EQ(asked.remote.port, client.port());
  send_all(server, asked, {"answer"});
  UdpPath answered;
  ASSERT_EQ(take(client, 1, &answered), Received{"answer"});
  EXPECT_EQ(answered.remote.ip.to_text(), "127.0.0.7");
}

TEST(UdpPort, OneSocketTakesBothFamilies) {
  UdpPort server(at("::"));
  UdpPort old(at("127.0.0.1"));
  UdpPort modern(at("::1"));
  UdpPath asked;
  send_all(old, to(server, "127.0.0.1"), {"four"});
  ASSERT_EQ(take(server, 1, &asked), Received{"four"});
  EXPECT_EQ(asked.remote.ip.to_text(), "127.0.0.1");
  EXPECT_EQ(asked.local.to_text(), "127.0.0.1");
  send_all(server, asked, {"4"});
  EXPECT_EQ(take(old, 1), Received{"4"});
  send_all(modern, to(server, "::1"), {"six"});
  ASSERT_EQ(take(server, 1, &asked), Received{"six"});
  EXPECT_EQ(asked.remote.ip.to_text(), "::1");
  send_all(server, asked, Received(9, packet(500, '6')));
  EXPECT_EQ(take(modern, 9), Received(9, packet(500, '6')));
}

TEST(UdpPort, ThreadsShareAPort) {
  UdpPort first(at("127.0.0.1"));
  UdpSettings same = at("127.0.0.1");
  same.port = first.port();
  EXPECT_EQ(UdpPort(same).port(), first.port());
}

TEST(UdpPort, AnAddressThatIsNotOursThrows) {
  EXPECT_THROW(UdpPort(at("192.0.2.1")), std::system_error);
}

TEST(UdpPort, WhatTheKernelRefusesIsCounted) {
  UdpPort sender(at("127.0.0.1"));
  UdpPath nowhere = to(sender, "127.0.0.1");
  nowhere.local = *IpAddress::parse("192.0.2.1");
  send_all(sender, nowhere, {"x", "y"});
  EXPECT_EQ(sender.figures().dropped_packets, 2U);
  EXPECT_TRUE(sender.segments());
}

}  // namespace
}  // namespace geili::media::webrtc
