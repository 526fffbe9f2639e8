// What happens to the packets of one source before they are put together: numbers, reports,
// retransmission, order.
#include "media/rtp/reception.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/rtp/nack_tracker.hpp"
#include "media/rtp/reorder_buffer.hpp"
#include "media/rtp/sequence.hpp"

namespace geili::media::rtp {
namespace {

constexpr Instant at_ms(std::int64_t ms) {
  return {1'000'000'000 + ms * 1'000};
}

TEST(Unwrapper, TakesTheNearestValue) {
  SequenceUnwrapper numbers;
  const struct {
    std::uint16_t wire;
    std::int64_t unwrapped;
  } cases[] = {{65'530, 65'530}, {65'535, 65'535}, {2, 65'538},       {65'534, 65'534},
               {3, 65'539},      {32'000, 97'536}, {64'000, 129'536}, {100, 131'172}};
  for (const auto& step : cases) EXPECT_EQ(numbers.unwrap(step.wire), step.unwrapped);
  SequenceUnwrapper early;
  EXPECT_EQ(early.unwrap(1), 1);
  EXPECT_EQ(early.unwrap(65'535), -1);
  TimestampUnwrapper stamps;
  stamps.unwrap(0xFFFFFF00);
  EXPECT_EQ(stamps.peek(0x100), 0x1'0000'0100);
  EXPECT_EQ(stamps.unwrap(0xFFFFFE00), 0xFFFFFE00);
}

TEST(SequenceTracker, BelievesAFarNumberOnlyWhenTheNextFollows) {
  SequenceTracker numbers;
  EXPECT_TRUE(numbers.place(100)->restarted);
  EXPECT_EQ(numbers.place(101)->sequence, 101);
  EXPECT_EQ(numbers.place(99)->sequence, 99);
  EXPECT_FALSE(numbers.place(40'000));
  EXPECT_EQ(numbers.place(102)->sequence, 102);
  EXPECT_FALSE(numbers.place(40'001));  // not in a row: 102 came between
  EXPECT_FALSE(numbers.place(50'000));
  const auto restarted = numbers.place(50'001);
  ASSERT_TRUE(restarted);
  EXPECT_TRUE(restarted->restarted);
  EXPECT_EQ(restarted->sequence, 65'536 + 50'001);
  EXPECT_EQ(numbers.place(50'002)->sequence, 65'536 + 50'002);
}

TEST(ReceptionStatistics, CountsAsTheStandardDoes) {
  ReceptionStatistics statistics(90'000);
  EXPECT_FALSE(statistics.next_interval());
  for (int i = 0; i < 100; ++i) {
    if (i % 10 == 5) continue;
    statistics.received(65'500 + i, i == 0, 0, at_ms(i));
  }
  const auto first = statistics.next_interval();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->lost, 10);
  EXPECT_EQ(first->fraction_lost, 25);  // 10 of 100, in 1/256
  EXPECT_EQ(first->highest_sequence, 65'599U);
  statistics.received(65'505, false, 0, at_ms(101));  // one that was only late
  statistics.received(65'600, false, 0, at_ms(102));
  const auto second = statistics.next_interval();
  EXPECT_EQ(second->lost, 9);
  EXPECT_EQ(second->fraction_lost, 0);
  statistics.received(200'000, true, 0, at_ms(103));
  EXPECT_EQ(statistics.next_interval()->lost, 0);
}

TEST(ReceptionStatistics, SmoothsTheJitter) {
  ReceptionStatistics statistics(90'000);
  for (int i = 0; i < 400; ++i) {
    // Every other picture comes 4 ms late; the packets of one picture are spread over 8 ms.
    const std::int64_t sent = i * 33 + (i % 2) * 4;
    statistics.received(2 * i, i == 0, static_cast<std::uint32_t>(i * 33 * 90), at_ms(sent));
    statistics.received(2 * i + 1, false, static_cast<std::uint32_t>(i * 33 * 90), at_ms(sent + 8));
  }
  EXPECT_NEAR(static_cast<double>(statistics.jitter_us()), 4'000, 200);
}

std::string text(const std::vector<std::uint16_t>& sequences) {
  std::string joined;
  for (const std::uint16_t sequence : sequences) joined += std::to_string(sequence) + " ";
  return joined;
}

TEST(NackTracker, AsksAtOnceAndThenEachRoundTripUntilItIsTooLate) {
  NackTracker nack(NackLimits{.give_up_us = 300'000});
  nack.received(65'534, at_ms(0));
  nack.received(65'538, at_ms(10));
  EXPECT_EQ(text(nack.due(at_ms(10), 80'000)), "65535 0 1 ");
  EXPECT_EQ(text(nack.due(at_ms(60), 80'000)), "");
  nack.received(65'536, at_ms(70));
  nack.received(65'540, at_ms(75));
  EXPECT_EQ(text(nack.due(at_ms(75), 80'000)), "3 ");
  EXPECT_EQ(text(nack.due(at_ms(101), 80'000)), "65535 1 ");
  EXPECT_EQ(text(nack.due(at_ms(310), 80'000)), "3 ");
  EXPECT_EQ(nack.missing(), 1U);
  EXPECT_EQ(nack.recovered(), 1U);
  EXPECT_EQ(nack.given_up(), 2U);
}

TEST(NackTracker, MeasuresByAnswersToASingleQuestionAlone) {
  NackTracker nack;
  nack.received(1, at_ms(0));
  nack.received(5, at_ms(10));
  EXPECT_EQ(text(nack.due(at_ms(10), 40'000)), "2 3 4 ");
  nack.received(2, at_ms(12));  // overtaken, not asked for in vain
  EXPECT_FALSE(nack.round_trip_us());
  nack.received(3, at_ms(50), true);
  EXPECT_EQ(nack.round_trip_us(), 40'000);
  EXPECT_EQ(text(nack.due(at_ms(60), 40'000)), "4 ");
  nack.received(4, at_ms(61), true);
  EXPECT_EQ(nack.round_trip_us(), 40'000);
}

TEST(NackTracker, KeepsItsLimit) {
  NackTracker nack(NackLimits{.missing_max = 4});
  nack.received(0, at_ms(0));
  nack.received(100'000, at_ms(1));
  EXPECT_EQ(nack.missing(), 4U);
  nack.received(100'003, at_ms(2));
  EXPECT_EQ(text(nack.due(at_ms(2), 0)), text({34'462, 34'463, 34'465, 34'466}));
  EXPECT_EQ(nack.given_up(), 99'999U - 4 + 2);
  nack.restart(200'000);
  EXPECT_EQ(nack.missing(), 0U);
}

class ReorderTest : public ::testing::Test {
 protected:
  void push(std::int64_t sequence, std::int64_t ms) {
    buffer_.push({sequence, 0, false, {}}, at_ms(ms));
  }
  // "3" for a packet, "-4*2" for a gap of two from 4.
  std::string pop(std::int64_t ms) {
    std::string out;
    while (const auto next = buffer_.pop(at_ms(ms))) {
      if (const auto* gap = std::get_if<Gap>(&*next)) {
        out += "-" + std::to_string(gap->first) + "*" + std::to_string(gap->count) + " ";
      } else {
        out += std::to_string(std::get<OrderedPacket>(*next).sequence) + " ";
      }
    }
    return out;
  }
  ReorderBuffer buffer_{ReorderLimits{.packets_max = 8, .patience_us = 100'000, .settle_us = 0}};
};

TEST_F(ReorderTest, PutsInOrderAndDropsCopies) {
  push(10, 0);
  push(12, 1);
  push(12, 1);
  EXPECT_EQ(pop(1), "10 ");
  push(11, 2);
  EXPECT_EQ(pop(2), "11 12 ");
  push(11, 3);
  EXPECT_EQ(pop(3), "");
  EXPECT_EQ(buffer_.duplicates(), 1U);
  EXPECT_EQ(buffer_.late(), 1U);
}

TEST_F(ReorderTest, WaitsForEachGapFromWhenItWasSeen) {
  push(1, 0);
  push(4, 10);
  EXPECT_EQ(pop(10), "1 ");
  push(8, 50);
  push(3, 100);  // again: the gap is as old as before
  EXPECT_EQ(buffer_.deadline(), at_ms(110));
  EXPECT_EQ(pop(109), "");
  EXPECT_EQ(pop(110), "-2*1 3 4 ");
  push(7, 140);
  EXPECT_EQ(buffer_.deadline(), at_ms(150));
  EXPECT_EQ(pop(149), "");
  EXPECT_EQ(pop(150), "-5*2 7 8 ");
  EXPECT_FALSE(buffer_.deadline());
}

TEST_F(ReorderTest, BeginsWithAPacketThatWasOvertaken) {
  buffer_ = ReorderBuffer(ReorderLimits{.settle_us = 30'000});
  push(6, 0);
  EXPECT_EQ(pop(0), "");
  push(5, 10);
  EXPECT_EQ(pop(29), "");
  EXPECT_EQ(pop(30), "5 6 ");
  push(7, 31);
  EXPECT_EQ(pop(31), "7 ");
}

TEST_F(ReorderTest, StopsWaitingWhenFull) {
  push(0, 0);
  EXPECT_EQ(pop(0), "0 ");
  for (int i = 0; i < 7; ++i) push(2 + i, 1);
  EXPECT_EQ(pop(1), "");
  push(9, 1);
  EXPECT_EQ(pop(1), "-1*1 2 3 4 5 6 7 8 9 ");
}

}  // namespace
}  // namespace geili::media::rtp
