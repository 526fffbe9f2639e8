#include "webhooks/request.hpp"

#include <gtest/gtest.h>

namespace geili::webhooks {
namespace {

std::string key_of(std::string_view base64url) {
  return std::string(as_text(*from_base64url(base64url)));
}

// The example of the specification's reference libraries.
TEST(WebhookSignature, IsTheOneOfTheSpecification) {
  const std::vector keys{Secret<std::string>(key_of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))};
  EXPECT_EQ(
      signatures(keys, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, R"({"test": 2432232314})"),
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, OfEverySecretStandsInTheHeader) {
  const std::vector keys{Secret<std::string>("new"), Secret<std::string>("old")};
  const Attempt attempt{.delivery = DeliveryId{1}, .message = "msg_1", .body = "{}"};
  const HttpRequest request = make_request(attempt, "https://example.com", keys,
                                           Reach::public_internet, Instant{1'700'000'000'999'999});
  const std::string both = signatures({keys[0]}, "msg_1", 1'700'000'000, "{}") + " " +
                           signatures({keys[1]}, "msg_1", 1'700'000'000, "{}");
  EXPECT_EQ(request.headers[0].second, "msg_1");
  EXPECT_EQ(request.headers[1].second, "1700000000");
  EXPECT_EQ(request.headers[2].second, both);
  EXPECT_EQ(request.reach, Reach::public_internet);
  EXPECT_EQ(request.connect_timeout + request.answer_timeout, std::chrono::seconds(15));
}

TEST(RetryAfter, IsTheSpecificationsAndUpToAFifthMore) {
  using std::chrono::milliseconds;
  const std::vector<std::int64_t> seconds{5, 300, 1'800, 7'200, 18'000, 36'000, 36'000};
  for (int number = 1; number < kAttemptsMax; ++number) {
    const milliseconds least(1'000 * seconds[static_cast<std::size_t>(number - 1)]);
    EXPECT_EQ(retry_after(number, 0), least);
    for (const std::uint64_t random : {1ULL, 12'345ULL, ~0ULL}) {
      EXPECT_GE(*retry_after(number, random), least);
      EXPECT_LE(*retry_after(number, random), least * 6 / 5);
    }
  }
  EXPECT_FALSE(retry_after(kAttemptsMax, 0));
  EXPECT_FALSE(retry_after(0, 0));
}

}  // namespace
}  // namespace geili::webhooks
