// A live show with a real encoder, kept on a real disk; ffprobe and ffmpeg judge what is there.
#include "media/recordings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/live_bench.hpp"
#include "media/testing/process.hpp"
#include "media/testing/record_units.hpp"

namespace geili::media {
namespace {

using testing::ffmpeg_push;
using testing::FillingDisk;
using testing::LiveBench;
using testing::output_of;
using testing::Process;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

std::string probe(const std::string& path, const std::string& options) {
  return output_of("ffprobe -v error " + options + " -of csv=p=0 " + path + " 2>&1");
}
double number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}
double frames_of(const std::string& path) {
  return number(probe(path, "-count_frames -select_streams v -show_entries stream=nb_read_frames"));
}
std::vector<double> packet_times(const std::string& path, const std::string& track) {
  std::istringstream lines(
      probe(path, "-select_streams " + track + " -show_entries packet=pts_time"));
  std::vector<double> times;
  for (double at = 0; lines >> at; lines.ignore(100, '\n')) times.push_back(at);
  return times;
}
// Distances between a track's packets that are not `expected_s` (+- 2 ms).
std::size_t odd_steps(const std::vector<double>& times, double expected_s) {
  std::size_t odd = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (std::abs(times[i] - times[i - 1] - expected_s) > 0.002) ++odd;
  }
  return odd;
}

class Recorded : public ::testing::Test {
 protected:
  void start(RecordSettings settings = {}) {
    settings.dir = folder_.path();
    recordings_ = Recordings::create(settings, clock_, &disk_);
    recordings_->start();
    bench_ = std::make_unique<LiveBench>(EngineSettings{}, recordings_.get());
  }
  void TearDown() override {
    bench_.reset();
    if (recordings_) recordings_->stop();
  }
  // Publishes for so long; recording begins with the first picture.
  std::unique_ptr<Process> publish(int seconds, std::vector<std::string> extra = {}) {
    auto camera = std::make_unique<Process>(ffmpeg_push(bench_->url(), seconds, std::move(extra)));
    EXPECT_TRUE(bench_->told().wait_state(StreamState::live));
    bench_->engine().record_show(kShow);
    return camera;
  }
  void end() {
    bench_->engine().end_show(kShow);
    EXPECT_TRUE(bench_->told().wait_state(StreamState::ended));
  }
  RecordingView view(std::vector<Instant> moments = {}) {
    return *bench_->get(recordings_->view(kShow, std::move(moments)));
  }
  std::string section(int number) {
    return *bench_->get(recordings_->section(kShow, std::to_string(number) + ".mp4"));
  }
  bool wait_warning(bool there) {
    return bench_->told().wait([there](const StreamStatus& status) {
      return there ==
             (std::ranges::find(status.warnings, "recording-paused") != status.warnings.end());
    });
  }

  static constexpr ShowId kShow = LiveBench::kShow;
  TemporaryFolder folder_;
  SystemClock clock_;
  FillingDisk disk_;
  std::unique_ptr<Recordings> recordings_;
  std::unique_ptr<LiveBench> bench_;
};

