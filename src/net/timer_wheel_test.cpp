#include "net/timer_wheel.hpp"

#include <map>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace geili::net {
namespace {

struct Entry : TimerEntry {
  std::uint32_t expired_at = 0;
};

class Wheel : public ::testing::Test {
 protected:
  void advance(std::uint32_t ticks) {
    for (std::uint32_t i = 0; i < ticks; ++i) {
      ++now_;
      wheel_.advance([this](TimerEntry& entry) { static_cast<Entry&>(entry).expired_at = now_; });
    }
  }
  TimerWheel wheel_;
  std::uint32_t now_ = 0;
};

TEST_F(Wheel, ExpiresOnTheTickAlsoBeyondOneTurn) {
  for (const std::uint32_t ticks : {1U, 2U, 1022U, 1023U, 1024U, 1025U, 5000U}) {
    Entry entry;
    const std::uint32_t due = now_ + ticks;
    wheel_.arm(entry, ticks);
    advance(ticks - 1);
    EXPECT_TRUE(entry.is_armed()) << ticks;
    EXPECT_EQ(entry.expired_at, 0U) << ticks;
    advance(1);
    EXPECT_EQ(entry.expired_at, due);
    EXPECT_FALSE(entry.is_armed());
  }
}

TEST_F(Wheel, FollowsADeadlineThatMovesLaterAndEarlier) {
  Entry entry;
  wheel_.arm(entry, 10);
  advance(5);
  wheel_.arm(entry, 50);
  advance(20);
  EXPECT_EQ(entry.expired_at, 0U);
  wheel_.arm(entry, 3);
  advance(3);
  EXPECT_EQ(entry.expired_at, 28U);
}

TEST_F(Wheel, ForgetsWhatIsDisarmedAlsoByAnotherThatExpires) {
  Entry first;
  Entry second;
  wheel_.arm(first, 1);
  wheel_.arm(second, 1);
  int calls = 0;
  wheel_.advance([&](TimerEntry& entry) {
    ++calls;
    wheel_.disarm(&entry == &first ? second : first);
    wheel_.arm(entry, 1);
  });
  EXPECT_EQ(calls, 1);
  advance(1);
  EXPECT_EQ(first.expired_at + second.expired_at, 1U);
}

TEST_F(Wheel, AgreesWithAListOfDeadlines) {
  std::mt19937 random(7);
  std::vector<Entry> entries(200);
  std::map<Entry*, std::uint32_t> due;
  for (int round = 0; round < 20'000; ++round) {
    Entry& entry = entries[random() % entries.size()];
    const std::uint32_t ticks = 1 + random() % 3000;
    if (random() % 5 == 0) {
      wheel_.disarm(entry);
      due.erase(&entry);
    } else {
      wheel_.arm(entry, ticks);
      due[&entry] = now_ + ticks;
    }
    entry.expired_at = 0;
    advance(1);
    for (Entry& each : entries) {
      const auto found = due.find(&each);
      const bool should_expire = found != due.end() && found->second == now_;
      ASSERT_EQ(each.expired_at == now_, should_expire);
      if (should_expire) due.erase(found);
    }
  }
}

}  // namespace
}  // namespace geili::net
