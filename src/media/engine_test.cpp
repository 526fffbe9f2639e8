// The whole path with a real encoder: ffmpeg publishes by RTMP, the test plays LL-HLS and lets
// ffprobe judge.
#include "media/engine.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "media/testing/live_bench.hpp"

namespace geili::media {
namespace {

using testing::ffmpeg_push;
using testing::LiveBench;
using testing::output_of;
using testing::Process;

// All segments a playlist names, behind their init segment.
std::string download(LiveBench& bench, const std::string& playlist) {
  std::string media;
  std::istringstream lines(playlist);
  for (std::string line; std::getline(lines, line);) {
    const std::string map = "#EXT-X-MAP:URI=\"";
    if (line.starts_with(map))
      media += bench.file(line.substr(map.size(), line.size() - map.size() - 1));
    if (line.ends_with(".m4s") && !line.starts_with('#')) media += bench.file(line);
  }
  return media;
}

std::string probe(const std::string& media, const std::string& options) {
  const auto path =
      std::filesystem::temp_directory_path() / ("geili_probe_" + std::to_string(getpid()) + ".mp4");
  std::ofstream(path, std::ios::binary) << media;
  const std::string output =
      output_of("ffprobe -v error " + options + " -of csv=p=0 " + path.string() + " 2>&1");
  std::filesystem::remove(path);
  return output;
}

TEST(Engine, PlaysWhatAnEncoderPublishes) {
  LiveBench bench;
  Process encoder(ffmpeg_push(bench.url(), 5));
  ASSERT_TRUE(bench.told().wait([](const StreamStatus& status) { return status.playable; }));
  EXPECT_EQ(encoder.wait(), 0);
  ASSERT_TRUE(bench.told().wait(
      [](const StreamStatus& status) { return status.state == StreamState::away; }));
  EXPECT_EQ(bench.told().last().reason, "unpublished");

  const std::string media = download(bench, bench.playlist());
  EXPECT_EQ(probe(media,
                  "-count_frames -select_streams v -show_entries "
                  "stream=codec_name,width,height,nb_read_frames"),
            "h264,320,180,150\n");
  EXPECT_EQ(probe(media, "-select_streams a -show_entries stream=codec_name,sample_rate,channels"),
            "aac,48000,2\n");
  EXPECT_NE(
      LiveBench::text(bench.get(bench.engine().hls_playlist(LiveBench::kShow, "index.m3u8", "")))
          .find("CODECS=\"avc1.42C00D,mp4a.40.2\",RESOLUTION=320x180"),
      std::string::npos);
}

}  // namespace
}  // namespace geili::media
