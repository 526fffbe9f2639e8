#include "crypto/p256.hpp"

#include <gtest/gtest.h>

#include "crypto/hkdf.hpp"

namespace geili::crypto {
namespace {

Secret<Bytes> scalar_of(std::string_view hex) {
  return Secret<Bytes>(*from_hex(hex));
}

constexpr std::string_view kOrder =
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

TEST(P256, TwoArriveAtTheSame) {
  const P256Pair one = new_p256_pair();
  const P256Pair two = new_p256_pair();
  const auto from_one = p256_agree(one, two.point);
  const auto from_two = p256_agree(two, one.point);
  ASSERT_TRUE(from_one && from_two);
  EXPECT_EQ(from_one->reveal(), from_two->reveal());
  EXPECT_NE(one.point, two.point);
}

// RFC 5903 section 8.1.
TEST(P256, AgreesAsTheRfcDoes) {
  const auto own =
      p256_pair_of(scalar_of("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433"));
  ASSERT_TRUE(own);
  const Bytes peer = *from_hex(
      "04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
      "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab");
  EXPECT_EQ(to_hex(p256_agree(*own, peer)->reveal()),
            "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
}

TEST(P256, TakesNoScalarOutsideTheCurve) {
  for (const std::string_view bad :
       {std::string_view(""), std::string_view("01"), kOrder,
        std::string_view("0000000000000000000000000000000000000000000000000000000000000000"),
        std::string_view("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")}) {
    EXPECT_EQ(p256_pair_of(scalar_of(bad)).error().code, "p256-scalar-invalid") << bad;
  }
}

TEST(P256, TakesNoPointBesideTheCurve) {
  Bytes point = new_p256_pair().point;
  EXPECT_TRUE(is_p256_point(point));
  Bytes beside = point;
  beside.back() ^= std::byte{1};
  EXPECT_FALSE(is_p256_point(beside));
  EXPECT_FALSE(is_p256_point({}));
  EXPECT_FALSE(is_p256_point(Bytes(kP256PointBytes)));
  EXPECT_FALSE(is_p256_point(ByteView(point).first(kP256PointBytes - 1)));
  point.front() = std::byte{2};
  EXPECT_FALSE(is_p256_point(point));
  EXPECT_EQ(p256_agree(new_p256_pair(), point).error().code, "p256-point-invalid");
}

TEST(P256, SignsInTheFormOfJws) {
  const P256Pair own = new_p256_pair();
  const Bytes one = p256_sign(own, "a");
  EXPECT_EQ(one.size(), kP256SignatureBytes);
  EXPECT_NE(one, p256_sign(own, "b"));
}

// RFC 5869, test case 1.
TEST(Hkdf, IsThatOfTheRfc) {
  const Bytes secret = *from_hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  EXPECT_EQ(to_hex(hkdf_sha256(*from_hex("000102030405060708090a0b0c"), secret,
                               *from_hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

}  // namespace
}  // namespace geili::crypto
