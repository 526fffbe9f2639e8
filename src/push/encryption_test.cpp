#include "push/encryption.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace geili::push {
namespace {

constexpr std::string_view kUserAgentPoint =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";

// RFC 8291 appendix A.
TEST(PushEncryption, IsThatOfTheRfc) {
  const auto once = crypto::p256_pair_of(
      Secret<Bytes>(*from_base64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")));
  ASSERT_TRUE(once);
  const Keys to{.p256dh = *parse_p256dh(kUserAgentPoint), .auth = *parse_auth(kAuth)};
  const auto body = encrypted("When I grow up, I want to be a watermelon", to, *once,
                              *from_base64url("DGv6ra1nlYgDCS1FRnbzlw"));
  ASSERT_TRUE(body);
  EXPECT_EQ(
      to_base64url(as_bytes(*body)),
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
      "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
      "gSxsj_Qulcy4a-fN");
}

TEST(PushEncryption, FillsOneRecordAndNoMore) {
  const Keys to{.p256dh = *parse_p256dh(kUserAgentPoint), .auth = *parse_auth(kAuth)};
  const auto body = encrypted(std::string(kPlainBytesMax, 'a'), to, crypto::new_p256_pair(),
                              random_bytes(kSaltBytes));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->size(), 4'096U);
}

TEST(PushEncryption, TakesNoKeyThatIsNone) {
  for (const std::string_view bad :
       {std::string_view(""), std::string_view("AA"), kAuth, kUserAgentPoint.substr(1),
        // A point beside the curve, another form of it, padding, the other alphabet.
        std::string_view("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZG"
                         "H6SRpkNtoIAiw8"),
        std::string_view("AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"),
        std::string_view("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZG"
                         "H6SRpkNtoIAiw4="),
        std::string_view("BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZG"
                         "H6SRpkNtoIAiw4")}) {
    EXPECT_FALSE(parse_p256dh(bad)) << bad;
  }
  for (const std::string_view bad :
       {std::string_view(""), std::string_view("BTBZMqHH6r4Tts7J_aSI"), kUserAgentPoint,
        std::string_view("BTBZMqHH6r4Tts7J_aSIgg=="), std::string_view("BTBZMqHH6r4Tts7J/aSIgg"),
        std::string_view("BTBZMqHH6r4Tts7J_aSIg ")}) {
    EXPECT_FALSE(parse_auth(bad)) << bad;
  }
}

}  // namespace
}  // namespace geili::push
