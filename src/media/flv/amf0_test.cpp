#include "media/flv/amf0.hpp"

#include <gtest/gtest.h>

namespace geili::media::amf0 {
namespace {

TEST(Amf0, PutsBackWhatWasWritten) {
  const std::vector<Value> command{
      Value{std::string("connect")},
      Value{1.0},
      Value{Null{}},
      Value{Undefined{}},
      Value{true},
      Value{Object{{"app", Value{std::string("live")}},
                   {"inner", Value{Object{{"x", Value{-0.5}}}}},
                   {"list", Value{Array{Value{1.0}, Value{std::string("two")}}}}}}};
  const std::string bytes = encode(command);
  const auto decoded = decode(as_bytes(bytes));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(encode(*decoded), bytes);
  ASSERT_EQ(decoded->size(), 6U);
  EXPECT_EQ(*(*decoded)[5].find("app")->text(), "live");
  EXPECT_EQ(*(*decoded)[5].find("inner")->find("x")->number(), -0.5);
  EXPECT_EQ((*decoded)[5].find("missing"), nullptr);
}

TEST(Amf0, ReadsEcmaArraysAndUnfinishedObjects) {
  const std::string array(
      "\x08\x00\x00\x00\x01\x00\x05width\x00\x40\x94\x00\x00\x00\x00\x00\x00\x00\x00\x09", 24);
  const auto decoded = decode(as_bytes(array));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*(*decoded)[0].find("width")->number(), 1280);

  const auto unfinished = decode(as_bytes(array.substr(0, 21)));
  ASSERT_TRUE(unfinished);
  EXPECT_EQ(*(*unfinished)[0].find("width")->number(), 1280);
}

TEST(Amf0, RefusesBadInput) {
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += std::string("\x03\x00\x01x", 4);
  std::string many;
  for (int i = 0; i < 1'100; ++i) many += '\x05';
  const struct {
    std::string bytes;
    const char* code;
  } cases[] = {
      {std::string("\x00\x40", 2), "amf0-truncated"},
      {std::string("\x02\x00\x05"
                   "ab",
                   5),
       "amf0-truncated"},
      {std::string("\x0C\xFF\xFF\xFF\xFF", 5), "amf0-limit"},
      {std::string("\x0A\xFF\xFF\xFF\xFF", 5), "amf0-limit"},
      {std::string("\x0A\x00\x00\x00\x02\x05", 6), "amf0-truncated"},
      {"\x07", "amf0-type"},  // reference
      {"\x11", "amf0-type"},  // AMF3
      {"\xFF", "amf0-type"},
      {deep, "amf0-limit"},
      {many, "amf0-limit"},
  };
  for (const auto& bad : cases) {
    const auto decoded = decode(as_bytes(bad.bytes));
    ASSERT_FALSE(decoded) << to_hex(as_bytes(bad.bytes.substr(0, 16)));
    EXPECT_EQ(decoded.error().code, bad.code) << to_hex(as_bytes(bad.bytes.substr(0, 16)));
  }
}

}  // namespace
}  // namespace geili::media::amf0
