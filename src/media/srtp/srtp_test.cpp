#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "media/srtp/receiver.hpp"
#include "media/srtp/sender.hpp"

namespace geili::media::srtp {
namespace {

Bytes hex(std::string_view text) {
  std::string joined(text);
  std::erase(joined, ' ');
  return *from_hex(joined);
}
std::string hex(ByteView bytes) {
  return to_hex(bytes);
}

template <std::size_t N>
std::array<std::byte, N> fixed(std::string_view text) {
  std::array<std::byte, N> out{};
  std::ranges::copy(hex(text), out.begin());
  return out;
}

const MasterKey kMaster{fixed<kKeyBytes>("e1f97a0d3e018be0d64fa32c06de4139"),
                        fixed<kSaltBytesMax>("0ec675ad498afeebb6960b3aabe6")};

// The figures of RFC 3711 appendix B.3.
TEST(Srtp, DerivesTheSessionKeysOfTheRfc) {
  const SessionKeys keys = derive(kMaster, Kind::rtp);
  EXPECT_EQ(hex(keys.key), "c61e7a93744f39ee10734afe3ff7a087");
  EXPECT_EQ(hex(keys.salt), "30cbbc08863d8c85d49db34a9ae1");
  EXPECT_EQ(hex(keys.auth), "cebe321f6ff7716b6fd4ab49af256a156d38baa4");
}

const SessionKeys kGcmKeys{fixed<kKeyBytes>("000102030405060708090a0b0c0d0e0f"),
                           {},
                           fixed<kSaltBytesMax>("517569642070726f2071756f")};

// The figures of RFC 7714 section 16.1.1.
TEST(Srtp, SealsAndOpensTheRtpPacketOfTheRfc) {
  const Bytes packet =
      hex("8040f17b8041f8d35501a0b2"
          "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");
  const ByteView head = ByteView(packet).first(12);
  const ByteView body = ByteView(packet).subspan(12);
  Bytes out(body.size() + 16);
  Transform sealing(Profile::aead_aes_128_gcm, Direction::encrypt, Kind::rtp, kGcmKeys);
  sealing.seal(0x5501a0b2, 0xf17b, head, {}, body, out.data(), out.data() + body.size());
  EXPECT_EQ(hex(out),
            "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
            "899d7f27beb16a9152cf765ee4390cce");
  Transform opening(Profile::aead_aes_128_gcm, Direction::decrypt, Kind::rtp, kGcmKeys);
  const ByteView sealed = out;
  ASSERT_TRUE(opening.open(0x5501a0b2, 0xf17b, head, {}, sealed.first(body.size()),
                           sealed.subspan(body.size()), out.data()));
  EXPECT_EQ(hex(sealed.first(body.size())), hex(body));
}

// The figures of RFC 7714 section 17.1.
TEST(Srtp, SealsTheRtcpPacketOfTheRfc) {
  const Bytes packet =
      hex("81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61"
          "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
  const ByteView body = ByteView(packet).subspan(8);
  Bytes out(body.size() + 16);
  Transform sealing(Profile::aead_aes_128_gcm, Direction::encrypt, Kind::rtcp, kGcmKeys);
  sealing.seal(0x4d617273, 0x5d4, ByteView(packet).first(8), hex("800005d4"), body, out.data(),
               out.data() + body.size());
  EXPECT_EQ(hex(out),
            "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
            "0bb9275bc84aa45896cf4d2fc5abf87245d9eade");
}

class EachProfile : public ::testing::TestWithParam<Profile> {
 protected:
  static constexpr std::uint32_t kSsrc = 0x01020304;

  static Bytes header(std::uint64_t index, std::uint32_t ssrc = kSsrc) {
    Bytes head = hex("90e000000000000000000000bede000110aa0000");
    head[2] = static_cast<std::byte>(index >> 8 & 0xFF);
    head[3] = static_cast<std::byte>(index & 0xFF);
    for (int i = 0; i < 4; ++i) head[8 + i] = static_cast<std::byte>(ssrc >> (24 - 8 * i) & 0xFF);
    return head;
  }
  Bytes sealed(std::uint64_t index, std::uint32_t ssrc = kSsrc) {
    const Bytes head = header(index, ssrc);
    Bytes out(head.size() + payload_.size() + kOverheadBytesMax);
    out.resize(sender_.protect(ssrc, index, head, payload_, out));
    return out;
  }
  Bytes sealed_rtcp() {
    Bytes out(report_.size() + kOverheadBytesMax);
    out.resize(sender_.protect_rtcp(report_, out));
    return out;
  }
  // The refusal's name, or "" and the plain packet in `packet`.
  std::string opened(Bytes& packet) {
    const auto size = receiver_.unprotect(packet);
    if (!size) return std::string(to_string(size.error()));
    packet.resize(*size);
    return "";
  }
  std::string opened(Bytes&& packet) { return opened(packet); }
  std::string opened_rtcp(Bytes packet) {
    const auto size = receiver_.unprotect_rtcp(packet);
    if (!size) return std::string(to_string(size.error()));
    packet.resize(*size);
    return packet == report_ ? "" : "changed";
  }

  const Bytes payload_ = hex("7c8512345678");
  const Bytes report_ = hex("80c900010102030405060708");
  Sender sender_{GetParam(), kMaster};
  Receiver receiver_{GetParam(), kMaster};
};
INSTANTIATE_TEST_SUITE_P(Srtp, EachProfile,
                         ::testing::Values(Profile::aead_aes_128_gcm, Profile::aes128_cm_sha1_80));

TEST_P(EachProfile, GivesThePacketBack) {
  Bytes packet = sealed(7);
  EXPECT_EQ(packet.size(), header(7).size() + payload_.size() + tag_bytes(GetParam()));
  EXPECT_EQ(opened(packet), "");
  Bytes expected = header(7);
  expected.insert(expected.end(), payload_.begin(), payload_.end());
  EXPECT_EQ(packet, expected);
}

TEST_P(EachProfile, TakesAPacketWithoutPayload) {
  const Bytes head = header(1);
  Bytes packet(head.size() + kOverheadBytesMax);
  packet.resize(sender_.protect(kSsrc, 1, head, {}, packet));
  EXPECT_EQ(opened(packet), "");
  EXPECT_EQ(packet, head);
}

TEST_P(EachProfile, RefusesWhateverWasChanged) {
  const Bytes whole = sealed(7);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Bytes forged = whole;
    forged[at] ^= std::byte{1};
    EXPECT_NE(opened(forged), "") << at;
  }
  EXPECT_EQ(opened(Bytes(whole)), "");  // and nothing of it was remembered
}

TEST_P(EachProfile, RefusesWhateverIsTooShort) {
  const Bytes whole = sealed(7);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(opened(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))), "")
        << size;
  }
}

