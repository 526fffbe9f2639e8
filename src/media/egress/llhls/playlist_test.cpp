#include "media/egress/llhls/playlist.hpp"

#include <string>

#include <gtest/gtest.h>

#include "media/testing/golden.hpp"
#include "media/testing/hls_playlist.hpp"

namespace geili::media::llhls {
namespace {

using testing::golden;
using testing::HlsPlaylist;

constexpr Instant kStart{1'795'000'000'000'000};

// Segments of six parts of a third of a second, and some parts more.
void fill(Window& window, int segments, int parts, Instant start = kStart) {
  const auto add = [&](int i) {
    const bool key = i % 6 == 0;
    Part part{333'333, key, false, std::make_shared<const std::string>("part" + std::to_string(i))};
    window.add_part(std::move(part), start + std::chrono::microseconds(i * 333'333LL));
    if (i % 6 == 5) window.end_segment();
  };
  for (int i = 0; i < segments * 6 + parts; ++i) add(i);
}

std::string render_source(const Window& window, bool skip) {
  return render_media(window, Layer::source, skip, std::nullopt);
}

TEST(MediaPlaylist, StaysAsItIs) {
  Window window(500);
  window.set_init("init");
  fill(window, 14, 2);
  const std::string full = render_source(window, false);
  EXPECT_EQ(full, golden(GEILI_SOURCE_DIR, "media.m3u8", full)) << "run ./dev test unit --update";
  const std::string delta = render_source(window, true);
  EXPECT_EQ(delta, golden(GEILI_SOURCE_DIR, "media_delta.m3u8", delta));
}

TEST(MediaPlaylist, ListsTwelveSegmentsAndThePartsOfTheLast) {
  Window window(500);
  window.set_init("init");
  fill(window, 30, 1);
  const auto list = HlsPlaylist::parse(render_source(window, false));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->segments.size(), 12U);
  EXPECT_EQ(list->media_sequence, 519U);
  EXPECT_EQ(list->hint, "p530.1.m4s");
  EXPECT_TRUE(list->segments[6].parts.empty());
  EXPECT_EQ(list->segments[8].parts.size(), 6U);
  EXPECT_NE(window.find(515), nullptr);  // for requests under way
  EXPECT_EQ(window.find(500), nullptr);

  const auto delta = HlsPlaylist::parse(render_source(window, true));
  EXPECT_EQ(delta->skipped, 5U);
  EXPECT_EQ(delta->segments.size(), 7U);
}

TEST(MediaPlaylist, CountsTheDiscontinuitiesThatLeave) {
  Window window(500);
  window.set_init("one");
  fill(window, 2, 0);
  window.set_init("two");
  fill(window, 1, 0);
  auto list = HlsPlaylist::parse(render_source(window, false));
  EXPECT_TRUE(list->segments[2].discontinuity);
  EXPECT_EQ(list->segments[2].map, "init502.mp4");
  EXPECT_EQ(list->discontinuity_sequence, 0U);
  fill(window, 12, 0);
  list = HlsPlaylist::parse(render_source(window, false));
  EXPECT_EQ(list->discontinuity_sequence, 1U);
  EXPECT_EQ(list->segments[0].map, "init502.mp4");
  EXPECT_EQ(window.init(502)->size(), 3U);
  fill(window, 8, 0);
  EXPECT_EQ(window.init(500), nullptr);
}

TEST(MediaPlaylist, EndsWithTheShow) {
  Window window(500);
  window.set_init("init");
  fill(window, 2, 0);
  window.end();
  const auto list = HlsPlaylist::parse(render_source(window, false));
  EXPECT_TRUE(list->ended);
  EXPECT_EQ(list->hint, "");
}

TEST(MediaPlaylist, NamesTheFilesOfItsLayerAndReportsOnTheOther) {
  Window window(500);
  window.set_init("init");
  fill(window, 1, 2);
  const std::string low = render_media(window, Layer::low, false, PartNumber{501, 1});
  for (const char* line :
       {"#EXT-X-MAP:URI=\"low-init500.mp4\"\n", "\nlow-s500.m4s\n", "URI=\"low-p501.1.m4s\"",
        "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"low-p501.2.m4s\"\n",
        "#EXT-X-RENDITION-REPORT:URI=\"media.m3u8\",LAST-MSN=501,LAST-PART=1\n"}) {
    EXPECT_NE(low.find(line), std::string::npos) << line;
  }
  const std::string source = render_media(window, Layer::source, false, window.last_part());
  EXPECT_NE(source.find("#EXT-X-RENDITION-REPORT:URI=\"low.m3u8\",LAST-MSN=501,LAST-PART=1\n"),
            std::string::npos);
  EXPECT_EQ(source.find("low-"), std::string::npos);
}

TEST(MultivariantPlaylist, NamesCodecsAndSize) {
  EXPECT_EQ(
      render_multivariant({{Layer::source, "avc1.42C00D", "mp4a.40.2", 320, 180, 900'000, 29.97},
                           {Layer::low, "avc1.42C01E", "", 160, 90, 300'000, 0}}),
      "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-STREAM-INF:BANDWIDTH=900000,"
      "CODECS=\"avc1.42C00D,mp4a.40.2\",RESOLUTION=320x180,FRAME-RATE=29.970\nmedia.m3u8\n"
      "#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS=\"avc1.42C01E\",RESOLUTION=160x90\n"
      "low.m3u8\n");
  EXPECT_EQ(render_multivariant({{.audio_codec = "mp4a.40.2"}}),
            "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"mp4a.40.2\"\nmedia."
            "m3u8\n");
}

TEST(PlaylistQuery, ReadsWhatPlayersAsk) {
  const auto query = parse_playlist_query("a=b&_HLS_msn=12&_HLS_part=3&_HLS_skip=YES&&x");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->segment, 12U);
  EXPECT_EQ(query->part, 3U);
  EXPECT_TRUE(query->skip);
  EXPECT_FALSE(parse_playlist_query("")->segment);
}

TEST(PlaylistQuery, RefusesBadInput) {
  for (const char* bad : {"_HLS_msn=", "_HLS_msn", "_HLS_msn=-1", "_HLS_msn=1x", "_HLS_msn= 1",
                          "_HLS_msn=0x5", "_HLS_msn=99999999999999999999", "_HLS_part=1",
                          "_HLS_msn=1&_HLS_part=a", "_HLS_skip=NO", "_HLS_msn=%31"}) {
    const auto query = parse_playlist_query(bad);
    ASSERT_FALSE(query) << bad;
    EXPECT_EQ(query.error().code, "hls-query");
    EXPECT_EQ(query.error().fields.size(), 1U);
  }
}

TEST(FileName, KnowsItsOwnAndNoOther) {
  EXPECT_EQ(parse_file_name("init500.mp4")->number, 500U);
  EXPECT_EQ(parse_file_name("s501.m4s")->kind, FileName::Kind::segment);
  EXPECT_EQ(parse_file_name("p501.12.m4s")->part, 12U);
  EXPECT_EQ(parse_file_name("p501.12.m4s")->layer, Layer::source);
  EXPECT_EQ(parse_file_name("low-p501.12.m4s")->layer, Layer::low);
  EXPECT_EQ(parse_file_name("low-p501.12.m4s")->number, 501U);
  for (const char* bad : {"", "init.mp4", "s.m4s", "p5.m4s", "p5.6.7.m4s", "p.6.m4s", "s-1.m4s",
                          "../s1.m4s", "s1.mp4", "init1.m4s", "s99999999999999999999.m4s", "sm4s",
                          "p5..m4s", "low-", "low-low-s1.m4s"}) {
    EXPECT_FALSE(parse_file_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace geili::media::llhls
