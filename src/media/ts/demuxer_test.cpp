// The demuxer on streams of real muxers, with ffmpeg and ffprobe as judges, and on streams written
// by hand.
#include "media/ts/demuxer.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"
#include "media/testing/process.hpp"
#include "media/ts/ts_fixture.hpp"

namespace geili::media::ts {
namespace {

using fixture::key_frame;
using fixture::small_frame;
using testing::output_of;

// Two seconds of picture and sound; `options` are ffmpeg's for the output.
std::string ffmpeg(const std::string& options) {
  return "ffmpeg -hide_banner -loglevel error"
         " -f lavfi -i testsrc2=size=160x120:rate=25:duration=2"
         " -f lavfi -i sine=frequency=440:sample_rate=48000:duration=2 " +
         options;
}
constexpr const char* kCamera =
    "-c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p -g 25 -bf 2 -c:a aac -ac 2";

// A file of a transport stream that goes with the test.
class TsFile {
 public:
  explicit TsFile(const std::string& options)
      : path_(std::filesystem::temp_directory_path() /
              ("geili_ts_" + std::to_string(getpid()) + ".ts")) {
    (void)output_of(ffmpeg(options) + " -f mpegts -y " + path() + " 2>&1");
  }
  ~TsFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }
  Bytes bytes() const {
    std::ifstream file(path_, std::ios::binary);
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    return fixture::bytes_of(all);
  }
  // One line a packet of the track: presentation and decoding time in microseconds, and K for a key
  // frame.
  std::string packets(const char* track) const {
    std::istringstream lines(output_of(std::string("ffprobe -v error -select_streams ") + track +
                                       " -show_entries packet=pts,dts,flags -of csv=p=0 " +
                                       path()));
    std::string text;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      std::istringstream fields(line);
      std::int64_t pts = 0;
      std::int64_t dts = 0;
      char comma = 0;
      std::string flags;
      fields >> pts >> comma >> dts >> comma >> flags;
      text += describe(pts * 100 / 9, dts * 100 / 9, flags.starts_with("K"));
    }
    return text;
  }
  static std::string describe(std::int64_t pts_us, std::int64_t dts_us, bool key) {
    return std::to_string(pts_us / 100) + " " + std::to_string(dts_us / 100) +
           (key ? " K\n" : "\n");
  }

 private:
  std::filesystem::path path_;
};

struct Read {
  std::vector<SourceUnit> units;
  std::string error;
  DemuxerCounts counts;

  std::vector<SourceUnit> of(Track track) const {
    std::vector<SourceUnit> own;
    std::ranges::copy_if(units, std::back_inserter(own),
                         [track](const SourceUnit& unit) { return unit.track == track; });
    return own;
  }
  // As TsFile::packets(): the demuxer's clock begins one wrap before the first time.
  std::string packets(Track track, std::int64_t wraps = 1) const {
    const std::int64_t wrap_us = wraps * kClockWrap * 100 / 9;
    std::string text;
    for (const SourceUnit& unit : of(track)) {
      const std::int64_t dts_us = unit.dts_us - wrap_us;
      text += TsFile::describe(dts_us + unit.composition_us, dts_us, unit.keyframe);
    }
    return text;
  }
};

Read read(ByteView bytes, std::size_t step = 7 * kPacketBytes) {
  Read read;
  Demuxer demuxer;
  while (!bytes.empty() && read.error.empty()) {
    const std::size_t count = std::min(step, bytes.size());
    const auto pushed = demuxer.push(bytes.first(count), read.units);
    if (!pushed) read.error = pushed.error().code + ": " + pushed.error().detail;
    bytes = bytes.subspan(count);
  }
  if (read.error.empty()) EXPECT_TRUE(demuxer.finish(read.units));
  read.counts = demuxer.counts();
  return read;
}

// The checksums of the decoded pictures of an H.264 byte stream or a file that holds one.
std::string decoded(const std::string& path) {
  std::istringstream lines(
      output_of("ffmpeg -hide_banner -loglevel error -i " + path + " -map 0:v -f framemd5 - 2>&1"));
  std::string sums;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("#")) sums += line.substr(line.rfind(',') + 1) + "\n";
  }
  return sums;
}

// What the units hold, as an H.264 byte stream.
std::string byte_stream(const std::vector<SourceUnit>& pictures) {
  constexpr std::string_view kStartCode("\0\0\0\1", 4);
  std::string stream;
  for (const SourceUnit& unit : pictures) {
    if (unit.keyframe) {
      const auto config = h264::parse_avcc(unit.config->record);
      for (const auto* sets : {&config->sps, &config->pps}) {
        for (const Bytes& set : *sets) stream.append(kStartCode).append(as_text(set));
      }
    }
    for (const ByteView nal : *h264::split_length_prefixed(*unit.payload, 4)) {
      stream.append(kStartCode).append(as_text(nal));
    }
  }
  return stream;
}

