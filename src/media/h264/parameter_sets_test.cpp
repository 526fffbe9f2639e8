#include "media/h264/parameter_sets.hpp"

#include <gtest/gtest.h>

namespace geili::media::h264 {
namespace {

// Numbers 0 and 1, as an encoder numbers them that keeps the sets of an earlier size.
const char* const kSps0 = "6742c00dda05067e7c0440000003004000000f03c50aa8";
const char* const kSps1 = "6742c01f5a05067e7c0440000003004000000f03c50aa8";
const char* const kPps0 = "68ce0fc8";       // of SPS 0
const char* const kSlicePps0 = "65b8aabb";  // 1 011 1
const char* const kSlicePps1 = "65b4aabb";  // 1 011 010

TEST(ParameterSets, FollowsWhatTheSliceRefersTo) {
  ParameterSets sets;
  for (const char* nal : {kSps0, kPps0, kSps1, "68498f"}) ASSERT_TRUE(sets.add(*from_hex(nal)));
  const auto first = sets.of_slice(*from_hex(kSlicePps0));
  ASSERT_TRUE(first);
  ASSERT_EQ(first->sps.size(), 1U);
  EXPECT_EQ(to_hex(first->sps[0]), kSps0);
  ASSERT_EQ(first->pps.size(), 1U);
  EXPECT_EQ(to_hex(first->pps[0]), kPps0);
  const auto second = sets.of_slice(*from_hex(kSlicePps1));
  ASSERT_TRUE(second);
  EXPECT_EQ(to_hex(second->sps[0]), kSps1);
  EXPECT_EQ(to_hex(second->pps[0]), "68498f");
}

TEST(ParameterSets, RefusesBadInput) {
  ParameterSets sets;
  // No SPS or PPS; too short; numbers that do not end, or beyond 31 and 255.
  for (const char* nal : {"65b8", "", "67", "6742c00d", "6742c00d00", "68", "6800", "6742c00d0440",
                          "680080c0", "688210"}) {
    const auto added = sets.add(*from_hex(nal));
    ASSERT_FALSE(added) << nal;
    EXPECT_EQ(added.error().code, "parameter-set") << nal;
  }
  Bytes long_set(kParameterSetBytesMax + 1, std::byte{0x68});
  EXPECT_FALSE(sets.add(long_set));
  EXPECT_EQ(sets.of_slice(*from_hex("65")).error().code, "slice-truncated");
  EXPECT_EQ(sets.of_slice(*from_hex("6500")).error().code, "slice-truncated");
  EXPECT_EQ(sets.of_slice(*from_hex(kSlicePps0)).error().code, "parameter-set-missing");
  ASSERT_TRUE(sets.add(*from_hex(kPps0)));
  EXPECT_EQ(sets.of_slice(*from_hex(kSlicePps0)).error().code, "parameter-set-missing");
}

}  // namespace
}  // namespace geili::media::h264
