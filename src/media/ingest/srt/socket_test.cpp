#include "media/ingest/srt/socket.hpp"

#include <gtest/gtest.h>

#include "media/ingest/srt/refused_keys.hpp"

namespace geili::media::srt {
namespace {

TEST(SrtMessage, NumbersTellWhatIsMissing) {
  EXPECT_EQ(missing_between(7, 8), 0U);
  EXPECT_EQ(missing_between(7, 10), 2U);
  EXPECT_EQ(missing_between(0x7FFF'FFFF, 0), 0U);
  EXPECT_EQ(missing_between(0x7FFF'FFFE, 2), 3U);
}

TEST(SrtRefusedKeys, AreKeptForAWhile) {
  RefusedKeys keys(0x5eed);
  EXPECT_FALSE(keys.has("wrong", 100));
  keys.add("wrong", 100);
  EXPECT_TRUE(keys.has("wrong", 100));
  EXPECT_TRUE(keys.has("wrong", 129));
  EXPECT_FALSE(keys.has("wrong", 130));
  EXPECT_FALSE(keys.has("right", 100));
  EXPECT_FALSE(keys.has("", 0));
}

TEST(SrtRefusedKeys, HoldsTheLastOnes) {
  RefusedKeys keys(0x5eed);
  for (int i = 0; i < 10'000; ++i) keys.add("key-" + std::to_string(i), 100);
  EXPECT_TRUE(keys.has("key-9999", 100));
  int kept = 0;
  for (int i = 0; i < 10'000; ++i) kept += keys.has("key-" + std::to_string(i), 100) ? 1 : 0;
  EXPECT_LE(kept, 256);
  EXPECT_GT(kept, 200);
}

}  // namespace
}  // namespace geili::media::srt
