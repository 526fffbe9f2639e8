#include "media/egress/record/section_scan.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/egress/record/fragment_bytes.hpp"
#include "media/egress/record/section_writer.hpp"
#include "media/testing/mp4_fragments.hpp"
#include "media/testing/record_units.hpp"

namespace geili::media::record {
namespace {

using testing::RecordUnits;
using testing::TemporaryFolder;

class Memory final : public ByteSource {
 public:
  explicit Memory(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Bytes read(std::uint64_t offset, std::size_t count) const override {
    if (offset >= bytes_.size()) return {};
    const ByteView part = as_bytes(std::string_view(bytes_).substr(offset, count));
    return {part.begin(), part.end()};
  }

 private:
  std::string bytes_;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Written {
  std::string bytes;
  SectionIndex index;  // as the writer told it
};

Written write_section(const std::vector<CutFragment>& fragments) {
  const TemporaryFolder folder;
  const auto disk = real_disk();
  const std::string path = folder.path() + "/s.mp4";
  auto writer = SectionWriter::create(*disk, path, fragments.front());
  Written written;
  written.index.init_bytes = (*writer)->init_bytes();
  for (const CutFragment& fragment : fragments) {
    written.index.fragments.push_back(*(*writer)->append(fragment));
  }
  written.bytes = read_file(path);
  return written;
}

Result<SectionScan> scan(std::string bytes) {
  return scan_section(Memory(std::move(bytes)));
}

TEST(NtpTime, ComesBackExactly) {
  for (const std::int64_t us : {0, 1, 999'999}) {
    const Instant at{testing::kShowStartUs + us};
    EXPECT_EQ(instant_of(ntp_of(at)), at);
  }
}

TEST(SectionScan, FindsWhatTheWriterWrote) {
  const Written written = write_section(RecordUnits().groups(3));
  const auto scanned = scan(written.bytes);
  ASSERT_TRUE(scanned);
  EXPECT_FALSE(scanned->torn);
  EXPECT_EQ(scanned->index, written.index);
  ASSERT_EQ(scanned->index.fragments.size(), 3U);
  EXPECT_EQ(scanned->index.duration_us(), 3'000'000);
  EXPECT_EQ(scanned->index.fragments[2].captured, (Instant{testing::kShowStartUs + 2'000'000}));
  EXPECT_TRUE(scanned->index.fragments[2].independent);
}

TEST(SectionScan, EndsWithTheLastWholeFragmentWhereverTheFileIsTorn) {
  const Written written = write_section(RecordUnits().groups(3));
  const FragmentEntry last = written.index.fragments.back();
  SectionIndex without_last = written.index;
  without_last.fragments.pop_back();
  for (std::uint64_t end = last.offset; end < written.bytes.size(); ++end) {
    const auto scanned = scan(written.bytes.substr(0, end));
    ASSERT_TRUE(scanned) << end;
    ASSERT_EQ(scanned->index, without_last) << end;
    ASSERT_EQ(scanned->torn, end != last.offset) << end;
  }
}

TEST(SectionScan, EndsBeforeATailOfZeros) {
  const Written written = write_section(RecordUnits().groups(2));
  const auto scanned = scan(written.bytes + std::string(10'000, '\0'));
  ASSERT_TRUE(scanned);
  EXPECT_TRUE(scanned->torn);
  EXPECT_EQ(scanned->index, written.index);
}

TEST(SectionScan, TakesNoOtherFile) {
  const Written written = write_section(RecordUnits().groups(1));
  std::string wrong_rate = written.bytes;
  // The timescale of the first track's mdhd, behind version, flags and two times.
  wrong_rate[wrong_rate.find("mdhd") + 4 + 4 + 8 + 3] ^= 1;
  const std::vector<std::pair<const char*, std::string>> files{
      {"empty", ""},
      {"half an initialisation segment", written.bytes.substr(0, written.index.init_bytes - 1)},
      {"fragments alone", written.bytes.substr(written.index.init_bytes)},
      {"no movie", written.bytes.substr(0, 32)},
      {"text", "not a movie at all, but a long enough text to be one"},
  };
  for (const auto& [what, bytes] : files) {
    const auto scanned = scan(bytes);
    ASSERT_FALSE(scanned) << what;
    EXPECT_EQ(scanned.error().code, "record-section") << what;
  }
  EXPECT_EQ(scan(wrong_rate)->index.fragments.size(), 0U);
}

TEST(SectionScan, DoesNotBelieveADamagedFragment) {
  const Written written = write_section(RecordUnits().groups(2));
  const std::size_t second = written.index.fragments[1].offset;
  for (const char* box : {"prft", "moof", "traf", "tfhd", "tfdt", "trun", "mdat"}) {
    std::string bytes = written.bytes;
    bytes[bytes.find(box, second)] = 'x';
    const auto scanned = scan(bytes);
    ASSERT_TRUE(scanned) << box;
    EXPECT_EQ(scanned->index.fragments.size(), 1U) << box;
  }
}

TEST(SectionWriter, ClosesUpAHoleSoThatBothTracksGoOn) {
  RecordUnits units;
  std::vector<CutFragment> fragments = units.groups(1);
  units.groups(5);  // dropped
  fragments.push_back(units.group());
  const Written written = write_section(fragments);
  EXPECT_EQ(written.index.duration_us(), 2'000'000);
  const auto tracks = testing::read_fragments(written.bytes);
  ASSERT_EQ(tracks.size(), 4U);
  EXPECT_EQ(tracks[0].dts + tracks[0].duration, tracks[2].dts);
  const double sound_end_s = static_cast<double>(tracks[1].dts + tracks[1].duration) / 48'000;
  const double sound_s = static_cast<double>(tracks[3].dts) / 48'000;
  EXPECT_NEAR(sound_s, sound_end_s, 0.022);  // a frame of sound
  EXPECT_NEAR(sound_s, 1.0, 0.022);
}

TEST(SectionIndex, ComesBackFromItsFile) {
  const SectionIndex index = write_section(RecordUnits().groups(2)).index;
  const auto decoded = decode_index(as_bytes(encode_index(index)));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, index);
}

TEST(SectionIndex, IsNotBelievedWhenAByteIsWrong) {
  const std::string file = encode_index(write_section(RecordUnits().groups(2)).index);
  for (std::size_t at = 0; at < file.size(); ++at) {
    std::string wrong = file;
    wrong[at] ^= 0x10;
    EXPECT_FALSE(decode_index(as_bytes(wrong))) << at;
    EXPECT_FALSE(decode_index(as_bytes(file.substr(0, at)))) << at;
  }
}

}  // namespace
}  // namespace geili::media::record
