#include "media/ts/pes.hpp"

#include <gtest/gtest.h>

#include "media/ts/ts_fixture.hpp"

namespace geili::media::ts {
namespace {

constexpr std::uint64_t kTime = 0x1'2345'6789;

TEST(PesHeader, ReadsTimes) {
  const Bytes both = fixture::pes(fixture::hex("aabb"), {kTime, kTime - 3'000});
  const auto header = parse_pes_header(both);
  ASSERT_TRUE(header && *header);
  EXPECT_EQ((*header)->pts, kTime);
  EXPECT_EQ((*header)->dts, kTime - 3'000);
  EXPECT_EQ((*header)->header_bytes, both.size() - 2);
  EXPECT_EQ((*header)->payload_bytes, std::nullopt);

  const Bytes one = fixture::pes(fixture::hex("aabb"), {kTime, {}}, true);
  EXPECT_EQ((*parse_pes_header(one))->pts, kTime);
  EXPECT_EQ((*parse_pes_header(one))->dts, std::nullopt);
  EXPECT_EQ((*parse_pes_header(one))->payload_bytes, 2U);
  EXPECT_EQ((*parse_pes_header(fixture::pes({}, {})))->pts, std::nullopt);
}

TEST(PesHeader, WaitsForItsEnd) {
  const Bytes whole = fixture::pes({}, {kTime, kTime});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto header = parse_pes_header(ByteView(whole).first(size));
    ASSERT_TRUE(header) << size;
    EXPECT_FALSE(*header) << size;
  }
}

TEST(PesHeader, RefusesBadInput) {
  struct Row {
    const char* name;
    const char* bytes;
  };
  const Row rows[] = {
      {"no start code", "000002e000008000000000"},
      {"padding", "000001be0000800000"},
      {"the map of programs", "000001bc0000800000"},
      {"the head of MPEG-1", "000001e000000f0000"},
      {"a time that does not fit", "000001e0000080800421000100"},
      {"two times in the room of one", "000001e0000080c0053100010001"},
      {"a decoding time alone", "000001e00000804005110001000100"},
      {"a length shorter than its header", "000001e0000480800521000100010000"},
  };
  for (const Row& row : rows) {
    const auto header = parse_pes_header(fixture::hex(row.bytes));
    ASSERT_FALSE(header) << row.name;
    EXPECT_EQ(header.error().code, "pes-header") << row.name;
  }
}

}  // namespace
}  // namespace geili::media::ts
