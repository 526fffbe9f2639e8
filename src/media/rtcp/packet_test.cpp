#include "media/rtcp/packet.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/rtcp/ntp.hpp"

namespace geili::media::rtcp {
namespace {

const ReportBlock kReport{0xAABBCCDD, 25, -3, 0x10005, 77, 0x12345678, 65'536};

TEST(Rtcp, WritesWhatItReads) {
  const std::vector<Packet> packets = {
      SenderReport{1, 0xE0000000'80000000, 90'000, 10, 12'000, {kReport, kReport}},
      ReceiverReport{2, {kReport}},
      ReceiverReport{3, {}},
      SourceDescription{{{1, "geili"}, {2, ""}, {3, "abc"}}},
      Nack{4, 5, {65'530, 65'535, 3, 10, 11, 12, 400}},
      PictureLossIndication{6, 7},
      FullIntraRequest{8, {{9, 1}, {10, 255}}},
      ReceiverEstimate{11, 2'500'000, {12, 13}},
      ReceiverEstimate{11, 150'000, {}},
      TransportFeedback{14, 15, 65'533, -5, 200, {1, std::nullopt, 255, 256, -1, 32'767}},
      Bye{{16, 17}},
  };
  for (const Packet& packet : packets) {
    const auto read = parse(write({packet}));
    ASSERT_TRUE(read) << read.error().code;
    ASSERT_EQ(read->size(), 1U);
    EXPECT_TRUE(read->front() == packet) << packet.index();
  }
  const auto all = parse(write(packets));
  ASSERT_TRUE(all);
  EXPECT_TRUE(*all == packets);
}

TEST(Rtcp, WritesTheBytesOfTheStandards) {
  const struct {
    Packet packet;
    const char* hex;
  } cases[] = {
      {PictureLossIndication{1, 2}, "81ce00020000000100000002"},
      {Nack{1, 2, {5, 6, 21, 22}},
       "81cd0004000000010000000200058001"
       "00160000"},
      {FullIntraRequest{1, {{2, 3}}}, "84ce000400000001000000000000000203000000"},
      {ReceiverEstimate{1, 1'000'000, {2}}, "8fce0005000000010000000052454d42010bd09000000002"},
      {SourceDescription{{{1, "ab"}}}, "81ca0003000000010102616200000000"},
      {ReceiverReport{1, {}}, "80c9000100000001"},
      {Bye{{1}}, "81cb000100000001"},
  };
  for (const auto& one : cases) EXPECT_EQ(to_hex(write({one.packet})), one.hex);
}

TEST(Rtcp, PassesOverWhatItDoesNotKnow) {
  // An extended report, an application packet, slice loss, REMB's format without its name; then a
  // description whose item is not a name, and a report with an extension behind its blocks.
  const auto read =
      parse(*from_hex("80cf000100000001"
                      "80cc000200000001aabbccdd"
                      "82ce00020000000100000002"
                      "8fce0003000000010000000041424344"
                      "81ca000200000001020161"
                      "00"
                      "80c9000200000001ffffffff"));
  ASSERT_TRUE(read) << read.error().code;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_TRUE(read->at(0) == Packet(SourceDescription{{{1, ""}}}));
  EXPECT_TRUE(read->at(1) == Packet(ReceiverReport{1, {}}));
}

TEST(Rtcp, TakesPadding) {
  const auto read = parse(*from_hex("a1ce0003000000010000000200000004"));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->at(0) == Packet(PictureLossIndication{1, 2}));
}

TEST(Rtcp, RefusesBadInput) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"", "rtcp-truncated"},
      {"80", "rtcp-truncated"},
      {"80c90001000000", "rtcp-truncated"},
      {"40c9000100000001", "rtcp-version"},
      {"80c900010000000180", "rtcp-truncated"},  // half a second packet
      {"81c9000100000001", "rtcp-truncated"},    // a block that is not there
      {"80c80001000000010", "rtcp-truncated"},
      {"80c8000100000001", "rtcp-truncated"},
      {"a0c9000100000000", "rtcp-padding"},
      {"a0c9000100000005", "rtcp-padding"},
      {"a0c90000", "rtcp-padding"},
      {"82cb000100000001", "rtcp-truncated"},
      {"81ca000100000001", "rtcp-truncated"},          // a chunk without an end
      {"81ca00020000000101ff6100", "rtcp-truncated"},  // an item too long
      {"81cd00020000000100000002", "rtcp-truncated"},  // asks for nothing
      {"81cd0001"
       "00000001",
       "rtcp-truncated"},
      {"84ce00020000000100000000", "rtcp-truncated"},
      {"84ce0003000000010000000000000001", "rtcp-truncated"},
      {"81ce000100000001", "rtcp-truncated"},
      {"8fce0004000000010000000052454d42020bd090", "rtcp-truncated"},
      {"8fce0004000000010000000052454d4200fc0001", ""},
      {"8fce0004000000010000000052454d4200ffffff", "rtcp-value"},
      {"8fce0004000000010000000052454d42200bd090", "rtcp-limit"},
      {"8fcd000100000001", "rtcp-truncated"},
      {"8fcd00020000000100000002", "twcc-truncated"},
  };
  for (const auto& bad : cases) {
    const auto bytes = from_hex(bad.hex);
    if (!bytes) continue;
    const auto read = parse(*bytes);
    EXPECT_EQ(read ? "" : read.error().code, bad.code) << bad.hex;
  }
}

TEST(Rtcp, KeepsItsLimits) {
  std::string many;
  for (std::size_t i = 0; i <= kPacketsMax; ++i) many += "80c9000100000001";
  EXPECT_EQ(parse(*from_hex(many)).error().code, "rtcp-limit");
  std::string nack =
      "81cd00c8"
      "0000000100000002";  // 198 words of 17 each
  for (int i = 0; i < 198; ++i) nack += "0000ffff";
  EXPECT_EQ(parse(*from_hex(nack)).error().code, "rtcp-limit");
}

TEST(Ntp, KeepsTheTimeOfDay) {
  const Instant now{1'795'000'000'500'000};
  EXPECT_EQ(to_ntp(now) >> 32, 1'795'000'000U + 2'208'988'800U);
  EXPECT_EQ(to_ntp(now) & 0xFFFFFFFF, 0x80000000U);
  for (const std::int64_t us : {0L, 1L, 40'000L, 999'999L, -1L, -2'500'000L, 86'400'000'000L}) {
    const Instant later{now.us + us};
    EXPECT_NEAR(static_cast<double>(ntp_distance_us(to_ntp(later), to_ntp(now))),
                static_cast<double>(us), 1);
  }
  // Over the end of the era in 2036.
  EXPECT_EQ(ntp_distance_us(0x00000001'00000000, 0xFFFFFFFF'00000000), 2'000'000);
}

TEST(Ntp, TellsTheRoundTrip) {
  const Instant sent{1'795'000'000'000'000};
  ReportBlock report;
  EXPECT_FALSE(round_trip_us(report, sent));
  report.last_sr = ntp_middle(to_ntp(sent));
  report.delay_since_sr = to_ntp_interval(std::chrono::milliseconds(400));
  const auto trip = round_trip_us(report, {sent.us + 480'000});
  ASSERT_TRUE(trip);
  EXPECT_NEAR(static_cast<double>(*trip), 80'000, 40);
  EXPECT_EQ(round_trip_us(report, {sent.us + 399'990}), 0);
  EXPECT_FALSE(round_trip_us(report, {sent.us + 300'000}));
  EXPECT_FALSE(round_trip_us(report, {sent.us + 20'000'000}));
}

}  // namespace
}  // namespace geili::media::rtcp
