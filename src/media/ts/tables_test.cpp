#include "media/ts/tables.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/ts/section_reader.hpp"
#include "media/ts/track_kind.hpp"
#include "media/ts/ts_fixture.hpp"

namespace geili::media::ts {
namespace {

using fixture::hex;
using fixture::Listed;

TEST(TsTables, ReadsPrograms) {
  // The network's entry, then program 7.
  const Bytes two = fixture::section(0, hex("0001c100000000e0100007f000"));
  const auto programs = parse_pat(two);
  ASSERT_TRUE(programs && *programs);
  ASSERT_EQ((*programs)->size(), 1U);
  EXPECT_EQ((*programs)->front(), (Program{7, 0x1000}));
  // Without its current_next_indicator the table is of later.
  EXPECT_EQ(*parse_pat(fixture::section(0, hex("0001c000000007f000"))), std::nullopt);
}

TEST(TsTables, ReadsTracks) {
  const std::string descriptors(as_text(hex("05044f7075737f028002")));
  const Bytes table = fixture::pmt({{0x1B, 0x100, ""}, {0x06, 0x101, descriptors}}, 7);
  const auto streams = parse_pmt(table, 7);
  ASSERT_TRUE(streams && *streams);
  ASSERT_EQ((*streams)->size(), 2U);
  EXPECT_EQ((**streams)[0].type, 0x1BU);
  EXPECT_EQ((**streams)[1].pid, 0x101U);
  EXPECT_EQ((**streams)[1].registration, "Opus");
  EXPECT_EQ((**streams)[1].opus_channels, 2U);
  EXPECT_EQ(*parse_pmt(table, 8), std::nullopt);
}

TEST(TsTables, RefusesBadInput) {
  Bytes flipped = fixture::pat();
  flipped[5] ^= std::byte{1};
  struct Row {
    const char* name;
    Bytes section;
    bool is_pat;
    const char* code;
  };
  const Row rows[] = {
      {"a flipped bit", flipped, true, "ts-crc"},
      {"a PMT for a PAT", fixture::pmt({}), true, "ts-table"},
      {"a PAT for a PMT", fixture::pat(), false, "ts-table"},
      {"a head alone", fixture::section(0, hex("0001c1")), true, "ts-table"},
      {"half a program", fixture::section(0, hex("0001c100000007")), true, "ts-table"},
      {"program descriptors beyond the end", fixture::section(2, hex("0001c10000e100f001")), false,
       "ts-table"},
      {"track descriptors beyond the end", fixture::section(2, hex("0001c10000e100f0001be100f001")),
       false, "ts-table"},
      {"a descriptor longer than its list",
       fixture::section(2, hex("0001c10000e100f0001be100f0020504")), false, "ts-table"},
  };
  for (const Row& row : rows) {
    const std::string code = [&]() -> std::string {
      if (row.is_pat) {
        const auto parsed = parse_pat(row.section);
        return parsed ? "" : parsed.error().code;
      }
      const auto parsed = parse_pmt(row.section, 1);
      return parsed ? "" : parsed.error().code;
    }();
    EXPECT_EQ(code, row.code) << row.name;
  }
}

std::vector<Bytes> sections_of(ByteView bytes) {
  SectionReader reader;
  std::vector<Bytes> out;
  for (; bytes.size() >= kPacketBytes; bytes = bytes.subspan(kPacketBytes)) {
    reader.push(*parse_packet(bytes.first(kPacketBytes)), out);
  }
  return out;
}

TEST(SectionReader, PutsPiecesTogether) {
  std::vector<Listed> many;
  for (unsigned i = 0; i < 60; ++i) many.push_back({0x1B, 0x100 + i, "abc"});
  const Bytes table = fixture::pmt(many);
  ASSERT_GT(table.size(), 2 * kPacketBytes);
  fixture::Writer writer;
  writer.put_section(fixture::kPmtPid, table);
  EXPECT_EQ(sections_of(writer.bytes), std::vector<Bytes>{table});
}

TEST(SectionReader, FindsSeveralInOnePacketAndOneThatBeginsWhereAnotherEnds) {
  const Bytes small = fixture::pat();
  std::vector<Listed> many;
  for (unsigned i = 0; i < 34; ++i) many.push_back({0x1B, 0x100 + i, ""});
  const Bytes large = fixture::pmt(many);
  const std::size_t first = kPacketBytes - 5;
  ASSERT_GT(large.size(), first);

  fixture::Writer writer;
  Bytes payload{std::byte{0}};
  payload.insert(payload.end(), large.begin(), large.begin() + first);
  writer.packet(1, payload, true);
  // The pointer field leads over the rest of the large one; then come two small ones and stuffing.
  payload = {static_cast<std::byte>(large.size() - first)};
  payload.insert(payload.end(), large.begin() + first, large.end());
  for (int i = 0; i < 2; ++i) payload.insert(payload.end(), small.begin(), small.end());
  payload.insert(payload.end(), 20, std::byte{0xFF});
  writer.packet(1, payload, true);
  EXPECT_EQ(sections_of(writer.bytes), (std::vector<Bytes>{large, small, small}));
}

TEST(SectionReader, PassesOverWhatIsIncomplete) {
  const Bytes small = fixture::pat();
  fixture::Writer writer;
  writer.packet(1, small, false);  // without a beginning
  Bytes payload = hex("c8");       // the pointer field leads out of the packet
  payload.insert(payload.end(), small.begin(), small.end());
  writer.packet(1, payload, true);
  writer.packet(1, hex("0000bfff"), true);  // longer than sections of tables are
  writer.put_section(1, small);
  EXPECT_EQ(sections_of(writer.bytes), std::vector<Bytes>{small});
}

ElementaryStream stream_of(unsigned type, std::string registration = "",
                           std::optional<unsigned> channels = std::nullopt) {
  ElementaryStream stream;
  stream.type = type;
  stream.registration = std::move(registration);
  stream.opus_channels = channels;
  return stream;
}

TEST(TrackKind, RefusesCodecsByName) {
  struct Row {
    ElementaryStream stream;
    const char* code;
    const char* name;
  };
  const Row rows[] = {
      {stream_of(0x24), "video-codec", "HEVC"},
      {stream_of(0x02), "video-codec", "MPEG-2 video"},
      {stream_of(0x33), "video-codec", "VVC"},
      {stream_of(0x06, "AV01"), "video-codec", "AV1"},
      {stream_of(0x03), "audio-codec", "MP3"},
      {stream_of(0x11), "audio-codec", "LATM"},
      {stream_of(0x81), "audio-codec", "AC-3"},
      {stream_of(0x06, "Opus", 6), "audio-codec", "more than two"},
      {stream_of(0x06, "Opus"), "audio-codec", "more than two"},
  };
  for (const Row& row : rows) {
    const auto chosen = choose_tracks(std::vector{row.stream});
    ASSERT_FALSE(chosen) << row.name;
    EXPECT_EQ(chosen.error().code, row.code) << row.name;
    EXPECT_NE(chosen.error().detail.find(row.name), std::string::npos) << chosen.error().detail;
  }
}

TEST(TrackKind, TakesTheFirstOfWhatFits) {
  const std::vector streams{stream_of(0x06),
                            stream_of(0x81),
                            stream_of(0x24),
                            stream_of(0x1B),
                            stream_of(0x06, "Opus", 2),
                            stream_of(0x0F),
                            stream_of(0x1B)};
  const auto chosen = choose_tracks(streams);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->video, &streams[3]);
  EXPECT_EQ(chosen->audio, &streams[4]);
  const auto none = choose_tracks({});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->video, nullptr);
}

}  // namespace
}  // namespace geili::media::ts
