#include "base/household.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili {
namespace {

TEST(Household, IsTheV4AddressOrTheV6Network) {
  const struct {
    const char* address;
    const char* household;
  } kSamples[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"2001:db8:1:2::7", "2001:db8:1:2::/64"},
      {"2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"},
      {"2001:db8:1:3::7", "2001:db8:1:3::/64"},
      {"fe80::1%eth0", "fe80::/64"},
      {"fe80::2%eth1", "fe80::/64"},
      {"::1", "::/64"},
      {"", ""},
      {"unknown", "unknown"},
      {"192.0.2", "192.0.2"},
      {"2001:db8::1::2", "2001:db8::1::2"},
      {"[2001:db8::1]", "[2001:db8::1]"},
  };
  for (const auto& sample : kSamples) {
    EXPECT_EQ(household_of(sample.address), sample.household) << sample.address;
  }
}

TEST(Household, KeepsLittleOfWhatIsNoAddress) {
  EXPECT_EQ(household_of(std::string(10'000, 'x')), std::string(64, 'x'));
}

}  // namespace
}  // namespace geili
