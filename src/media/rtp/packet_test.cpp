#include "media/rtp/packet.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "media/rtp/rtx.hpp"

namespace geili::media::rtp {
namespace {

TEST(RtpPacket, ReadsEveryPart) {
  // Padding, extension and two contributors; marker, type 96.
  const Bytes bytes = *from_hex(
      "b2e0fffe"
      "0000000a"
      "11223344"
      "a1a1a1a1b2b2b2b2"
      "bede0002"
      "10aa320102030000"
      "c0ffee0003");
  const auto packet = parse_packet(bytes);
  ASSERT_TRUE(packet) << packet.error().code;
  EXPECT_TRUE(packet->header.marker);
  EXPECT_EQ(packet->header.payload_type, 96);
  EXPECT_EQ(packet->header.sequence, 0xFFFE);
  EXPECT_EQ(packet->header.timestamp, 10U);
  EXPECT_EQ(packet->header.ssrc, 0x11223344U);
  EXPECT_EQ(to_hex(packet->header.csrcs), "a1a1a1a1b2b2b2b2");
  EXPECT_EQ(packet->header.bytes, 32U);
  EXPECT_EQ(to_hex(packet->payload), "c0ff");
  EXPECT_EQ(extension_number(packet->header, 1, 1), 0xAAU);
  EXPECT_EQ(extension_number(packet->header, 3, 3), 0x010203U);
  EXPECT_FALSE(extension_number(packet->header, 3, 2));
  EXPECT_FALSE(find_extension(packet->header, 2));
}

TEST(RtpPacket, RefusesBadInput) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"", "rtp-truncated"},
      {"8060000100000000112233", "rtp-truncated"},
      {"406000010000000011223344", "rtp-version"},
      {"8160000100000000112233440000", "rtp-truncated"},  // a contributor and a half
      {"90600001000000001122334400", "rtp-truncated"},    // no room for the extension head
      {"906000010000000011223344bede0002aabbccdd", "rtp-truncated"},
      {"a06000010000000011223344", "rtp-padding"},    // padding of nothing
      {"a0600001000000001122334400", "rtp-padding"},  // of no bytes
      {"a06000010000000011223344ff02", ""},
      {"a06000010000000011223344ff03", "rtp-padding"},
  };
  for (const auto& bad : cases) {
    const Bytes bytes = *from_hex(bad.hex);
    const auto packet = parse_packet(bytes);
    EXPECT_EQ(packet ? "" : packet.error().code, bad.code) << bad.hex;
  }
}

TEST(RtpPacket, ReadsTheHeaderOfWhatIsStillEncrypted) {
  const Bytes bytes = *from_hex("a06000010000000011223344ffff");
  ASSERT_TRUE(parse_header(bytes));
  EXPECT_TRUE(parse_header(bytes)->padded);
  EXPECT_FALSE(parse_packet(bytes));
}

std::string ids_of(const char* extension_hex, std::uint16_t profile) {
  const Bytes data = *from_hex(extension_hex);
  Header header;
  header.extension_profile = profile;
  header.extension = data;
  std::string found;
  ExtensionReader reader(header);
  while (const auto extension = reader.next()) {
    found += std::to_string(extension->id) + "=" + to_hex(extension->data) + " ";
  }
  return found;
}

TEST(RtpExtensions, WalksBothFormsAndStopsAtNonsense) {
  EXPECT_EQ(ids_of("10aa0000210b0c00", kOneByteExtensions), "1=aa 2=0b0c ");
  EXPECT_EQ(ids_of("10aaf0ff20bb0000", kOneByteExtensions), "1=aa ");  // 15 ends
  EXPECT_EQ(ids_of("10aa2fbb", kOneByteExtensions), "1=aa ");          // 16 bytes promised
  EXPECT_EQ(ids_of("01ffff10aa000000", kOneByteExtensions), "1=aa ");  // id 0 with a length
  EXPECT_EQ(ids_of("0102aabb00100005", kTwoByteExtensions | 7), "1=aabb 16= ");
  EXPECT_EQ(ids_of("0101aa05", kTwoByteExtensions), "1=aa ");
  EXPECT_EQ(ids_of("10aa0000", 0x4242), "");
  EXPECT_EQ(ids_of("", kOneByteExtensions), "");
}

TEST(RtpPacket, WritesWhatItReads) {
  const Bytes short_data = *from_hex("0102");
  const Bytes long_data(17, std::byte{7});
  const std::array<Extension, 2> one_byte{{{3, short_data}, {14, ByteView(long_data).first(16)}}};
  const std::array<Extension, 2> two_byte{{{3, short_data}, {200, long_data}}};
  for (const auto extensions : {std::span<const Extension>(), std::span<const Extension>(one_byte),
                                std::span<const Extension>(two_byte)}) {
    for (const std::uint8_t padding : {0, 1, 200}) {
      HeaderFields fields{true, 111, 0xFFFF, 0x80000000, 0xDEADBEEF, extensions};
      const Bytes written = write_packet(fields, short_data, padding);
      EXPECT_EQ(written.size(), header_bytes(fields) + 2 + padding);
      const auto read = parse_packet(written);
      ASSERT_TRUE(read) << read.error().code;
      EXPECT_EQ(read->header.bytes, header_bytes(fields));
      EXPECT_TRUE(read->header.marker);
      EXPECT_EQ(read->header.payload_type, 111);
      EXPECT_EQ(read->header.sequence, 0xFFFF);
      EXPECT_EQ(read->header.timestamp, 0x80000000U);
      EXPECT_EQ(read->header.ssrc, 0xDEADBEEFU);
      EXPECT_EQ(to_hex(read->payload), "0102");
      for (const Extension& extension : extensions) {
        const auto found = find_extension(read->header, extension.id);
        ASSERT_TRUE(found);
        EXPECT_EQ(to_hex(*found), to_hex(extension.data));
      }
    }
  }
}

TEST(Rtcp, IsToldFromRtp) {
  for (const char* rtcp : {"80c8", "81cd", "8fce"}) EXPECT_TRUE(is_rtcp(*from_hex(rtcp))) << rtcp;
  for (const char* rtp : {"8060", "80e0", "806f", "80", ""}) {
    EXPECT_FALSE(is_rtcp(*from_hex(rtp))) << rtp;
  }
}

TEST(Rtx, GivesBackThePacketThatWasLost) {
  const Bytes payload = *from_hex("41424344");
  HeaderFields fields;
  fields.payload_type = 97;
  fields.sequence = 5;
  fields.timestamp = 900;
  fields.ssrc = 2;
  fields.marker = true;
  const Bytes sent = write_packet(fields, rtx_payload(0xFFFE, payload));
  const auto restored = restore_rtx(*parse_packet(sent), 1, 96);
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->header.sequence, 0xFFFE);
  EXPECT_EQ(restored->header.ssrc, 1U);
  EXPECT_EQ(restored->header.payload_type, 96);
  EXPECT_EQ(restored->header.timestamp, 900U);
  EXPECT_TRUE(restored->header.marker);
  EXPECT_EQ(to_hex(restored->payload), "41424344");
  for (const std::size_t bytes : {0, 1, 2}) {
    EXPECT_FALSE(
        restore_rtx(*parse_packet(write_packet(fields, ByteView(payload).first(bytes), 9)), 1, 96))
        << bytes;
  }
}

}  // namespace
}  // namespace geili::media::rtp
