#include "media/webrtc/strangers.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace geili::media::webrtc {
namespace {

constexpr Instant kNow{1'000'000'000};

IpAddress ip(const char* text) {
  return *IpAddress::parse(text);
}

TEST(Strangers, TheOldestOfAnAddressMakesRoomForOneMoreFromThere) {
  Strangers strangers(2);
  strangers.add(1, ip("192.0.2.1"), kNow);
  strangers.add(2, ip("192.0.2.2"), kNow);
  strangers.add(3, ip("192.0.2.2"), kNow);
  EXPECT_EQ(strangers.crowded_out_by(ip("192.0.2.1")), std::nullopt);
  EXPECT_EQ(strangers.crowded_out_by(ip("192.0.2.2")), 2U);
  EXPECT_EQ(strangers.crowded_out_by(ip("192.0.2.3")), std::nullopt);
}

TEST(Strangers, WhoHasNamedItsSessionMakesNoRoomAndTakesNone) {
  Strangers strangers(2);
  strangers.add(1, ip("192.0.2.1"), kNow);
  strangers.add(2, ip("192.0.2.1"), kNow);
  strangers.remove(1);
  strangers.remove(1);
  EXPECT_EQ(strangers.crowded_out_by(ip("192.0.2.1")), std::nullopt);
  EXPECT_EQ(strangers.oldest(), 2U);
  strangers.remove(2);
  EXPECT_EQ(strangers.oldest(), std::nullopt);
}

TEST(Strangers, AHouseholdOfIpv6IsOneAddress) {
  Strangers strangers(1);
  strangers.add(1, ip("2001:db8:0:7::1"), kNow);
  EXPECT_EQ(strangers.crowded_out_by(ip("2001:db8:0:7:ffff::2")), 1U);
  EXPECT_EQ(strangers.crowded_out_by(ip("2001:db8:0:8::1")), std::nullopt);
}

TEST(Strangers, TellsWhoHasBeenOneForLong) {
  Strangers strangers(2);
  strangers.add(1, ip("192.0.2.1"), kNow);
  strangers.add(2, ip("192.0.2.1"), kNow + std::chrono::seconds(1));
  EXPECT_EQ(strangers.oldest_until(kNow - std::chrono::seconds(1)), std::nullopt);
  EXPECT_EQ(strangers.oldest_until(kNow), 1U);
  strangers.remove(1);
  EXPECT_EQ(strangers.oldest_until(kNow), std::nullopt);
}

}  // namespace
}  // namespace geili::media::webrtc
