#include "media/ingest/srt/stream_id.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili::media::srt {
namespace {

TEST(SrtStreamId, HoldsTheKey) {
  struct Row {
    const char* stream_id;
    const char* key;
  };
  const Row rows[] = {
      {"q9Zz-_7", "q9Zz-_7"},
      {"#!::r=q9Zz-_7,m=publish", "q9Zz-_7"},
      {"#!::m=publish,u=ana,h=live.example,t=stream,s=1,r=q9Zz-_7", "q9Zz-_7"},
      {"#!::r=q9Zz-_7", "q9Zz-_7"},
      {"#!::camera_app=x,r=a=b", "a=b"},
      {"live/q9Zz", "live/q9Zz"},
  };
  for (const Row& row : rows) {
    const auto key = key_of_stream_id(row.stream_id);
    ASSERT_TRUE(key) << row.stream_id;
    EXPECT_EQ(*key, row.key);
  }
}

TEST(SrtStreamId, RefusesBadInput) {
  struct Row {
    std::string stream_id;
    const char* code;
  };
  const Row rows[] = {
      {"", "srt-stream-id"},
      {std::string(kStreamIdBytesMax + 1, 'a'), "srt-stream-id"},
      {"#!", "srt-stream-id"},
      {"#!::", "srt-stream-id"},
      {"#!:r=a", "srt-stream-id"},
      {"#!:{r=a}", "srt-stream-id"},
      {"#!::r=", "srt-stream-id"},
      {"#!::r", "srt-stream-id"},
      {"#!::m=publish", "srt-stream-id"},
      {"#!::r=a,r=b", "srt-stream-id"},
      {"#!::r=a,,m=publish", "srt-stream-id"},
      {"#!::r=a,m=request", "srt-mode"},
      {"#!::r=a,m=bidirectional", "srt-mode"},
      {"#!::r=a,t=file,m=publish", "srt-mode"},
  };
  for (const Row& row : rows) {
    const auto key = key_of_stream_id(row.stream_id);
    ASSERT_FALSE(key) << row.stream_id;
    EXPECT_EQ(key.error().code, row.code) << row.stream_id;
  }
}

}  // namespace
}  // namespace geili::media::srt
