#include "webhooks/url.hpp"

#include <gtest/gtest.h>

namespace geili::webhooks {
namespace {

struct Row {
  const char* url;
  std::optional<UrlFault> fault;
};

void check(const std::vector<Row>& rows, Reach reach) {
  for (const Row& row : rows) EXPECT_EQ(url_fault(row.url, reach), row.fault) << row.url;
}

TEST(WebhookUrl, IsOfThePublicInternetAtPort443) {
  using enum UrlFault;
  check({{"https://example.com", {}},
         {"https://example.com/", {}},
         {"HTTPS://Example.COM:443/hook?a=1&b=%20", {}},
         {"https://xn--bcher-kva.example.com/x", {}},
         {"https://a-b.c1.example?x=1", {}},
         {"https://8.8.8.8/", {}},
         {"https://[2606:4700::1111]/", {}},
         {"https://[2606:4700::1111]:443/", {}},
         {"", malformed},
         {"example.com", malformed},
         {"https:/example.com", malformed},
         {"https://exa mple.com/", malformed},
         {"https://example.com/a\tb", malformed},
         {"https://example.com/\xc3\xb1", malformed},
         {"https://example.com\\@10.0.0.1/", malformed},
         {"https://example.com/#x", malformed},
         {"http://example.com/", not_https},
         {"ftp://example.com/", not_https},
         {"file:///etc/passwd", not_https},
         {"gopher://example.com/", not_https},
         {"https://user@example.com/", has_user},
         {"https://user:pass@example.com/", has_user},
         {"https://example.com@10.0.0.1/", has_user},
         {"https://", bad_host},
         {"https:///hook", bad_host},
         {"https://:443/", bad_host},
         {"https://-a.example/", bad_host},
         {"https://a..example/", bad_host},
         {"https://example.com./", bad_host},
         {"https://exam_ple.com/", bad_host},
         {"https://example.com%2f@x/", has_user},
         {"https://exa%6dple.com/", bad_host},
         {"https://2130706433/", bad_host},
         {"https://0x7f000001/", bad_host},
         {"https://0x7f.1/", bad_host},
         {"https://127.1/", bad_host},
         {"https://0177.0.0.1/", bad_host},
         {"https://1.2.3.4.5/", bad_host},
         {"https://[::1/", bad_host},
         {"https://[]/", bad_host},
         {"https://[fe80::1%25eth0]/", bad_host}},
        Reach::public_internet);
}

TEST(WebhookUrl, IsNoAddressOrNameOfANetworkOfOnesOwn) {
  using enum UrlFault;
  check({{"https://[::ffff:127.0.0.1]/", not_public},
         {"https://[::127.0.0.1]/", not_public},
         {"https://[64:ff9b::10.0.0.1]/", not_public},
         {"https://[2002:a00:1::]/", not_public},
         {"https://[::1]/", not_public},
         {"https://[::]/", not_public},
         {"https://[fe80::1]/", not_public},
         {"https://[fc00::1]/", not_public},
         {"https://[fd12:3456::1]/", not_public},
         {"https://[ff02::1]/", not_public},
         {"https://[2001:db8::1]/", not_public},
         {"https://[2001::1]/", not_public},
         {"https://127.0.0.1/", not_public},
         {"https://0.0.0.0/", not_public},
         {"https://10.1.2.3/", not_public},
         {"https://100.64.0.1/", not_public},
         {"https://169.254.169.254/latest/meta-data", not_public},
         {"https://172.16.0.1/", not_public},
         {"https://172.31.255.255/", not_public},
         {"https://192.168.1.1/", not_public},
         {"https://198.18.0.1/", not_public},
         {"https://224.0.0.1/", not_public},
         {"https://255.255.255.255/", not_public},
         {"https://localhost/", not_public},
         {"https://LOCALHOST/", not_public},
         {"https://a.localhost/", not_public},
         {"https://printer.local/", not_public},
         {"https://metadata.google.internal/", not_public},
         {"https://router/", not_public},
         {"https://example.com:80/", bad_port},
         {"https://example.com:8443/", bad_port},
         {"https://example.com:/", bad_port},
         {"https://example.com:0443/", bad_port},
         {"https://example.com:65979/", bad_port},
         {"https://example.com:-1/", bad_port},
         {"https://example.com:443x/", bad_port},
         {"https://example.com:443:443/", bad_port}},
        Reach::public_internet);
  EXPECT_EQ(
      url_fault("https://example.com/" + std::string(kUrlBytesMax, 'a'), Reach::public_internet),
      malformed);
}

TEST(WebhookUrl, MayHaveMoreWhereTheHostAllowsIt) {
  using enum UrlFault;
  check({{"https://example.com:8443/", {}},
         {"https://example.com:1024/", {}},
         {"https://example.com:22/", bad_port},
         {"https://127.0.0.1:8443/", not_public}},
        Reach::public_high_port);
  check({{"http://127.0.0.1:8080/hook", {}},
         {"http://localhost:80/", {}},
         {"https://[::1]:9/", {}},
         {"http://example.com/", not_https},
         {"http://10.0.0.1/", not_https},
         {"https://10.0.0.1/", not_public}},
        Reach::loopback_too);
}

}  // namespace
}  // namespace geili::webhooks