TEST_F(Recorded, KeepsEveryFrameInTime) {
  start();
  publish(7)->wait();
  end();
  const std::string path = section(1);
  EXPECT_EQ(frames_of(path), 7 * 30);
  const auto pictures = packet_times(path, "v");
  const auto sounds = packet_times(path, "a");
  ASSERT_FALSE(pictures.empty());
  ASSERT_FALSE(sounds.empty());
  EXPECT_EQ(odd_steps(pictures, 1.0 / 30), 0U);
  EXPECT_EQ(odd_steps(sounds, 1024.0 / 48'000), 0U);
  EXPECT_NEAR(pictures.front(), 0, 0.001);
  EXPECT_NEAR(pictures.front(), sounds.front(), 0.022);
  EXPECT_EQ(output_of("ffmpeg -v error -xerror -i " + path + " -f null - 2>&1"), "");

  const RecordingView shown = view();
  EXPECT_FALSE(shown.summary.live);
  EXPECT_NEAR(static_cast<double>(shown.summary.duration_us), 7e6, 50e3);
  const auto list = bench_->get(recordings_->playlist(kShow));
  ASSERT_TRUE(list);
  std::ofstream(folder_.path() + "/7/index.m3u8") << **list;
  fs::copy(path, folder_.path() + "/7/1.mp4");
  const std::string played = folder_.path() + "/7/index.m3u8";
  EXPECT_EQ(frames_of("-allowed_extensions ALL " + played), 7 * 30);
}

TEST_F(Recorded, HasNoHoleWhereThePublisherWasAway) {
  start();
  auto camera = publish(30);
  EXPECT_TRUE(bench_->told().wait_playable());
  camera->kill_now();
  EXPECT_TRUE(bench_->told().wait_state(StreamState::away));
  publish(3)->wait();
  end();
  const std::string path = section(1);
  const auto pictures = packet_times(path, "v");
  const auto sounds = packet_times(path, "a");
  EXPECT_GT(pictures.size(), 4U * 30);
  EXPECT_LE(odd_steps(pictures, 1.0 / 30), 1U);  // at most the seam, by a few milliseconds
  EXPECT_NEAR(pictures.back(), sounds.back(), 0.06);
  EXPECT_FALSE(bench_->get(recordings_->section(kShow, "2.mp4")));
}

TEST_F(Recorded, LeavesTheSlateOut) {
  start();
  auto camera = publish(30);
  EXPECT_TRUE(bench_->told().wait_playable());
  camera->kill_now();
  testing::HlsFollower viewer = bench_->follower();
  ASSERT_TRUE(viewer.begin());
  const std::string map = viewer.playlist().segments.front().map;
  while (viewer.playlist().segments.back().map == map) ASSERT_TRUE(viewer.reload());
  for (const std::size_t parts = viewer.parts_played(); viewer.parts_played() < parts + 4;) {
    ASSERT_TRUE(viewer.reload());
  }
  publish(3)->wait();
  end();
  const std::string path = section(1);
  const auto pictures = packet_times(path, "v");
  const auto sounds = packet_times(path, "a");
  EXPECT_GT(pictures.size(), 4U * 30);
  EXPECT_LE(odd_steps(pictures, 1.0 / 30), 1U);
  EXPECT_EQ(odd_steps(sounds, 1024.0 / 48'000), 0U);
  EXPECT_NEAR(pictures.back(), sounds.back(), 0.06);
  EXPECT_EQ(output_of("ffmpeg -v error -xerror -i " + path + " -f null - 2>&1"), "");
  EXPECT_FALSE(bench_->get(recordings_->section(kShow, "2.mp4")));
}

TEST_F(Recorded, KeepsTheOrderOfPicturesWithBFrames) {
  start();
  publish(4, {"-profile:v", "main", "-bf", "2", "-preset", "veryfast"})->wait();
  end();
  EXPECT_EQ(frames_of(section(1)), 4 * 30);
  EXPECT_EQ(output_of("ffmpeg -v error -xerror -i " + section(1) + " -f null - 2>&1"), "");
}

TEST_F(Recorded, MakesAClipThatPlaysEverywhere) {
  start();
  publish(6, {"-profile:v", "main", "-bf", "2", "-preset", "veryfast"})->wait();
  end();
  const auto clip = bench_->get(recordings_->clip(kShow, 1'500'000, 3'500'000));
  ASSERT_TRUE(clip) << clip.error().code;
  EXPECT_EQ(clip->from_us, 1'000'000);
  EXPECT_EQ(clip->to_us, 4'000'000);
  EXPECT_EQ(frames_of(clip->path), 3 * 30);
  EXPECT_NEAR(number(probe(clip->path, "-show_entries format=duration")), 3, 0.05);
  const double picture_s =
      number(probe(clip->path, "-select_streams v -show_entries stream=start_time"));
  const double sound_s =
      number(probe(clip->path, "-select_streams a -show_entries stream=start_time"));
  EXPECT_NEAR(picture_s, sound_s, 0.022);
  std::ifstream file(clip->path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
  EXPECT_EQ(bytes.find("moof"), std::string::npos);
  EXPECT_EQ(output_of("ffmpeg -v error -xerror -i " + clip->path + " -f null - 2>&1"), "");

  const auto again = bench_->get(recordings_->clip(kShow, 1'500'000, 3'500'000));
  EXPECT_EQ(again->path, clip->path);
  EXPECT_EQ(bench_->get(recordings_->clip(kShow, 0, 60'000'000)).error().code, "clip-outside");
  ASSERT_TRUE(bench_->get(recordings_->remove(kShow)));
  EXPECT_FALSE(fs::exists(clip->path));
  EXPECT_EQ(bench_->get(recordings_->remove(kShow)).error().code, "recording-not-found");
}

TEST_F(Recorded, LetsTheShowGoOnWhileTheDiskIsFull) {
  start();
  auto camera = publish(30);
  auto follower = bench_->follower();
  disk_.full = true;
  EXPECT_TRUE(wait_warning(true));
  const std::size_t before = follower.parts_played();
  while (follower.parts_played() < before + 9) ASSERT_TRUE(follower.reload());
  EXPECT_EQ(follower.faults(), std::vector<std::string>{});
  disk_.full = false;
  EXPECT_TRUE(wait_warning(false));
  EXPECT_GT(recordings_->figures().fragments_dropped, 0U);
  camera->kill_now();
  end();
  const auto pictures = packet_times(section(1), "v");
  EXPECT_LE(odd_steps(pictures, 1.0 / 30), 1U);
  const auto sounds = packet_times(section(1), "a");
  EXPECT_NEAR(pictures.back(), sounds.back(), 0.06);
}

TEST_F(Recorded, DropsWhatTheDiskIsTooSlowFor) {
  RecordSettings settings;
  settings.queue_bytes_max = 1;
  start(settings);
  auto camera = publish(30);
  EXPECT_TRUE(wait_warning(true));
  EXPECT_EQ(bench_->get(recordings_->view(kShow, {})).error().code, "recording-not-found");
  EXPECT_EQ(bench_->get(bench_->engine().stats(kShow))->state, StreamState::live);
}

TEST_F(Recorded, IsNotRemovedNorCutWhileItIsLive) {
  start();
  auto camera = publish(30);
  EXPECT_TRUE(bench_->told().wait_playable());
  while (recordings_->figures().fragments == 0) std::this_thread::yield();
  EXPECT_EQ(bench_->get(recordings_->remove(kShow)).error().code, "recording-live");
  EXPECT_EQ(bench_->get(recordings_->clip(kShow, 0, 1)).error().code, "recording-live");
}

TEST_F(Recorded, ShowsWhereAMomentIs) {
  start();
  publish(4)->wait();
  end();
  const RecordingView shown = view();
  const Instant start = shown.summary.started_at;
  const RecordingView found = view({start, start + std::chrono::milliseconds(2'500),
                                    start - std::chrono::hours(1), start + std::chrono::hours(1)});
  ASSERT_EQ(found.offsets_us.size(), 4U);
  EXPECT_EQ(found.offsets_us[0], 0);
  EXPECT_NEAR(static_cast<double>(found.offsets_us[1]), 2.5e6, 50e3);
  EXPECT_EQ(found.offsets_us[2], 0);
  EXPECT_EQ(found.offsets_us[3], shown.summary.duration_us);
}

}  // namespace
}  // namespace geili::media
