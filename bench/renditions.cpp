// What transcoding the picture of one stream costs: processor seconds for each second of a picture
// of 1280x720 with 30 frames a second and a camera's noise, how much later a picture is there, and
// how long the slate takes. Prints one JSON object a line.

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <unistd.h>

#include "figures.hpp"
#include "media/testing/process.hpp"
#include "media/testing/webrtc_client/media_file.hpp"
#include "media/video/rendition.hpp"
#include "media/video/slate.hpp"
#include "media/video/transcoder.hpp"

namespace {

using namespace geili;
using namespace geili::media;

constexpr int kSeconds = 10;

// The pictures of a clip that ffmpeg makes with these further options.
std::vector<UnitPtr> make_source(const std::string& options) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("geili_renditions_" + std::to_string(getpid()) + ".mkv");
  const std::string command =
      "ffmpeg -hide_banner -loglevel error -y -f lavfi -i "
      "testsrc2=size=1280x720:rate=30,noise=alls=6:allf=t -c:v libx264 -preset veryfast "
      "-pix_fmt yuv420p -g 60 -b:v 2500k -maxrate 2500k -bufsize 2500k " +
      options + " -t " + std::to_string(kSeconds) + " " + path.string() + " 2>&1";
  const std::string said = testing::output_of(command);
  if (!said.empty()) throw std::runtime_error(said);
  std::vector<UnitPtr> units;
  for (const UnitPtr& unit : testing::read_clip(path.string())->units) {
    if (unit->track == Track::video) units.push_back(unit);
  }
  std::filesystem::remove(path);
  return units;
}

std::vector<UnitPtr> transcode(const video::Form& form, const std::vector<UnitPtr>& source) {
  video::Transcoder transcoder(form);
  std::vector<UnitPtr> made;
  for (const UnitPtr& unit : source) transcoder.push(*unit, made);
  transcoder.finish(made);
  if (made.size() + 2 < source.size()) throw std::runtime_error("pictures are missing");
  return made;
}

double thread_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void measure_cost(const char* figure, const video::Form& form, const std::vector<UnitPtr>& source) {
  const double start_s = thread_s();
  const auto made = transcode(form, source);
  const double took_s = thread_s() - start_s;
  std::size_t bytes = 0;
  for (const UnitPtr& unit : made) bytes += unit->payload->size();
  bench::report("renditions", figure, took_s / kSeconds, "s/s");
  std::fprintf(stderr, "%s: %zu kbit/s\n", figure, bytes * 8 / kSeconds / 1'000);
}

// At the rate of a camera, on the threads that do it for viewers.
void measure_delay(const char* figure, const video::Form& form,
                   const std::vector<UnitPtr>& source) {
  const auto media = std::make_shared<boost::asio::io_context>();
  const auto work = boost::asio::make_work_guard(*media);
  video::PictureWorker worker;
  worker.start();
  bench::LatencyHistogram delays;
  std::vector<std::uint64_t> given_us;
  std::size_t taken = 0;
  const auto rendition = video::Rendition::create(form, worker, media, [&](const StreamItem&) {
    delays.record_us(bench::now_us() - given_us[taken++]);
  });
  const std::uint64_t start_us = bench::now_us();
  for (const UnitPtr& unit : source) {
    const std::uint64_t due_us = start_us + static_cast<std::uint64_t>(unit->pts_us);
    while (bench::now_us() < due_us) media->run_one_for(std::chrono::milliseconds(1));
    given_us.push_back(bench::now_us());
    rendition->convert(unit);
  }
  while (!rendition->is_idle()) media->run_one();
  worker.stop();
  bench::report("renditions", (std::string(figure) + "_p50").c_str(), delays.percentile_ms(0.5),
                "ms");
  bench::report("renditions", (std::string(figure) + "_p99").c_str(), delays.percentile_ms(0.99),
                "ms");
}

}  // namespace

int main() {
  const auto camera = make_source("-profile:v baseline -bf 0");
  // Without B-frames, as clips are read in the order in which they are shown; decoding costs as much.
  const auto encoder = make_source("-profile:v high -bf 0");
  const auto vp8 = transcode({.codec = Codec::vp8}, camera);
  const video::Form low{.layer = Layer::low,
                        .short_side_max = 360,
                        .bitrate_bps_max = 500'000,
                        .step_us_min = 20'000};
  measure_cost("h264_of_vp8_cpu", {}, vp8);
  measure_cost("h264_of_h264_cpu", {}, encoder);
  measure_cost("low_of_h264_cpu", low, camera);
  measure_cost("low_of_vp8_cpu", low, vp8);
  measure_delay("h264_of_vp8_delay_ms", {}, vp8);
  measure_delay("low_of_h264_delay_ms", low, camera);

  const std::uint64_t start_us = bench::now_us();
  const auto slate = video::make_slate(*camera.front());
  if (!slate) throw std::runtime_error(slate.error().detail);
  bench::report("renditions", "slate_ms", static_cast<double>(bench::now_us() - start_us) / 1e3,
                "ms");
}