TEST(TsDemuxer, FindsWhatFfprobeFinds) {
  const TsFile file(kCamera);
  const Read all = read(file.bytes());
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.of(Track::video).size(), 50U);
  EXPECT_EQ(all.packets(Track::video), file.packets("v"));
  EXPECT_EQ(all.packets(Track::audio), file.packets("a"));
  EXPECT_EQ(all.counts.damaged + all.counts.gaps + all.counts.malformed, 0U);
  const CodecConfig& video = *all.of(Track::video).front().config;
  EXPECT_EQ(video.width, 160U);
  EXPECT_TRUE(video.reorders);
  const CodecConfig& audio = *all.of(Track::audio).front().config;
  EXPECT_EQ(audio.rfc6381, "mp4a.40.2");
  EXPECT_EQ(audio.channels, 2U);
}

TEST(TsDemuxer, KeepsEveryPictureAsItWasCoded) {
  const TsFile file(kCamera);
  const std::string path = file.path() + ".h264";
  std::ofstream(path, std::ios::binary) << byte_stream(read(file.bytes()).of(Track::video));
  const std::string sums = decoded(path);
  std::filesystem::remove(path);
  EXPECT_EQ(std::ranges::count(sums, '\n'), 50);
  EXPECT_EQ(sums, decoded(file.path()));
}

TEST(TsDemuxer, ReadsPiecesOfAnySize) {
  const TsFile file(kCamera);
  const Read whole = read(file.bytes());
  for (const std::size_t step : {1U, 187U, 1'456U, 1'000'000U}) {
    const Read pieces = read(file.bytes(), step);
    EXPECT_EQ(pieces.packets(Track::video), whole.packets(Track::video)) << step;
    EXPECT_EQ(pieces.packets(Track::audio), whole.packets(Track::audio)) << step;
  }
}

TEST(TsDemuxer, GoesOnWhereTheClockWraps) {
  // The clock begins again 95,443.7 s after 0, in the middle of the two seconds.
  const TsFile file(std::string(kCamera) + " -output_ts_offset 95441.5");
  const Read all = read(file.bytes());
  for (const auto& [track, step_us, count] :
       {std::tuple{Track::video, 40'000.0, 50U}, std::tuple{Track::audio, 1024e6 / 48'000, 90U}}) {
    const auto units = all.of(track);
    ASSERT_GE(units.size(), count);
    EXPECT_GT(units.back().dts_us, kClockWrap * 2 * 100 / 9);
    for (std::size_t i = 1; i < units.size(); ++i) {
      EXPECT_NEAR(static_cast<double>(units[i].dts_us - units[i - 1].dts_us), step_us, 12) << i;
    }
  }
}

TEST(TsDemuxer, TakesOpus) {
  const TsFile file(
      "-c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p -c:a libopus -ac 2");
  const Read all = read(file.bytes());
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.packets(Track::audio), file.packets("a"));
  const CodecConfig& audio = *all.of(Track::audio).front().config;
  EXPECT_EQ(audio.codec, Codec::opus);
  EXPECT_EQ(audio.samples_per_frame, 960U);
}

TEST(TsDemuxer, RefusesWhatBrowsersDoNotPlay) {
  struct Row {
    const char* options;
    const char* error;
  };
  const Row rows[] = {
      {"-c:v mpeg2video -c:a aac", "video-codec: The encoder sends MPEG-2 video; choose H.264"},
      {"-c:v libx265 -preset ultrafast -x265-params log-level=none -c:a aac",
       "video-codec: The encoder sends HEVC; choose H.264 in its settings."},
      {"-c:v libx264 -preset ultrafast -pix_fmt yuv422p -c:a aac", "video-format"},
      {"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a mp2",
       "audio-codec: The encoder sends MPEG-1 sound (MP3); choose AAC or Opus"},
      {"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a ac3",
       "audio-codec: The encoder sends"},
  };
  for (const Row& row : rows) {
    const Read refused = read(TsFile(row.options).bytes());
    EXPECT_TRUE(refused.error.starts_with(row.error)) << refused.error;
    EXPECT_TRUE(refused.of(Track::video).empty() || row.error[0] == 'a') << row.options;
  }
}

// Without the packets `first` to `last` of that PID.
Bytes without(const Bytes& bytes, unsigned pid, std::size_t first, std::size_t last) {
  Bytes kept;
  std::size_t number = 0;
  for (std::size_t at = 0; at + kPacketBytes <= bytes.size(); at += kPacketBytes) {
    const ByteView packet = ByteView(bytes).subspan(at, kPacketBytes);
    if (parse_packet(packet)->pid == pid && number++ >= first && number - 1 <= last) continue;
    kept.insert(kept.end(), packet.begin(), packet.end());
  }
  return kept;
}

