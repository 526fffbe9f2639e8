#include "push/request.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace geili::push {
namespace {

constexpr Instant kNow{1'795'000'000'000'000};

// The claims of a token, as they were signed.
std::string claims_of(const Secret<std::string>& authorization) {
  const std::string& text = authorization.reveal();
  const std::size_t first = text.find('.') + 1;
  return std::string(as_text(*from_base64url(text.substr(first, text.find('.', first) - first))));
}

TEST(Vapid, NamesThePushServiceTheTimeAndTheHost) {
  const Vapid vapid(crypto::new_p256_pair(), "mailto:host@example.org");
  const auto token = vapid.authorization("https://push.example.net/send/1?x=2", kNow);
  EXPECT_TRUE(token.reveal().starts_with("vapid t="));
  EXPECT_TRUE(token.reveal().ends_with(", k=" + vapid.public_key()));
  EXPECT_EQ(claims_of(token), R"({"aud":"https://push.example.net","exp":1795043200,)"
                              R"("sub":"mailto:host@example.org"})");
}

TEST(Vapid, NamesAnOriginAsBrowsersDo) {
  const Vapid vapid(crypto::new_p256_pair(), "");
  for (const auto& [endpoint, origin] : std::initializer_list<std::pair<const char*, const char*>>{
           {"https://Push.Example.NET:443/a", "https://push.example.net"},
           {"https://push.example.net:8443/a", "https://push.example.net:8443"},
           {"https://push.example.net?a", "https://push.example.net"},
           {"http://127.0.0.1:8080/a", "http://127.0.0.1:8080"}}) {
    EXPECT_EQ(claims_of(vapid.authorization(endpoint, kNow)),
              R"({"aud":")" + std::string(origin) + R"(","exp":1795043200})");
  }
}

TEST(PushRequest, SaysHowLongItIsGoodForAndWhatItReplaces) {
  const Vapid vapid(crypto::new_p256_pair(), "");
  const Target target{
      .endpoint = "https://push.example.net/1",
      .keys = {.p256dh = crypto::new_p256_pair().point, .auth = random_bytes(kAuthBytes)}};
  const auto request = make_request({.text = "{}",
                                     .good_for = std::chrono::seconds(90),
                                     .urgency = Urgency::high,
                                     .topic = "show-7"},
                                    target, vapid, crypto::new_p256_pair(),
                                    random_bytes(kSaltBytes), Reach::public_internet, kNow);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, target.endpoint);
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->reach, Reach::public_internet);
  EXPECT_TRUE(request->may_reuse_connection) << "there are few push services";
  const Headers wanted{{"TTL", "90"},
                       {"Urgency", "high"},
                       {"Topic", "show-7"},
                       {"Content-Encoding", "aes128gcm"},
                       {"User-Agent", "Geili-Push/1"}};
  EXPECT_EQ(request->headers, wanted);
}

TEST(PushRequest, UnderstandsEachAnswer) {
  struct Row {
    HttpAnswer answer;
    Answer means;
    std::int64_t wait_ms = 0;
  };
  for (const Row& row : std::initializer_list<Row>{
           {{.status = 201}, Answer::taken},
           {{.status = 200}, Answer::taken},
           {{.status = 202}, Answer::taken},
           {{.status = 404}, Answer::gone},
           {{.status = 410}, Answer::gone},
           {{.status = 301}, Answer::refused},
           {{.status = 400}, Answer::refused},
           {{.status = 401}, Answer::refused},
           {{.status = 403}, Answer::refused},
           {{.status = 413}, Answer::refused},
           {{.status = 408}, Answer::not_now},
           {{.status = 500}, Answer::not_now},
           {{.status = 503, .headers = {{"retry-after", "12"}}}, Answer::not_now, 12'000},
           {{.status = 429, .headers = {{"Retry-After", "12"}}}, Answer::not_now, 12'000},
           {{.status = 429, .headers = {{"Retry-After", "999999"}}}, Answer::not_now, 600'000},
           {{.status = 429, .headers = {{"Retry-After", "-1"}}}, Answer::not_now},
           {{.status = 429, .headers = {{"Retry-After", "12x"}}}, Answer::not_now},
           {{.status = 429, .headers = {{"Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"}}},
            Answer::not_now},
           {{.carried = Carried::timed_out}, Answer::not_now},
           {{.carried = Carried::unreachable}, Answer::not_now},
           {{.carried = Carried::forbidden}, Answer::refused},
           {{.carried = Carried::busy}, Answer::not_sent}}) {
    const Outcome outcome = outcome_of({.delivery = {1}, .device = {2}}, row.answer);
    EXPECT_EQ(outcome.answer, row.means) << row.answer.status;
    EXPECT_EQ(outcome.wait.count(), row.wait_ms) << row.answer.status;
  }
}

}  // namespace
}  // namespace geili::push