TEST_P(EachProfile, TakesNothingTwice) {
  const Bytes first = sealed(1);
  EXPECT_EQ(opened(Bytes(first)), "");
  EXPECT_EQ(opened(Bytes(first)), "replayed");
  EXPECT_EQ(opened(sealed(2'000)), "");
  EXPECT_EQ(opened(sealed(1'500)), "");
  EXPECT_EQ(opened(sealed(1'500)), "replayed");
  EXPECT_EQ(opened(sealed(900)), "replayed");  // older than the window
}

TEST_P(EachProfile, FollowsTheSequenceOverItsEnd) {
  for (const std::uint64_t index :
       {65'533, 65'535, 65'537, 65'534, 65'536, 90'000, 120'000, 131'077, 131'070}) {
    EXPECT_EQ(opened(sealed(index)), "") << index;
  }
}

TEST_P(EachProfile, KeepsSourcesApartAndTheirNumberSmall) {
  for (std::uint32_t ssrc = 1; ssrc <= Receiver::kSourcesMax; ++ssrc) {
    EXPECT_EQ(opened(sealed(1, ssrc)), "") << ssrc;
  }
  EXPECT_EQ(opened(sealed(1, 99)), "too-many-sources");
  EXPECT_EQ(opened(sealed(2, 5)), "");
}

TEST_P(EachProfile, ForgeriesTakeNoSourcesPlace) {
  for (std::uint32_t ssrc = 1; ssrc <= 2 * Receiver::kSourcesMax; ++ssrc) {
    Bytes forged = sealed(1, ssrc);
    forged.back() ^= std::byte{1};
    EXPECT_EQ(opened(forged), "unauthentic");
  }
  EXPECT_EQ(opened(sealed(1, 99)), "");
}

TEST_P(EachProfile, CarriesReports) {
  const Bytes first = sealed_rtcp();
  EXPECT_EQ(opened_rtcp(sealed_rtcp()), "");
  EXPECT_EQ(opened_rtcp(first), "");
  EXPECT_EQ(opened_rtcp(first), "replayed");
  const Bytes third = sealed_rtcp();
  for (std::size_t at = 0; at < third.size(); ++at) {
    Bytes forged = third;
    forged[at] ^= std::byte{1};
    EXPECT_NE(opened_rtcp(forged), "") << at;
  }
  for (std::size_t size = 0; size < third.size(); ++size) {
    EXPECT_NE(opened_rtcp(Bytes(third.begin(), third.begin() + static_cast<std::ptrdiff_t>(size))),
              "");
  }
  EXPECT_EQ(opened_rtcp(third), "");
}

}  // namespace
}  // namespace geili::media::srtp
