#include "media/rtcp/transport_feedback.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "media/rtcp/arrival_log.hpp"

namespace geili::media::rtcp {
namespace {

using Deltas = std::vector<std::optional<std::int16_t>>;

std::string written(const Deltas& deltas) {
  ByteWriter out;
  write_transport_feedback(out, {0, 0, 1, 2, 3, deltas});
  return to_hex(as_bytes(out.view())).substr(16);
}

TEST(TransportFeedback, ChoosesTheChunks) {
  const auto none = std::optional<std::int16_t>();
  EXPECT_EQ(written(Deltas(3, 4)),
            "2003"
            "040404");  // a run of small deltas
  EXPECT_EQ(written(Deltas(2, -1)),
            "4002"
            "ffffffff");  // of large ones
  EXPECT_EQ(written({1, none, 2}),
            "a800"
            "0102");  // a vector of single bits
  EXPECT_EQ(written({1, none, 300}),
            "d200"
            "01012c");  // of pairs: 01 00 10
  Deltas holes(100, none);
  holes.push_back(1);
  EXPECT_EQ(written(holes),
            "0064"
            "2001"
            "01");
}

TEST(TransportFeedback, ReadsTheDraftsForms) {
  // Base 5, 7 packets, reference 3, number 9: pairs of bits, then a run of missing ones.
  const auto read =
      parse_transport_feedback(*from_hex("00050009000003"
                                         "09"
                                         "d900"
                                         "0002"
                                         "01"
                                         "fffe"
                                         "00"));
  ASSERT_TRUE(read) << read.error().code;
  EXPECT_EQ(read->base_sequence, 5);
  EXPECT_EQ(read->reference_time, 3);
  EXPECT_EQ(read->count, 9);
  const auto none = std::optional<std::int16_t>();
  EXPECT_EQ(read->deltas, (Deltas{1, -2, 0, none, none, none, none, none, none}));
}

TEST(TransportFeedback, RefusesBadInput) {
  const struct {
    const char* hex;
    const char* code;
  } cases[] = {
      {"", "twcc-truncated"},
      {"00010001000000", "twcc-truncated"},
      {"0001000000000000", "twcc-empty"},
      {"0001080100000000", "twcc-limit"},
      {"0001000100000000", "twcc-truncated"},        // no chunk
      {"00010001000000002001", "twcc-truncated"},    // no delta
      {"0001000100000000400100", "twcc-truncated"},  // half a delta
      {"000100010000000060010000", "twcc-value"},    // the reserved symbol
      {"0001000100000000f000", "twcc-value"},
      {"00010002000000002001"
       "00",
       "twcc-truncated"},  // a second chunk is missing
      {"00010002000000000000"
       "0000",
       "twcc-truncated"},
  };
  for (const auto& bad : cases) {
    const auto read = parse_transport_feedback(*from_hex(bad.hex));
    ASSERT_FALSE(read) << bad.hex;
    EXPECT_EQ(read.error().code, bad.code) << bad.hex;
  }
}

TEST(TransportFeedback, WritesWhatItReads) {
  std::mt19937 random(3);
  for (int round = 0; round < 2'000; ++round) {
    TransportFeedback feedback;
    feedback.base_sequence = static_cast<std::uint16_t>(random());
    feedback.reference_time = static_cast<std::int32_t>(random() << 8) >> 8;
    feedback.count = static_cast<std::uint8_t>(random());
    const std::size_t count = 1 + random() % 300;
    while (feedback.deltas.size() < count) {
      const unsigned kind = random() % 4;
      const std::size_t run = 1 + random() % 20;
      for (std::size_t i = 0; i < run; ++i) {
        if (kind == 0) {
          feedback.deltas.emplace_back();
        } else {
          feedback.deltas.emplace_back(
              static_cast<std::int16_t>(kind == 1 ? static_cast<int>(random()) : random() % 256));
        }
      }
    }
    ByteWriter out;
    write_transport_feedback(out, feedback);
    const auto read = parse_transport_feedback(as_bytes(out.view()));
    ASSERT_TRUE(read) << read.error().code;
    ASSERT_TRUE(*read == feedback) << round;
  }
}

class ArrivalLogTest : public ::testing::Test {
 protected:
  static Instant at_ms(std::int64_t ms) { return {1'795'000'000'000'000 + ms * 1'000}; }
  // "100:5 101:- " with the milliseconds after at_ms(0).
  static std::string told(const std::vector<TransportFeedback>& feedback) {
    std::string out;
    for (const TransportFeedback& one : feedback) {
      std::int64_t at_us = std::int64_t{one.reference_time} * kReferenceTickUs;
      std::uint16_t sequence = one.base_sequence;
      for (const auto& delta : one.deltas) {
        out += std::to_string(sequence++) + ":";
        if (delta) {
          at_us += *delta * kArrivalTickUs;
          // The reference has 24 bits.
          const std::int64_t cycle_us = kReferenceTickUs << 24;
          const std::int64_t since_us = ((at_us - at_ms(0).us) % cycle_us + cycle_us) % cycle_us;
          out += std::to_string(since_us / 1'000) + " ";
        } else {
          out += "- ";
        }
      }
    }
    return out;
  }
  ArrivalLog log_;
};

TEST_F(ArrivalLogTest, TellsEachPacketOnceAndInTime) {
  EXPECT_TRUE(log_.due(at_ms(0)).empty());
  log_.received(65'534, at_ms(1));
  log_.received(0, at_ms(6));
  EXPECT_TRUE(log_.due(at_ms(90)).empty());
  EXPECT_EQ(told(log_.due(at_ms(101))), "65534:1 65535:- 0:6 ");
  EXPECT_TRUE(log_.due(at_ms(300)).empty());
  log_.received(2, at_ms(301));
  EXPECT_EQ(told(log_.due(at_ms(301))), "1:- 2:301 ");
  for (int i = 0; i < 30; ++i) log_.received(static_cast<std::uint16_t>(3 + i), at_ms(310 + i));
  EXPECT_TRUE(log_.due(at_ms(340)).empty());
  const auto soon = log_.due(at_ms(351));  // many: the shorter interval
  ASSERT_EQ(soon.size(), 1U);
  EXPECT_EQ(soon[0].deltas.size(), 30U);
  EXPECT_EQ(soon[0].count, 2);
}

TEST_F(ArrivalLogTest, TellsLatePacketsWithTheirNeighbours) {
  for (const std::uint16_t number : {10, 11, 13}) log_.received(number, at_ms(number));
  EXPECT_EQ(told(log_.due(at_ms(111))), "10:10 11:11 12:- 13:13 ");
  log_.received(12, at_ms(120));
  log_.received(14, at_ms(125));
  EXPECT_EQ(told(log_.due(at_ms(225))), "12:120 13:13 14:125 ");
  log_.received(15, at_ms(5'000));
  EXPECT_EQ(told(log_.due(at_ms(5'000))), "15:5000 ");
  log_.received(13, at_ms(5'050));  // forgotten by now
  EXPECT_TRUE(log_.due(at_ms(5'200)).empty());
}

TEST_F(ArrivalLogTest, DividesWhatDoesNotFit) {
  log_.received(0, at_ms(0));
  log_.received(1, at_ms(9'000));  // more than a delta can say
  EXPECT_EQ(told(log_.due(at_ms(9'000))), "0:0 1:9000 ");
  log_.received(1'500, at_ms(9'100));
  const auto divided = log_.due(at_ms(9'100));
  ASSERT_EQ(divided.size(), 4U);
  for (const TransportFeedback& one : divided) EXPECT_LE(one.deltas.size(), 400U);
  EXPECT_EQ(divided.back().base_sequence + divided.back().deltas.size(), 1'501U);
  log_.received(20'000, at_ms(9'200));  // a new beginning
  EXPECT_EQ(told(log_.due(at_ms(9'300))), "20000:9200 ");
}

}  // namespace
}  // namespace geili::media::rtcp
