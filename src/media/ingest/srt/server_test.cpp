// SRT with real callers: ffmpeg and srt-live-transmit publish, LL-HLS plays, ffprobe judges.
#include "media/ingest/srt/server.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <gtest/gtest.h>
#include <srt/access_control.h>
#include <srt/srt.h>
#include <unistd.h>

#include "media/testing/hls_follower.hpp"
#include "media/testing/impairment/relay.hpp"
#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"
#include "media/testing/srt_caller.hpp"
#include "media/ts/ts_fixture.hpp"

namespace geili::media::srt {
namespace {

using testing::ffmpeg_push;
using testing::HlsFollower;
using testing::LiveBench;
using testing::Process;
using testing::SrtCaller;
namespace fixture = ts::fixture;

// SRT alone, and quickly.
EngineSettings settings_with(const std::function<void(EngineSettings&)>& change = nullptr) {
  EngineSettings settings;
  settings.rtmp_enabled = false;
  settings.web_rtc.enabled = false;
  settings.srt.latency_ms = 120;
  if (change) change(settings);
  return settings;
}

// The frames of a track that ffprobe decodes.
std::size_t frames_in(const std::string& media, const char* track) {
  const auto path =
      std::filesystem::temp_directory_path() / ("geili_srt_" + std::to_string(getpid()) + ".mp4");
  std::ofstream(path, std::ios::binary) << media;
  const std::string count = testing::output_of(
      std::string("ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "
                  "-select_streams ") +
      track + " " + path.string());
  std::filesystem::remove(path);
  return std::strtoul(count.c_str(), nullptr, 10);
}

// Plays from here to the end of the show, which is ended when the publisher has gone.
std::string play_to_the_end(LiveBench& bench, HlsFollower& follower) {
  while (bench.told().last().state == StreamState::live && follower.reload()) {
  }
  bench.engine().end_show(LiveBench::kShow);
  while (follower.reload()) {
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  return follower.media();
}

// A second of pictures as a transport stream, without sound.
Bytes second_of_pictures(std::uint64_t first = 0) {
  fixture::Writer writer;
  writer.put_tables({{0x1B, fixture::kVideoPid, ""}});
  for (std::uint64_t i = 0; i < 25; ++i) {
    const Bytes picture = i == 0 ? fixture::key_frame() : fixture::small_frame();
    writer.put(fixture::kVideoPid, fixture::pes(picture, {(first + i) * 3'600, {}}), i == 0);
  }
  return writer.bytes;
}

bool has_pictures(LiveBench& bench) {
  return bench.told().wait([](const StreamStatus& status) { return status.video.width > 0; });
}

TEST(SrtServer, PlaysEveryFrameOfAnEncoder) {
  LiveBench bench(settings_with([](EngineSettings& settings) { settings.srt.latency_ms = 1'000; }));
  // With linger the encoder waits until its last packets are there.
  Process encoder(ffmpeg_push(bench.srt_url("#!::r=key-7,m=publish", "&linger=5"), 5));
  ASSERT_TRUE(bench.told().wait_playable());
  EXPECT_EQ(bench.told().last().video.codec, "avc1.42C00D");
  EXPECT_EQ(bench.told().last().audio.codec, "mp4a.40.2");
  HlsFollower follower = bench.follower();
  const std::string media = play_to_the_end(bench, follower);
  EXPECT_EQ(encoder.wait(), 0);
  EXPECT_EQ(frames_in(media, "v"), 150U);
  EXPECT_GE(frames_in(media, "a"), 233U);
}

TEST(SrtServer, PlaysWhatComesByUdpThroughSrtLiveTransmit) {
  LiveBench bench(settings_with());
  // The kernel has a free port, which the transmitter then takes.
  const std::string udp = [] {
    boost::asio::io_context io;
    const boost::asio::ip::udp::socket socket(
        io, {boost::asio::ip::address_v4::loopback(), std::uint16_t{0}});
    return "udp://127.0.0.1:" + std::to_string(socket.local_endpoint().port());
  }();
  Process transmitter({"srt-live-transmit", "-q", udp, bench.srt_url()});
  Process encoder(ffmpeg_push(udp + "?pkt_size=1316", 60));
  ASSERT_TRUE(bench.told().wait_playable());
  HlsFollower follower = bench.follower();
  while (follower.parts_played() < 6 && follower.reload()) {
  }
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  EXPECT_GT(frames_in(follower.media(), "v"), 50U);
}

TEST(SrtServer, RefusesAWrongKeyAndThenSaysWhy) {
  LiveBench bench(settings_with());
  EXPECT_NE(Process(ffmpeg_push(bench.srt_url("wrong"), 5)).wait(), 0);
  EXPECT_EQ(bench.playlist(), "!not-live");
  const SrtCaller again(bench.engine().srt_port(), {.stream_id = "#!::r=wrong"});
  EXPECT_EQ(again.rejection(), SRT_REJX_FORBIDDEN);
  EXPECT_EQ(bench.engine().srt_figures().refused, 2U);
  const SrtCaller right(bench.engine().srt_port());
  EXPECT_TRUE(right.was_let_in());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
}

TEST(SrtServer, RefusesWhatIsNoStreamId) {
  LiveBench bench(settings_with());
  struct Row {
    const char* stream_id;
    int rejection;
  };
  for (const Row& row : {Row{"", SRT_REJX_BAD_REQUEST}, Row{"#!::m=publish", SRT_REJX_BAD_REQUEST},
                         Row{"#!::r=key-7,m=request", SRT_REJX_BAD_MODE}}) {
    const SrtCaller caller(bench.engine().srt_port(), {.stream_id = row.stream_id});
    EXPECT_EQ(caller.rejection(), row.rejection) << row.stream_id;
  }
  EXPECT_EQ(bench.playlist(), "!not-live");
}

TEST(SrtServer, WantsThePassphraseWhereThereIsOne) {
  LiveBench bench(settings_with(
      [](EngineSettings& settings) { settings.srt.passphrase = "pearls-and-stone"; }));
  const std::uint16_t port = bench.engine().srt_port();
  EXPECT_EQ(SrtCaller(port).rejection(), SRT_REJ_UNSECURE);
  EXPECT_EQ(SrtCaller(port, {.passphrase = "pearls-and-sand"}).rejection(), SRT_REJ_BADSECRET);
  EXPECT_EQ(bench.playlist(), "!not-live");
  Process encoder(
      ffmpeg_push(bench.srt_url("key-7", "&passphrase=pearls-and-stone&pbkeylen=32"), 60));
  EXPECT_TRUE(bench.told().wait_playable());
}

TEST(SrtServer, KnowsNoPassphraseWhereThereIsNone) {
  LiveBench bench(settings_with());
  const SrtCaller caller(bench.engine().srt_port(), {.passphrase = "pearls-and-stone"});
  EXPECT_EQ(caller.rejection(), SRT_REJ_UNSECURE);
}

TEST(SrtServer, RefusesASecondPublisherAndTheFirstGoesOn) {
  LiveBench bench(settings_with());
  const SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(first.send(second_of_pictures()));
  ASSERT_TRUE(has_pictures(bench));
  const SrtCaller second(bench.engine().srt_port());
  EXPECT_TRUE(second.wait_for_close());
  EXPECT_TRUE(first.is_open());
  EXPECT_EQ(bench.told().last().state, StreamState::live);
  EXPECT_EQ(bench.get(bench.engine().stats(LiveBench::kShow))->publications, 1U);
}

TEST(SrtServer, AnotherPublisherTakesOverFromASilentOne) {
  LiveBench bench(
      settings_with([](EngineSettings& settings) { settings.takeover_silence_ms = 0; }));
  const SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  const SrtCaller second(bench.engine().srt_port());
  EXPECT_TRUE(first.wait_for_close());
  EXPECT_TRUE(second.is_open());
  EXPECT_EQ(bench.told().last().state, StreamState::live);
}

TEST(SrtServer, PlaysWhatAPublisherHadSentWhenItGoes) {
  LiveBench bench(settings_with([](EngineSettings& settings) { settings.srt.latency_ms = 2'000; }));
  SrtCaller caller(bench.engine().srt_port());
  ASSERT_TRUE(caller.send(second_of_pictures()));
  caller.close();
  ASSERT_TRUE(has_pictures(bench));
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "disconnected");
  EXPECT_EQ(bench.get(bench.engine().stats(LiveBench::kShow))->frames, 25U);
}

TEST(SrtServer, WhoComesBackAtOnceTakesItsOwnPlace) {
  // What the first one sent is not played when the second one calls.
  LiveBench bench(settings_with([](EngineSettings& settings) { settings.srt.latency_ms = 2'000; }));
  SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(first.send(second_of_pictures()));
  first.close();
  const SrtCaller second(bench.engine().srt_port());
  ASSERT_TRUE(second.send(second_of_pictures(100)));
  ASSERT_TRUE(has_pictures(bench));
  EXPECT_TRUE(second.is_open());
  EXPECT_EQ(bench.get(bench.engine().stats(LiveBench::kShow))->publications, 2U);
}

TEST(SrtServer, TellsThatTheNetworkIsSilent) {
  LiveBench bench(
      settings_with([](EngineSettings& settings) { settings.srt.silence_timeout_ms = 300; }));
  const SrtCaller mute(bench.engine().srt_port());
  EXPECT_TRUE(mute.wait_for_close());
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "silent");
}

TEST(SrtServer, ASilentPublisherGoesOnWhereItLeft) {
  LiveBench bench(
      settings_with([](EngineSettings& settings) { settings.srt.publisher_silence_ms = 300; }));
  const SrtCaller caller(bench.engine().srt_port());
  ASSERT_TRUE(caller.send(second_of_pictures()));
  ASSERT_TRUE(has_pictures(bench));
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  EXPECT_EQ(bench.told().last().reason, "silent");
  ASSERT_TRUE(caller.send(second_of_pictures(100)));
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  EXPECT_TRUE(caller.is_open());
  EXPECT_EQ(bench.engine().srt_figures().connections, 1U);
}

TEST(SrtServer, ASilentPublisherDoesNotPushAnotherAside) {
  LiveBench bench(settings_with([](EngineSettings& settings) {
    settings.srt.publisher_silence_ms = 300;
    settings.takeover_silence_ms = 10'000;
  }));
  const SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(first.send(second_of_pictures()));
  ASSERT_TRUE(has_pictures(bench));
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  const SrtCaller second(bench.engine().srt_port());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  ASSERT_TRUE(first.send(second_of_pictures(100)));
  EXPECT_TRUE(first.wait_for_close());
  EXPECT_TRUE(second.is_open());
}

TEST(SrtServer, WaitsForTheGateForSomeTimeOnly) {
  LiveBench bench(
      settings_with([](EngineSettings& settings) { settings.srt.authorise_timeout_ms = 100; }));
  const SrtCaller caller(bench.engine().srt_port(), {.stream_id = testing::KnownKeys::kMute});
  EXPECT_TRUE(caller.was_let_in());
  EXPECT_TRUE(caller.wait_for_close());
}

TEST(SrtServer, BoundsItsConnections) {
  LiveBench bench(
      settings_with([](EngineSettings& settings) { settings.srt.connections_max = 1; }));
  const SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  const SrtCaller second(bench.engine().srt_port(), {.stream_id = "key-8"});
  EXPECT_EQ(second.rejection(), SRT_REJX_OVERLOAD);
  EXPECT_TRUE(first.is_open());
}

TEST(SrtServer, BoundsItsPublishers) {
  LiveBench bench(settings_with([](EngineSettings& settings) { settings.srt.publishers_max = 1; }));
  const SrtCaller first(bench.engine().srt_port());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  const SrtCaller second(bench.engine().srt_port(), {.stream_id = "key-8"});
  EXPECT_TRUE(second.wait_for_close());
  EXPECT_TRUE(first.is_open());
}

TEST(SrtServer, TheOldestStrangerOfAHouseholdGivesWay) {
  LiveBench bench(settings_with([](EngineSettings& settings) {
    settings.srt.strangers_per_household_max = 2;
    settings.srt.authorise_timeout_ms = 60'000;
  }));
  const std::uint16_t port = bench.engine().srt_port();
  const SrtCaller publisher(port);
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  // The gate takes its time with this one.
  const SrtCaller oldest(port, {.stream_id = testing::KnownKeys::kMute});
  const SrtCaller second(port, {.stream_id = testing::KnownKeys::kMute});
  const SrtCaller third(port, {.stream_id = testing::KnownKeys::kMute});
  EXPECT_TRUE(oldest.wait_for_close());
  EXPECT_TRUE(second.is_open());
  EXPECT_TRUE(third.is_open());
  EXPECT_TRUE(publisher.is_open()) << "no stranger: its key is known";
}

TEST(SrtServer, EndsWithTheShow) {
  LiveBench bench(settings_with());
  const SrtCaller caller(bench.engine().srt_port());
  ASSERT_TRUE(bench.told().wait_state(StreamState::live));
  bench.engine().end_show(LiveBench::kShow);
  EXPECT_TRUE(caller.wait_for_close());
  const SrtCaller again(bench.engine().srt_port());
  EXPECT_TRUE(again.wait_for_close());
}

TEST(SrtServer, StopsInTheMidstOfAShow) {
  LiveBench bench(settings_with());
  const SrtCaller caller(bench.engine().srt_port());
  ASSERT_TRUE(caller.send(second_of_pictures()));
  ASSERT_TRUE(has_pictures(bench));
  bench.engine().stop();
  EXPECT_TRUE(caller.wait_for_close());
}

TEST(SrtServer, AnAddressThatIsTakenIsAnError) {
  LiveBench bench(settings_with());
  const EngineSettings same = settings_with(
      [&](EngineSettings& settings) { settings.srt.port = bench.engine().srt_port(); });
  EXPECT_ANY_THROW(LiveBench{same});
}

TEST(SrtServer, SaysWhyAPublisherWasCut) {
  LiveBench bench(settings_with());
  fixture::Writer hevc;
  hevc.put_tables({{0x24, fixture::kVideoPid, ""}});
  fixture::Writer mp3;
  mp3.put_tables({{0x1B, fixture::kVideoPid, ""}, {0x03, fixture::kAudioPid, ""}});
  struct Row {
    Bytes bytes;
    const char* reason;
  };
  const Row rows[] = {{hevc.bytes, "video-codec"},
                      {mp3.bytes, "audio-codec"},
                      {Bytes(100'000, std::byte{0x11}), "ts-sync"}};
  for (const Row& row : rows) {
    const SrtCaller caller(bench.engine().srt_port());
    ASSERT_TRUE(bench.told().wait_state(StreamState::live)) << row.reason;
    // Some filling behind it, so that a whole message brings the last table's end.
    Bytes bytes = row.bytes;
    bytes.resize(bytes.size() + 2 * ts::kPacketBytes, std::byte{0x47});
    ASSERT_TRUE(caller.send(bytes)) << row.reason;
    EXPECT_TRUE(caller.wait_for_close()) << row.reason;
    EXPECT_TRUE(bench.told().wait([&](const StreamStatus& status) {
      return status.reason == row.reason;
    })) << row.reason
        << " " << bench.told().last().reason;
  }
}

TEST(SrtServer, CountsWhatArrives) {
  LiveBench bench(settings_with());
  const SrtCaller caller(bench.engine().srt_port());
  ASSERT_TRUE(caller.send(second_of_pictures()));
  ASSERT_TRUE(has_pictures(bench));
  const auto linked = [&] {
    const auto stats = bench.get(bench.engine().stats(LiveBench::kShow));
    return stats && stats->link && stats->link->received_packets > 0;
  };
  while (!linked()) {
  }
  const SrtFigures figures = bench.engine().srt_figures();
  EXPECT_EQ(figures.connections, 1U);
  EXPECT_EQ(figures.received_packets, (second_of_pictures().size() + 1'315) / 1'316);
  EXPECT_GT(figures.received_bytes, second_of_pictures().size());
  EXPECT_EQ(figures.lost_packets + figures.dropped_packets + figures.damaged_units, 0U);
}

// What SRT is for: a rural link of 200 ms there and back that loses every tenth packet either way.
TEST(SrtServer, KeepsEveryFrameOverABadLink) {
  constexpr unsigned kSeconds = 10;
  // Nearly twice the default, so that a machine that is busy with other tests may falter.
  LiveBench bench(settings_with([](EngineSettings& settings) { settings.srt.latency_ms = 3'000; }));
  const auto loopback = [](std::uint16_t port) {
    return TransportAddress{*IpAddress::parse("127.0.0.1"), port, Transport::udp};
  };
  const testing::LineSettings bad{.loss_permille = 100, .delay_ms = 100};
  const testing::Relay relay({.routes = {{loopback(0), loopback(bench.engine().srt_port())}},
                              .settings = {.up = bad, .down = bad}});
  Process encoder(ffmpeg_push(
      "srt://127.0.0.1:" + std::to_string(relay.addresses()[0].port) + "?streamid=key-7&linger=5",
      kSeconds, {"-b:v", "1500k"}));
  ASSERT_TRUE(bench.told().wait_playable());
  EXPECT_EQ(encoder.wait(), 0);
  ASSERT_TRUE(bench.told().wait_state(StreamState::away));
  // Nothing tells the server of the loss of what was sent last.
  EXPECT_GT(bench.get(bench.engine().stats(LiveBench::kShow))->frames, 30 * (kSeconds - 1));
  const SrtFigures figures = bench.engine().srt_figures();
  EXPECT_GT(figures.lost_packets, figures.received_packets / 20);
  EXPECT_EQ(figures.recovered_packets, figures.lost_packets);
  EXPECT_EQ(figures.damaged_units, 0U);
}

}  // namespace
}  // namespace geili::media::srt
