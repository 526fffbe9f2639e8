#include "media/testing/impairment/line.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace geili::media::testing {
namespace {

using std::chrono::milliseconds;

constexpr Instant kStart{1'000'000'000};
constexpr std::size_t kPacketBytes = 1'000;

Parcel packet(std::uint64_t number, std::size_t bytes = kPacketBytes) {
  return {.flow = number, .bytes = Bytes(bytes)};
}

struct Arrival {
  std::uint64_t number = 0;
  std::int64_t after_us = 0;  // kStart

  friend bool operator==(const Arrival&, const Arrival&) = default;
};

std::vector<Arrival> arrivals(Line& line) {
  std::vector<Arrival> all;
  while (const auto next = line.next()) {
    while (const auto parcel = line.pop(*next)) {
      all.push_back({parcel->flow, (*next - kStart).count()});
    }
  }
  return all;
}

// One packet each millisecond.
std::vector<std::uint64_t> numbers_that_arrive(Line& line, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) line.send(packet(i), kStart + milliseconds(i));
  std::vector<std::uint64_t> numbers;
  for (const Arrival& each : arrivals(line)) numbers.push_back(each.number);
  return numbers;
}

TEST(ImpairedLine, LosesTheSamePacketsWithTheSameSeed) {
  Line one(7, {.loss_permille = 100});
  Line same(7, {.loss_permille = 100, .delay_ms = 40, .jitter_ms = 30});
  Line other(8, {.loss_permille = 100});
  const auto numbers = numbers_that_arrive(one, 1'000);
  EXPECT_EQ(numbers, numbers_that_arrive(same, 1'000));
  EXPECT_NE(numbers, numbers_that_arrive(other, 1'000));
}

TEST(ImpairedLine, LosesTheShareItIsToldTo) {
  Line line(3, {.loss_permille = 50});
  constexpr std::uint64_t kCount = 20'000;
  const auto lost = kCount - numbers_that_arrive(line, kCount).size();
  EXPECT_GT(lost, kCount * 45 / 1'000);
  EXPECT_LT(lost, kCount * 55 / 1'000);
  EXPECT_EQ(line.figures().lost, lost);
}

TEST(ImpairedLine, LosesInRunsOfTheLengthItIsToldTo) {
  Line line(3, {.loss_permille = 100, .burst_packets = 5});
  constexpr std::uint64_t kCount = 30'000;
  const auto numbers = numbers_that_arrive(line, kCount);
  std::size_t runs = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) runs += numbers[i] == numbers[i - 1] + 1 ? 0 : 1;
  const auto lost = static_cast<double>(kCount - numbers.size());
  EXPECT_NEAR(lost / kCount, 0.1, 0.015);
  EXPECT_NEAR(lost / static_cast<double>(runs), 5, 0.5);
}

TEST(ImpairedLine, DelaysEveryPacketByTheSame) {
  Line line(1, {.delay_ms = 50});
  line.send(packet(1), kStart);
  line.send(packet(2), kStart + milliseconds(10));
  EXPECT_FALSE(line.pop(kStart + milliseconds(50) - std::chrono::microseconds(1)));
  EXPECT_EQ(arrivals(line), (std::vector<Arrival>{{1, 50'000}, {2, 60'000}}));
}

TEST(ImpairedLine, JitterSpreadsButKeepsTheOrder) {
  Line line(1, {.delay_ms = 20, .jitter_ms = 30});
  for (std::uint64_t i = 0; i < 500; ++i) line.send(packet(i), kStart);
  const auto all = arrivals(line);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Arrival::number));
  EXPECT_GE(all.front().after_us, 20'000);
  EXPECT_GT(all.back().after_us, 45'000);
  EXPECT_LE(all.back().after_us, 50'000);
}

TEST(ImpairedLine, JitterChangesTheOrderWhenItIsAskedTo) {
  Line line(1, {.jitter_ms = 30, .reorder = true});
  EXPECT_FALSE(std::ranges::is_sorted(numbers_that_arrive(line, 500)));
}

TEST(ImpairedLine, NothingOvertakesWhatWasSentUnderLongerDelay) {
  Line line(1, {.delay_ms = 100});
  line.send(packet(1), kStart);
  line.set({.delay_ms = 10});
  line.send(packet(2), kStart);
  EXPECT_EQ(arrivals(line), (std::vector<Arrival>{{1, 100'000}, {2, 100'000}}));
}

TEST(ImpairedLine, SendsAtTheRate) {
  // A kilobyte a hundredth of a second; the bucket holds three.
  Line line(1, {.rate_kbps = 800});
  for (std::uint64_t i = 0; i < 20; ++i) line.send(packet(i), kStart);
  const auto all = arrivals(line);
  ASSERT_EQ(all.size(), 20U);
  EXPECT_EQ(all[2].after_us, 0);
  EXPECT_EQ(all[3].after_us, 10'000);
  EXPECT_EQ(all[19].after_us, 170'000);
}

TEST(ImpairedLine, DropsWhatItsQueueHasNoRoomFor) {
  Line line(1, {.rate_kbps = 800, .queue_bytes = 5'000});
  for (std::uint64_t i = 0; i < 20; ++i) line.send(packet(i), kStart);
  EXPECT_TRUE(line.is_full(kStart));
  // Three from the bucket and five from the queue.
  EXPECT_EQ(arrivals(line).size(), 8U);
  EXPECT_EQ(line.figures().queue_dropped, 12U);
  EXPECT_FALSE(line.is_full(kStart + milliseconds(50)));
}

TEST(ImpairedLine, KeepsNoMoreThanItsLimitUnderWay) {
  Line line(1, {.delay_ms = 1'000});
  for (std::uint64_t i = 0; i < Line::kParcelsMax + 10; ++i) line.send(packet(i, 1), kStart);
  EXPECT_TRUE(line.is_full(kStart));
  EXPECT_EQ(line.figures().queue_dropped, 10U);
}

TEST(ImpairedLine, SendsSomeTwice) {
  Line line(5, {.duplicate_permille = 100});
  const auto numbers = numbers_that_arrive(line, 1'000);
  EXPECT_EQ(numbers.size(), 1'000 + line.figures().duplicated);
  EXPECT_GT(line.figures().duplicated, 70U);
  EXPECT_LT(line.figures().duplicated, 130U);
}

TEST(ImpairedLine, ACutDropsWhatComesAndWhatIsUnderWay) {
  Line line(1, {.delay_ms = 50});
  Line::StreamPlace place;
  line.send(packet(1), kStart);
  line.send_stream(packet(2), place, {}, kStart);
  line.cut_datagrams(true);
  line.send(packet(3), kStart);
  const auto arrived = line.pop(kStart + milliseconds(60));
  ASSERT_TRUE(arrived);
  EXPECT_EQ(arrived->flow, 2U);
  line.cut_datagrams(false);
  line.send(packet(4), kStart + milliseconds(60));
  EXPECT_EQ(arrivals(line), (std::vector<Arrival>{{4, 110'000}}));
  EXPECT_EQ(line.figures().cut_dropped, 2U);
}

TEST(ImpairedLine, ALostSegmentComesLateAndHoldsUpItsStreamAlone) {
  Line line(1, {.loss_permille = 1'000, .delay_ms = 50});
  Line::StreamPlace place;
  Line::StreamPlace other;
  line.send_stream(packet(1), place, milliseconds(100), kStart);
  line.set({.delay_ms = 50});
  line.send_stream(packet(1), place, milliseconds(100), kStart + milliseconds(1));
  line.send_stream(packet(2), other, milliseconds(100), kStart + milliseconds(1));
  EXPECT_EQ(arrivals(line), (std::vector<Arrival>{{2, 51'000}, {1, 150'000}, {1, 150'000}}));
  EXPECT_EQ(line.figures().stream_losses, 1U);
}

}  // namespace
}  // namespace geili::media::testing
