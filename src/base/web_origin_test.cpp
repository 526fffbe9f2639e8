#include "base/web_origin.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace geili {
namespace {

TEST(WebOrigin, OneFormOfEachSite) {
  const std::pair<const char*, const char*> kGood[] = {
      {"https://example.com", "https://example.com"},
      {"https://WWW.Example.COM/", "https://www.example.com"},
      {"https://example.com:443", "https://example.com"},
      {"https://shop.example.com:8443", "https://shop.example.com:8443"},
      {"https://xn--fiqs8s.example", "https://xn--fiqs8s.example"},
      {"http://localhost:5173", "http://localhost:5173"},
      {"http://127.0.0.1:80/", "http://127.0.0.1"},
      {"https://localhost", "https://localhost"},
  };
  for (const auto& [text, origin] : kGood) {
    const auto parsed = parse_web_origin(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, origin) << text;
  }
}

TEST(WebOrigin, NothingElseIsOne) {
  const std::string long_host = "https://" + std::string(64, 'a') + ".com";
  const std::string long_text = "https://" + std::string(260, 'a');
  for (const std::string& text : {std::string(),
                                  std::string("https://"),
                                  std::string("https:///"),
                                  std::string("example.com"),
                                  std::string("//example.com"),
                                  std::string("http://example.com"),
                                  std::string("ftp://example.com"),
                                  std::string("https://*.example.com"),
                                  std::string("https://example"),
                                  std::string("https://.example.com"),
                                  std::string("https://example..com"),
                                  std::string("https://example.com."),
                                  std::string("https://-a.example.com"),
                                  std::string("https://a-.example.com"),
                                  std::string("https://a_b.example.com"),
                                  std::string("https://192.168.0.1"),
                                  std::string("https://[::1]"),
                                  std::string("https://1.2.3.4:80"),
                                  std::string("https://user@example.com"),
                                  std::string("https://user:word@example.com"),
                                  std::string("https://example.com/shop"),
                                  std::string("https://example.com//"),
                                  std::string("https://example.com?x"),
                                  std::string("https://example.com#x"),
                                  std::string("https://example.com:"),
                                  std::string("https://example.com:0"),
                                  std::string("https://example.com:080"),
                                  std::string("https://example.com:65536"),
                                  std::string("https://example.com:+8"),
                                  std::string("https://example.com; script-src *"),
                                  std::string("https://example.com https://other.example"),
                                  std::string("https://example.com\r\nX: y"),
                                  std::string("https://ex\0ample.com", 20),
                                  std::string("https://é.example"),
                                  std::string("null"),
                                  std::string("'self'"),
                                  long_host,
                                  long_text}) {
    const auto parsed = parse_web_origin(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, "bad-origin") << text;
  }
}

}  // namespace
}  // namespace geili
