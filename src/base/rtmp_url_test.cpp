#include "base/rtmp_url.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geili {
namespace {

struct Case {
  std::string url;
  std::optional<RtmpUrlFault> fault;  // none: it is taken
};

void check(const std::vector<Case>& cases, Reach reach) {
  for (const Case& one : cases) {
    const auto read = parse_rtmp_url(one.url, reach);
    EXPECT_EQ(read.has_value(), !one.fault.has_value()) << one.url;
    if (!read && one.fault) {
      EXPECT_EQ(to_text(read.error()), to_text(*one.fault)) << one.url;
    }
  }
}

TEST(RtmpUrl, TellsWhereToConnect) {
  const auto plain = parse_rtmp_url("rtmp://Live.Example.com/app", Reach::public_internet);
  ASSERT_TRUE(plain);
  EXPECT_EQ(*plain,
            (RtmpUrl{false, "Live.Example.com", 1935, "app", "rtmp://Live.Example.com/app"}));
  const auto secure =
      parse_rtmp_url("RTMPS://live.example.com:443/app/instance/", Reach::public_internet);
  ASSERT_TRUE(secure);
  EXPECT_EQ(*secure, (RtmpUrl{true, "live.example.com", 443, "app/instance",
                              "rtmps://live.example.com:443/app/instance"}));
  const auto usual = parse_rtmp_url("rtmps://live.example.com/rtmp?s=1", Reach::public_internet);
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->port, 443);
  EXPECT_EQ(usual->app, "rtmp?s=1");
  const auto six = parse_rtmp_url("rtmp://[::1]:19350/live", Reach::loopback_too);
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->port, 19350);
}

TEST(RtmpUrl, RefusesWhatIsNoServerUrl) {
  using enum RtmpUrlFault;
  check({{"", malformed},
         {"example.com/live", malformed},
         {"rtmp:/example.com/live", malformed},
         {"rtmp://example.com/li ve", malformed},
         {"rtmp://example.com/live#x", malformed},
         {"rtmp://example.com/\x7f", malformed},
         {"rtmp://example.com/" + std::string(kRtmpUrlBytesMax, 'a'), malformed},
         {"https://example.com/live", not_rtmp},
         {"rtmpe://example.com/live", not_rtmp},
         {"rtmp://user:word@example.com/live", has_user},
         {"rtmp:///live", bad_host},
         {"rtmp://2130706433/live", bad_host},
         {"rtmp://127.1/live", bad_host},
         {"rtmp://-a.example.com/live", bad_host},
         {"rtmp://example.com:0/live", bad_port},
         {"rtmp://example.com:01935/live", bad_port},
         {"rtmp://example.com:65536/live", bad_port},
         {"rtmp://example.com:22/live", bad_port},
         {"rtmp://example.com:8080/live", bad_port},
         {"rtmp://example.com", no_app},
         {"rtmp://example.com//", no_app},
         {"rtmp://example.com/?a=b", no_app}},
        Reach::public_internet);
}

TEST(RtmpUrl, LeadsToNoNetworkOfOurs) {
  using enum RtmpUrlFault;
  check({{"rtmp://127.0.0.1/live", not_public},
         {"rtmp://localhost/live", not_public},
         {"rtmp://10.0.0.1/live", not_public},
         {"rtmp://192.168.1.1/live", not_public},
         {"rtmp://169.254.169.254/live", not_public},
         {"rtmp://[::1]/live", not_public},
         {"rtmp://[fd00::1]/live", not_public},
         {"rtmp://[::ffff:10.0.0.1]/live", not_public},
         {"rtmp://nas.local/live", not_public},
         {"rtmp://router/live", not_public}},
        Reach::public_internet);
  check({{"rtmp://example.com:8080/live", {}},
         {"rtmp://example.com:80/live", bad_port},
         {"rtmp://127.0.0.1:8080/live", not_public}},
        Reach::public_high_port);
  check({{"rtmp://127.0.0.1:9/live", {}},
         {"rtmp://localhost/live", {}},
         {"rtmp://10.0.0.1/live", not_public}},
        Reach::loopback_too);
}

TEST(RtmpUrl, LooksAtTheAddressOfAName) {
  const auto v4 = [](unsigned a, unsigned b, unsigned c, unsigned d) {
    return Bytes{std::byte(a), std::byte(b), std::byte(c), std::byte(d)};
  };
  EXPECT_TRUE(is_rtmp_reachable(Reach::public_internet, v4(8, 8, 8, 8), 1935));
  EXPECT_TRUE(is_rtmp_reachable(Reach::public_internet, v4(8, 8, 8, 8), 443));
  EXPECT_FALSE(is_rtmp_reachable(Reach::public_internet, v4(8, 8, 8, 8), 8080));
  EXPECT_FALSE(is_rtmp_reachable(Reach::public_internet, v4(10, 0, 0, 1), 1935));
  EXPECT_FALSE(is_rtmp_reachable(Reach::public_internet, v4(127, 0, 0, 1), 1935));
  EXPECT_TRUE(is_rtmp_reachable(Reach::public_high_port, v4(8, 8, 8, 8), 8080));
  EXPECT_TRUE(is_rtmp_reachable(Reach::loopback_too, v4(127, 0, 0, 1), 9));
  EXPECT_FALSE(is_rtmp_reachable(Reach::loopback_too, v4(192, 168, 0, 1), 1935));
}

}  // namespace
}  // namespace geili
