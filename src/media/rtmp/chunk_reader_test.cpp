#include "media/rtmp/chunk_reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geili::media::rtmp {
namespace {

constexpr ChunkLimits kLimits{1'000, 4};

std::string hex_of(const Message& message) {
  return to_hex(message.payload);
}

// All messages of `hex`, which may hold spaces, given byte by byte.
Result<std::vector<Message>> read(std::string hex, ChunkLimits limits = kLimits) {
  std::erase(hex, ' ');
  ChunkReader reader(limits);
  std::vector<Message> messages;
  const Bytes bytes = *from_hex(hex);
  for (const std::byte b : bytes) {
    reader.append({&b, 1});
    while (true) {
      auto next = reader.next();
      if (!next) return fail_as(next);
      if (!*next) break;
      messages.push_back(std::move(**next));
    }
  }
  return messages;
}

std::string repeat(const char* hex, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += hex;
  return all;
}

TEST(ChunkReader, ReadsEveryHeaderForm) {
  const auto messages = read(
      "03 000064 000002 09 01000000 aaaa"  // type 0: at 100
      "43 000014 000001 08 bb"             // type 1: 20 later
      "83 000005 cc"                       // type 2: 5 later
      "c3 dd"                              // type 3: as before
      "c3 ee");
  ASSERT_TRUE(messages) << messages.error().code;
  ASSERT_EQ(messages->size(), 5U);
  const std::uint32_t times[] = {100, 120, 125, 130, 135};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ((*messages)[i].timestamp_ms, times[i]);
  EXPECT_EQ((*messages)[0].type, MessageType::video);
  EXPECT_EQ((*messages)[4].type, MessageType::audio);
  EXPECT_EQ((*messages)[4].stream_id, 1U);
  EXPECT_EQ(hex_of((*messages)[4]), "ee");
}

TEST(ChunkReader, TypeThreeBehindTypeZeroRepeatsItsField) {
  const auto messages = read("03 000014 000001 08 01000000 aa c3 bb");
  ASSERT_TRUE(messages);
  EXPECT_EQ((*messages)[1].timestamp_ms, 40U);
}

TEST(ChunkReader, ReadsLongChunkStreamIds) {
  const auto messages = read(
      "0000 000001 000001 08 00000000 aa"    // 64
      "01ff00 000002 000001 08 00000000 bb"  // 319
      "01ff01 000003 000001 08 00000000 cc"  // 575
      "c000 dd");
  ASSERT_TRUE(messages) << messages.error().code;
  ASSERT_EQ(messages->size(), 4U);
  EXPECT_EQ((*messages)[3].timestamp_ms, 2U);
}

TEST(ChunkReader, JoinsInterleavedMessages) {
  const std::string first = "03 000000 000082 09 01000000" + repeat("aa", 128);
  const auto messages = read(first + "04 000000 000001 08 01000000 bb" + "c3 aaaa");
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ(hex_of((*messages)[0]), "bb");
  EXPECT_EQ((*messages)[1].payload.size(), 130U);
}

TEST(ChunkReader, ReadsExtendedTimestampsRepeatedOrNot) {
  const std::string first = "03 ffffff 000082 09 01000000 01000000" + repeat("aa", 128);
  for (const char* repeated : {"01000000", ""}) {
    // The second chunk, then a message that goes on with a difference.
    const auto messages =
        read(first + "c3" + repeated + "bbcc" + "83 000021" + repeat("dd", 128) + "c3 eeff");
    ASSERT_TRUE(messages) << messages.error().code;
    ASSERT_EQ(messages->size(), 2U) << repeated;
    EXPECT_EQ((*messages)[0].timestamp_ms, 0x01000000U);
    EXPECT_EQ(hex_of((*messages)[0]).substr(256), "bbcc");
    EXPECT_EQ((*messages)[1].timestamp_ms, 0x01000021U);
  }
  // Wraps at 32 bits.
  const auto wrapped = read("03 ffffff 000001 08 01000000 fffffff0 aa 83 000020 bb");
  ASSERT_TRUE(wrapped);
  EXPECT_EQ((*wrapped)[1].timestamp_ms, 0x10U);
}

TEST(ChunkReader, ObeysChunkSizeAndAbort) {
  const std::string larger = "02 000000 000004 01 00000000 00000100";
  const auto messages = read(larger + "03 000000 0000c8 09 01000000" + repeat("aa", 200));
  ASSERT_TRUE(messages);
  ASSERT_EQ(messages->size(), 2U);
  EXPECT_EQ((*messages)[1].payload.size(), 200U);

  const std::string half = "03 000000 000100 09 01000000" + repeat("aa", 128);
  const std::string abort = "02 000000 000004 02 00000000 00000003";
  const auto aborted = read(half + abort + "03 000000 000001 08 01000000 bb");
  ASSERT_TRUE(aborted) << aborted.error().code;
  ASSERT_EQ(aborted->size(), 2U);
  EXPECT_EQ(hex_of((*aborted)[1]), "bb");
}

void expect_refusal(const std::string& hex, const char* code) {
  const auto messages = read(hex);
  ASSERT_FALSE(messages) << code << " " << hex.substr(0, 40);
  EXPECT_EQ(messages.error().code, code) << hex.substr(0, 40);
}

TEST(ChunkReader, RefusesBadInput) {
  const std::string half = "03 000000 000100 09 01000000" + repeat("aa", 128);
  const struct {
    std::string hex;
    const char* code;
  } cases[] = {
      {"c3", "rtmp-chunk-stream"},
      {"83 000000", "rtmp-chunk-stream"},
      {half + "03 000000 000001 08 01000000", "rtmp-chunk-stream"},
      {half + "43 000000 000001 08", "rtmp-chunk-stream"},
      {"02 000000 000004 01 00000000 00000000", "rtmp-chunk-size"},
      {"02 000000 000004 01 00000000 80000000", "rtmp-chunk-size"},
      {"02 000000 000002 01 00000000 0000", "rtmp-chunk-size"},
      {"02 000000 000001 02 00000000 00", "rtmp-abort"},
  };
  for (const auto& bad : cases) expect_refusal(bad.hex, bad.code);
}

TEST(ChunkReader, HoldsItsLimits) {
  expect_refusal("03 000000 0003e9 09 01000000", "rtmp-message-bytes");
  expect_refusal("03 000000 ffffff 09 01000000", "rtmp-message-bytes");

  std::string many;
  for (const char* stream : {"03", "04", "05", "06", "07"}) {
    many += std::string(stream) + "000000 000001 08 01000000 aa";
  }
  expect_refusal(many, "rtmp-chunk-streams");

  std::string held;
  for (const char* stream : {"03", "04", "05", "06"}) {
    held += std::string(stream) + "000000 0003e8 09 01000000" + repeat("aa", 128);
    for (int i = 0; i < 6; ++i) held += "c" + std::string(1, stream[1]) + repeat("aa", 128);
  }
  expect_refusal(held, "rtmp-buffered-bytes");
}

}  // namespace
}  // namespace geili::media::rtmp
