#include "shipping/tracking.hpp"

#include <string>

#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::Tx;
using store::testing::field_of;

TEST(TrackingTemplates, AreHttpsWithTheNumberOnce) {
  for (const char* good :
       {"https://track.example/{number}", "https://a.example:8443/t?n={number}&l=es#x",
        "https://a-b.example?{number}", " https://a.example/%C3%A9/{number} "}) {
    EXPECT_TRUE(checked_tracking_template(good, "/t")) << good;
  }
  for (const char* bad : {"",
                          "http://track.example/{number}",
                          "HTTPS://track.example/{number}",
                          "javascript:alert({number})",
                          "https://",
                          "https:///{number}",
                          "https://{number}.example/",
                          "https://a.example{number}",
                          "https://user@a.example/{number}",
                          "https://a.example:/{number}",
                          "https://a.example:123456/{number}",
                          "https://a.example:80a/{number}",
                          "https://-a.example/{number}",
                          "https://a..example/{number}",
                          "https://a.example./{number}",
                          "https://a.example/",
                          "https://a.example/{number}/{number}",
                          "https://a.example/{nummer}",
                          "https://a.example/{number}}",
                          "https://a.example/a b/{number}",
                          "https://a.example/\"{number}",
                          "https://a.example/<{number}>",
                          "https://a.example\\@b.example/{number}",
                          "https://a.example/%zz{number}",
                          "https://a.example/%4{number}",
                          "https://a.example/##{number}",
                          "https://ä.example/{number}",
                          "https://a.example/é/{number}",
                          "https://a.example/\n{number}"}) {
    const auto kept = checked_tracking_template(bad, "/t");
    ASSERT_FALSE(kept) << bad;
    EXPECT_EQ(field_of(kept.error()), "/t");
  }
  const std::string long_one = "https://a.example/{number}" + std::string(kTemplateMax, 'x');
  EXPECT_FALSE(checked_tracking_template(long_one, "/t"));
}

TEST(TrackingNumbers, ArePercentEncoded) {
  EXPECT_EQ(tracking_url("https://a.example/{number}?x", "AB 12/3&4=%5"),
            "https://a.example/AB%2012%2F3%264%3D%255?x");
  EXPECT_EQ(tracking_url("https://a.example/{number}", "é{number}"),
            "https://a.example/%C3%A9%7Bnumber%7D");
  EXPECT_EQ(*checked_tracking_number(" EE 123-4/5.6 ", "/n"), "EE 123-4/5.6");
  for (const char* bad : {"", " ", "12&3", "é1", "<b>", "1\t2"}) {
    EXPECT_FALSE(checked_tracking_number(bad, "/n")) << bad;
  }
  EXPECT_FALSE(checked_tracking_number(std::string(kTrackingNumberMax + 1, '1'), "/n"));
}

using Carriers = Shop;

TEST_F(Carriers, HaveOneTemplateEach) {
  const auto setting = [](Carrier carrier) {
    return [=](Tx& tx) -> Result<int> {
      auto set = set_carrier(tx, kShop, carrier);
      if (!set) return fail_as(set);
      return 0;
    };
  };
  const auto link = [&](std::string_view carrier, std::string_view number) {
    return *read([&](Tx& tx) -> Result<std::string> {
      return tracking_link(tx, kShop, carrier, number).value_or("none");
    });
  };
  must(setting({"DHL", "https://old.example/{number}"}));
  must(setting({"DHL", "https://new.example/{number}"}));
  must(setting({"Correos", "https://c.example/?q={number}"}));
  EXPECT_EQ(link("DHL", "1 2"), "https://new.example/1%202");
  EXPECT_EQ(link("DHL", ""), "none");
  EXPECT_EQ(link("UPS", "1"), "none");
  EXPECT_EQ(field_of(refused(setting({"", "https://c.example/?q={number}"}))), "/name");
  EXPECT_EQ(field_of(refused(setting({"X", "ftp://c.example/"}))), "/tracking_template");
  must(setting({"DHL", ""}));
  EXPECT_EQ(link("DHL", "1"), "none");
  const auto all =
      *read([](Tx& tx) -> Result<std::vector<Carrier>> { return carriers(tx, kShop); });
  EXPECT_EQ(all.size(), 1U);
  must([](Tx& tx) -> Result<int> {
    for (std::size_t i = 1; i < kCarriersMax; ++i) {
      EXPECT_TRUE(set_carrier(tx, kShop, {std::to_string(i), "https://c.example/{number}"}));
    }
    return 0;
  });
  EXPECT_EQ(refused(setting({"DHL", "https://new.example/{number}"})).code,
            "shipping-too-many-carriers");
}

}  // namespace
}  // namespace geili::shipping
