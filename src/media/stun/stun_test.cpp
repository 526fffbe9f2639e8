#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "media/stun/builder.hpp"
#include "media/stun/checksum.hpp"
#include "media/stun/message.hpp"

namespace geili::media::stun {
namespace {

// The vectors of RFC 5769 sections 2.1 to 2.3.
constexpr std::string_view kPassword = "VOkJxbRl1RmTxUk/WvJxBt";
constexpr std::string_view kSampleRequestHex =
    "000100582112a442b7e7a701bc34d686fa87dfae"
    "802200105354554e207465737420636c69656e74"
    "002400046e0001ff80290008932ff9b151263b36"
    "000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
    "80280004e57a3bcf";
constexpr std::string_view kSampleResponseV4Hex =
    "0101003c2112a442b7e7a701bc34d686fa87dfae"
    "8022000b7465737420766563746f7220"
    "002000080001a147e112a643"
    "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
    "80280004c07d4c96";
constexpr std::string_view kSampleResponseV6Hex =
    "010100482112a442b7e7a701bc34d686fa87dfae"
    "8022000b7465737420766563746f7220"
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
    "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
    "80280004c8fb0b4c";

constexpr std::string_view kHeader = "2112a442000102030405060708090a0b";

// A binding request around `attributes`, without sums.
Bytes request_with(std::string_view attributes_hex) {
  const std::string length =
      to_hex(std::array{static_cast<std::byte>(attributes_hex.size() / 512),
                        static_cast<std::byte>(attributes_hex.size() / 2 % 256)});
  return *from_hex("0001" + length + std::string(kHeader) + std::string(attributes_hex));
}

TransactionId some_id() {
  TransactionId id{};
  for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(i * 7);
  return id;
}

TEST(Stun, ReadsTheSampleRequest) {
  const Bytes packet = *from_hex(kSampleRequestHex);
  EXPECT_TRUE(looks_like_stun(packet));
  const auto message = MessageView::parse(packet);
  ASSERT_TRUE(message) << message.error().detail;
  EXPECT_EQ(message->message_class(), Class::request);
  EXPECT_EQ(message->method(), kBinding);
  EXPECT_EQ(message->username(), "evtj:h6vY");
  EXPECT_EQ(message->priority(), 0x6E00'01FFU);
  EXPECT_EQ(message->ice_controlled(), 0x932F'F9B1'5126'3B36U);
  EXPECT_FALSE(message->ice_controlling());
  EXPECT_FALSE(message->use_candidate());
  EXPECT_TRUE(message->has_fingerprint());
  EXPECT_TRUE(message->has_integrity(kPassword));
  EXPECT_FALSE(message->has_integrity("VOkJxbRl1RmTxUk/WvJxBu"));
  EXPECT_FALSE(message->has_integrity(""));
}

TEST(Stun, ReadsTheSampleResponses) {
  const struct {
    std::string_view hex;
    const char* address;
  } cases[] = {{kSampleResponseV4Hex, "udp 192.0.2.1:32853"},
               {kSampleResponseV6Hex, "udp [2001:db8:1234:5678:11:2233:4455:6677]:32853"}};
  for (const auto& sample : cases) {
    const Bytes packet = *from_hex(sample.hex);
    const auto message = MessageView::parse(packet);
    ASSERT_TRUE(message) << message.error().detail;
    EXPECT_EQ(message->message_class(), Class::success);
    EXPECT_TRUE(message->has_integrity(kPassword));
    ASSERT_TRUE(message->xor_mapped_address());
    EXPECT_EQ(message->xor_mapped_address()->to_text(), sample.address);
  }
}

TEST(Stun, ReadsBackWhatItWrites) {
  const std::string packet = MessageBuilder(Class::request, some_id())
                                 .username("left:right")
                                 .priority(7)
                                 .use_candidate()
                                 .ice_controlling(1ULL << 63U)
                                 .finish("key");
  const auto message = MessageView::parse(as_bytes(packet));
  ASSERT_TRUE(message) << message.error().detail;
  EXPECT_EQ(message->transaction(), some_id());
  EXPECT_EQ(message->username(), "left:right");
  EXPECT_EQ(message->priority(), 7U);
  EXPECT_TRUE(message->use_candidate());
  EXPECT_EQ(message->ice_controlling(), 1ULL << 63U);
  EXPECT_TRUE(message->has_integrity("key"));
  EXPECT_TRUE(message->has_fingerprint());
}

TEST(Stun, WritesAddressesOfBothFamilies) {
  for (const char* text : {"203.0.113.9", "2001:db8::9"}) {
    const TransportAddress address{*IpAddress::parse(text), 65'000, Transport::udp};
    const std::string packet =
        MessageBuilder(Class::success, some_id()).xor_mapped_address(address).finish();
    const auto message = MessageView::parse(as_bytes(packet));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->xor_mapped_address(), address);
    EXPECT_FALSE(message->has_integrity("key"));
  }
}

TEST(Stun, WritesErrors) {
  for (const unsigned code : {400U, 401U, 420U, 487U}) {
    const std::array<std::uint16_t, 3> unknown{0x0030, 0x7FFF, 0x0031};
    const std::string packet = MessageBuilder(Class::error, some_id())
                                   .error(code)
                                   .unknown_attributes(unknown)
                                   .finish("key");
    const auto message = MessageView::parse(as_bytes(packet));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->message_class(), Class::error);
    ASSERT_TRUE(message->error_code());
    EXPECT_EQ(message->error_code()->code, code);
    EXPECT_FALSE(message->error_code()->reason.empty());
    EXPECT_EQ(to_hex(*message->find(AttributeType::unknown_attributes)), "00307fff0031");
  }
}

TEST(Stun, KeepsTheClassesApart) {
  for (const Class c : {Class::request, Class::indication, Class::success, Class::error}) {
    const std::string packet = MessageBuilder(c, some_id(), 0xABC).finish();
    const auto message = MessageView::parse(as_bytes(packet));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->message_class(), c);
    EXPECT_EQ(message->method(), 0xABC);
  }
}

TEST(Stun, NamesUnknownRequiredAttributes) {
  // 0x0033 and 0x7ABC must be understood; 0xC057 need not be.
  const Bytes packet = request_with(
      "00330000c057000401020304"
      "7abc000161000000"
      "00250000");
  const auto message = MessageView::parse(packet);
  ASSERT_TRUE(message) << message.error().detail;
  std::array<std::uint16_t, 4> types{};
  ASSERT_EQ(message->unknown_required(types), 2U);
  EXPECT_EQ(types[0], 0x0033);
  EXPECT_EQ(types[1], 0x7ABC);
  EXPECT_EQ(message->unknown_required(std::span(types).first(1)), 1U);
  EXPECT_TRUE(message->use_candidate());
}

TEST(Stun, IgnoresWhatFollowsTheIntegrity) {
  std::string packet = MessageBuilder(Class::request, some_id()).username("a:b").finish("key");
  packet.resize(packet.size() - 8);  // FINGERPRINT
  packet += std::string("\x00\x25\x00\x00\x00\x33\x00\x00", 8);
  packet[3] = static_cast<char>(packet.size() - kHeaderBytes);
  const auto message = MessageView::parse(as_bytes(packet));
  ASSERT_TRUE(message) << message.error().detail;
  EXPECT_TRUE(message->has_integrity("key"));
  EXPECT_FALSE(message->use_candidate());
  std::array<std::uint16_t, 4> types{};
  EXPECT_EQ(message->unknown_required(types), 0U);
}

TEST(Stun, EveryChangedBitIsNoticed) {
  const std::string packet =
      MessageBuilder(Class::request, some_id()).username("a:b").priority(1).finish("key");
  for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
    std::string changed = packet;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    const auto message = MessageView::parse(as_bytes(changed));
    // FINGERPRINT may turn into an optional attribute behind the integrity, which nobody reads.
    const bool believed = message && message->has_integrity("key") && message->has_fingerprint();
    EXPECT_FALSE(believed) << bit;
  }
}

TEST(Stun, RefusesBadInput) {
  std::string many;
  for (std::size_t i = 0; i <= kAttributesMax; ++i) many += "80220000";
  const Bytes large(kMessageBytesMax + 1);
  const struct {
    Bytes packet;
    const char* code;
  } cases[] = {
      {{}, "stun-header"},
      {*from_hex("00010000"), "stun-header"},
      {*from_hex("00010000"
                 "2112a443"
                 "000102030405060708090a0b"),
       "stun-header"},
      {*from_hex("80010000"
                 "2112a442"
                 "000102030405060708090a0b"),
       "stun-header"},
      {*from_hex("00010004"
                 "2112a442"
                 "000102030405060708090a0b"),
       "stun-length"},
      {*from_hex("00010002"
                 "2112a442"
                 "000102030405060708090a0b"
                 "0000"),
       "stun-length"},
      {request_with("00060005"
                    "61626364"),
       "stun-attribute"},                                    // runs past the end
      {request_with("0024000100000000"), "stun-attribute"},  // PRIORITY of one byte
      {request_with("0025000400000000"), "stun-attribute"},  // USE-CANDIDATE with a value
      {request_with("802a000400000000"), "stun-attribute"},  // half a tie-breaker
      {request_with("0008000400000000"), "stun-attribute"},  // a short integrity
      {request_with("80280004"
                    "00000000"),
       "stun-fingerprint"},
      {request_with(many), "stun-limit"},
      {large, "stun-limit"},
  };
  for (const auto& bad : cases) {
    const auto message = MessageView::parse(bad.packet);
    ASSERT_FALSE(message) << to_hex(bad.packet);
    EXPECT_EQ(message.error().code, bad.code) << to_hex(bad.packet);
  }
}

TEST(Stun, RefusesAnAttributeBehindTheFingerprint) {
  std::string packet = MessageBuilder(Class::request, some_id()).finish();
  packet += std::string("\x80\x22\x00\x00", 4);
  packet[3] = static_cast<char>(packet.size() - kHeaderBytes);
  const auto message = MessageView::parse(as_bytes(packet));
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().code, "stun-fingerprint");
}

TEST(Stun, ReadsNoAddressOrErrorOutOfMalformedOnes) {
  for (const char* hex :
       {"0020000400010000", "002000080002a147e112a643", "002000080003a147e112a643"}) {
    const Bytes packet = request_with(hex);
    const auto message = MessageView::parse(packet);
    ASSERT_TRUE(message) << hex;
    EXPECT_FALSE(message->xor_mapped_address()) << hex;
  }
  for (const char* hex : {"0009000200000000", "0009000400000200", "0009000400000464"}) {
    const Bytes packet = request_with(hex);
    const auto message = MessageView::parse(packet);
    ASSERT_TRUE(message) << hex;
    EXPECT_FALSE(message->error_code()) << hex;
  }
}

TEST(Stun, TellsOtherProtocolsApart) {
  EXPECT_FALSE(looks_like_stun(*from_hex("16fefd0000000000000000002112a442aabbccdd")));  // DTLS
  EXPECT_FALSE(looks_like_stun(*from_hex("806f0001000000012112a4420000000000000000")));  // RTP
  EXPECT_EQ(crc32(as_bytes("123456789")), 0xCBF4'3926U);
}

}  // namespace
}  // namespace geili::media::stun