// ISO/IEC 13818-1 section 2.4.3.3: a packet may be sent twice, one after the other.
Bytes each_twice(const Bytes& bytes) {
  Bytes doubled;
  for (std::size_t at = 0; at + kPacketBytes <= bytes.size(); at += kPacketBytes) {
    const ByteView packet = ByteView(bytes).subspan(at, kPacketBytes);
    for (int i = 0; i < 2; ++i) doubled.insert(doubled.end(), packet.begin(), packet.end());
  }
  return doubled;
}

TEST(TsDemuxer, TakesAPacketThatIsSentTwiceOnce) {
  const TsFile file(kCamera);
  const Read once = read(file.bytes());
  const Read twice = read(each_twice(file.bytes()));
  EXPECT_EQ(twice.counts.gaps + twice.counts.damaged + twice.counts.malformed, 0U);
  ASSERT_EQ(twice.units.size(), once.units.size());
  for (std::size_t i = 0; i < once.units.size(); ++i) {
    EXPECT_EQ(*twice.units[i].payload, *once.units[i].payload) << i;
  }
}

TEST(TsDemuxer, LeavesOutWhatComesAfterTheToldLengthOfAPicture) {
  const auto pictures = [](ByteView behind) {
    fixture::Writer stream;
    stream.put_tables({{.type = 0x1B, .pid = fixture::kVideoPid}});
    for (const std::uint64_t ticks : {0U, 3'000U}) {
      Bytes picture = fixture::pes(fixture::key_frame(), {.pts = ticks}, true);
      picture.insert(picture.end(), behind.begin(), behind.end());
      stream.put(fixture::kVideoPid, picture, true);
    }
    return read(stream.bytes).of(Track::video);
  };
  const auto plain = pictures({});
  const auto longer = pictures(fixture::hex("000001419a0022"));
  ASSERT_EQ(plain.size(), 2U);
  ASSERT_EQ(longer.size(), 2U);
  EXPECT_EQ(*longer.front().payload, *plain.front().payload);
}

std::vector<std::int64_t> times_of(const std::vector<SourceUnit>& units) {
  std::vector<std::int64_t> times;
  for (const SourceUnit& unit : units) times.push_back(unit.dts_us);
  return times;
}

TEST(TsDemuxer, AfterALossWaitsForTheNextKeyFrame) {
  const TsFile file(kCamera);
  const Read whole = read(file.bytes());
  const Read torn = read(without(file.bytes(), 0x100, 40, 40));
  EXPECT_EQ(torn.counts.gaps, 1U);
  EXPECT_EQ(torn.counts.damaged, 1U);
  EXPECT_EQ(torn.packets(Track::audio), whole.packets(Track::audio));
  const auto pictures = torn.of(Track::video);
  EXPECT_GT(torn.counts.skipped, 0U);
  // All of what is missing lies in the first second, and goes on with its key frame.
  EXPECT_EQ(pictures.size() + torn.counts.skipped + torn.counts.damaged, 50U);
  ASSERT_GT(pictures.size(), 25U);
  EXPECT_TRUE(pictures[pictures.size() - 25].keyframe);
  EXPECT_FALSE(pictures[pictures.size() - 26].keyframe);
  const auto all = times_of(whole.of(Track::video));
  const auto kept = times_of(pictures);
  EXPECT_TRUE(std::ranges::includes(all, kept));
}

TEST(TsDemuxer, ALossOfSoundCostsItsFramesOnly) {
  const TsFile file(kCamera);
  const Read whole = read(file.bytes());
  const Read torn = read(without(file.bytes(), 0x101, 10, 11));
  EXPECT_EQ(torn.packets(Track::video), whole.packets(Track::video));
  const auto all = times_of(whole.of(Track::audio));
  const auto kept = times_of(torn.of(Track::audio));
  EXPECT_LT(kept.size(), all.size());
  EXPECT_GT(kept.size() + 12, all.size());
  EXPECT_TRUE(std::ranges::includes(all, kept));
}

TEST(TsDemuxer, IsToldOfLossesThatCountersMiss) {
  const TsFile file(kCamera);
  const Bytes bytes = file.bytes();
  // Sixteen packets of the picture, so that the counter fits again.
  const Bytes torn = without(bytes, 0x100, 40, 55);
  std::size_t at = 0;
  while (std::ranges::equal(ByteView(torn).subspan(at, kPacketBytes),
                            ByteView(bytes).subspan(at, kPacketBytes))) {
    at += kPacketBytes;
  }
  Demuxer demuxer;
  std::vector<SourceUnit> units;
  ASSERT_TRUE(demuxer.push(ByteView(torn).first(at), units));
  demuxer.lost(15 * kPacketBytes);
  EXPECT_EQ(demuxer.counts().gaps, 0U);
  demuxer.lost(16 * kPacketBytes);
  ASSERT_TRUE(demuxer.push(ByteView(torn).subspan(at), units));
  EXPECT_EQ(demuxer.counts().gaps, 1U);
  EXPECT_GT(demuxer.counts().skipped, 0U);
}

TEST(TsDemuxer, PutsThePesPacketsOfOnePictureTogether) {
  fixture::Writer writer;
  writer.put_tables({{0x1B, fixture::kVideoPid, ""}});
  const Bytes first = key_frame();
  const std::size_t head_bytes = first.size() - 9;
  const ByteView head = ByteView(first).first(head_bytes);
  const ByteView slice = ByteView(first).subspan(head_bytes);
  writer.put(fixture::kVideoPid, fixture::pes(head, {9'000, {}}, true), true);
  writer.put(fixture::kVideoPid, fixture::pes(slice, {9'000, {}}, true), false);
  writer.put(fixture::kVideoPid, fixture::pes(small_frame(), {12'000, {}}), false);
  const Read all = read(writer.bytes);
  EXPECT_EQ(all.error, "");
  ASSERT_EQ(all.units.size(), 2U);
  EXPECT_TRUE(all.units[0].keyframe);
  EXPECT_EQ(all.units[1].dts_us - all.units[0].dts_us, 33'333);
  EXPECT_EQ(to_hex(*all.units[1].payload), "00000004419a0011");
}

TEST(TsDemuxer, FollowsTheTablesToOtherTracks) {
  fixture::Writer writer;
  writer.put_tables({{0x1B, 0x100, ""}});
  writer.put(0x100, fixture::pes(key_frame(), {9'000, {}}), true);
  writer.put_tables({{0x1B, 0x200, ""}});
  writer.put(0x100, fixture::pes(key_frame(), {12'000, {}}), true);  // belongs to nothing now
  writer.put(0x200, fixture::pes(key_frame(), {15'000, {}}), true);
  const Read all = read(writer.bytes);
  ASSERT_EQ(all.units.size(), 2U);
  EXPECT_EQ(all.units[1].dts_us - all.units[0].dts_us, 66'667);
}

TEST(TsDemuxer, RefusesBadInput) {
  fixture::Writer no_tables;
  for (int i = 0; i < 50'000; ++i) no_tables.packet(kNullPid, {}, false);
  fixture::Writer scrambled;
  scrambled.put_tables({{0x1B, 0x100, ""}});
  scrambled.put(0x100, fixture::pes(key_frame(), {9'000, {}}), true);
  scrambled.bytes[2 * kPacketBytes + 3] |= std::byte{0x80};
  struct Row {
    const char* name;
    Bytes bytes;
    const char* code;
  };
  const Row rows[] = {
      {"no transport stream", Bytes(100'000, std::byte{0x11}), "ts-sync"},
      {"sync bytes alone", Bytes(9'000'000, std::byte{0x47}), "ts-tables"},
      {"nothing but filling", no_tables.bytes, "ts-tables"},
      {"scrambled", scrambled.bytes, "ts-scrambled"},
  };
  for (const Row& row : rows) EXPECT_TRUE(read(row.bytes).error.starts_with(row.code)) << row.name;
}

TEST(TsDemuxer, DropsPicturesThatAreNone) {
  struct Row {
    const char* name;
    Bytes picture;
  };
  Bytes endless = key_frame();
  endless.resize(4 * 1024 * 1024 + 1, std::byte{0xAA});
  const Row rows[] = {
      {"no start code", fixture::hex("6588840000")},
      {"a forbidden bit", fixture::hex("00000001e58884")},
      {"a key frame without its parameter sets", fixture::hex("00000001658884000a")},
      {"the second half of a picture", fixture::hex("00000001654000")},
      {"more than any picture", endless},
  };
  for (const Row& row : rows) {
    fixture::Writer writer;
    writer.put_tables({{0x1B, 0x100, ""}});
    writer.put(0x100, fixture::pes(row.picture, {9'000, {}}), true);
    writer.put(0x100, fixture::pes(key_frame(), {12'000, {}}), true);
    const Read all = read(writer.bytes);
    EXPECT_EQ(all.error, "") << row.name;
    EXPECT_EQ(all.units.size(), 1U) << row.name;
    EXPECT_EQ(all.counts.damaged, 1U) << row.name;
  }
}

}  // namespace
}  // namespace geili::media::ts
