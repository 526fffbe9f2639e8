#include "media/h264/annex_b.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/h264/nal.hpp"

namespace geili::media::h264 {
namespace {

// The NAL units with bars between them, or the error's code.
std::string split(std::string_view hex) {
  const Bytes stream = *from_hex(hex);
  const auto nals = split_annex_b(stream);
  if (!nals) return nals.error().code;
  std::string text;
  for (const ByteView nal : *nals) text += (text.empty() ? "" : "|") + to_hex(nal);
  return text;
}

TEST(AnnexB, SplitsAtStartCodes) {
  struct Row {
    const char* name;
    const char* stream;
    const char* nals;
  };
  const Row rows[] = {
      {"nothing", "", ""},
      {"one", "00000165aa", "65aa"},
      {"long and short codes", "0000000109f0000001674200000168ce", "09f0|6742|68ce"},
      {"zeros before and behind", "00000000000165aa000000", "65aa"},
      {"zeros within", "000001650000030000aa0000030101", "650000030000aa0000030101"},
      {"ones within", "00000165010101000101", "65010101000101"},
      {"a code right behind another", "0000010000010000016500000141", "65|41"},
      {"a code at the end", "00000165aa000001", "65aa"},
      {"something before the first code", "aa00000165", "annex-b"},
      {"no code", "6501020304", "annex-b"},
  };
  for (const Row& row : rows) EXPECT_EQ(split(row.stream), row.nals) << row.name;
}

TEST(AnnexB, HasALimit) {
  std::string stream;
  for (std::size_t i = 0; i < kNalsMax; ++i) stream += "00000141";
  EXPECT_EQ(split(stream).size(), 3 * kNalsMax - 1);
  EXPECT_EQ(split(stream + "00000141"), "nal-limit");
}

}  // namespace
}  // namespace geili::media::h264
