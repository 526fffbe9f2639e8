#include "media/transport_address.hpp"

#include <unordered_set>

#include <gtest/gtest.h>

namespace geili::media {
namespace {

TEST(IpAddress, ReadsAndWritesText) {
  const struct {
    const char* text;
    const char* written;
    IpFamily family;
  } cases[] = {
      {"192.0.2.1", "192.0.2.1", IpFamily::v4},
      {"2001:db8:0:0:0:0:0:1", "2001:db8::1", IpFamily::v6},
      {"::", "::", IpFamily::v6},
      {"::ffff:192.0.2.7", "192.0.2.7", IpFamily::v4},
  };
  for (const auto& good : cases) {
    const auto address = IpAddress::parse(good.text);
    ASSERT_TRUE(address) << good.text;
    EXPECT_EQ(address->family, good.family) << good.text;
    EXPECT_EQ(address->to_text(), good.written);
    EXPECT_EQ(address->bytes().size(), good.family == IpFamily::v4 ? 4U : 16U);
  }
}

TEST(IpAddress, RefusesWhatIsNoAddress) {
  const std::string_view cases[] = {"",
                                    "192.0.2",
                                    "192.0.2.256",
                                    "a.local",
                                    "fe80::1%2",
                                    "[::1]",
                                    "192.0.2.1 ",
                                    std::string_view("192.0.2.1\0x", 11),
                                    "2001:db8::1::2",
                                    "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"};
  for (const std::string_view bad : cases) EXPECT_FALSE(IpAddress::parse(bad)) << bad;
  EXPECT_FALSE(IpAddress::from_bytes(*from_hex("c00002")));
}

TEST(TransportAddress, TellsTransportsAndPortsApart) {
  const IpAddress ip = *IpAddress::parse("192.0.2.1");
  std::unordered_set<TransportAddress> seen;
  for (std::uint16_t port = 1; port <= 100; ++port) {
    seen.insert({ip, port, Transport::udp});
    seen.insert({ip, port, Transport::tcp});
  }
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_TRUE(seen.contains({ip, 7, Transport::tcp}));
  EXPECT_EQ((TransportAddress{ip, 7, Transport::tcp}.to_text()), "tcp 192.0.2.1:7");
  EXPECT_EQ((TransportAddress{*IpAddress::parse("2001:db8::1"), 443, Transport::udp}.to_text()),
            "udp [2001:db8::1]:443");
}

}  // namespace
}  // namespace geili::media
