// A publisher that does anything it may: the parts keep their lengths and the tracks their
// continuity.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "media/aac/audio_specific_config.hpp"
#include "media/byte_reader.hpp"
#include "media/egress/llhls/packager.hpp"
#include "media/egress/llhls/playlist.hpp"
#include "media/h264/avcc.hpp"
#include "media/stream.hpp"

namespace {

using namespace geili;
using namespace geili::media;

CodecConfigPtr video_config(bool other) {
  const char* record =
      other ? "0164002affe1001b6764002aacd940780227e5c044000003000400000301e03c60c65801000468ef8fcb"
              "fdf8f800"
            : "0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa801000468ce0fc8";
  return std::make_shared<const CodecConfig>(*h264::describe(*h264::parse_avcc(*from_hex(record))));
}
CodecConfigPtr audio_config(bool other) {
  return std::make_shared<const CodecConfig>(*aac::describe(*from_hex(other ? "11b0" : "1190")));
}

void check(const llhls::Window& window) {
  static std::uint64_t seen = 0;
  if (std::exchange(seen, window.parts_count()) == window.parts_count()) return;
  for (const llhls::Segment& segment : window.segments()) {
    for (const llhls::Part& part : segment.parts) {
      assert(part.duration_us > 0 && part.duration_us <= llhls::kPartUsMax);
    }
    assert(!segment.complete || segment.body);
  }
  if (window.is_ready()) (void)llhls::render_media(window, Layer::source, true, std::nullopt);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ManualClock clock;
  const auto stream = std::make_shared<Stream>(ShowId{1}, clock, StreamLimits{});
  llhls::Packager packager(100);
  const auto reader = stream->read(4'096, nullptr);
  auto publication = std::move(*stream->publish(nullptr));
  const auto payload = std::make_shared<const Bytes>(4);
  CodecConfigPtr video = video_config(false);
  CodecConfigPtr audio = audio_config(false);
  std::int64_t at_us = 0;
  ByteReader in(std::as_bytes(std::span(data, size).first(std::min<std::size_t>(size, 512))));
  while (in.remaining() > 0) {
    const unsigned step = in.u8();
    const unsigned what = step & 7U;
    if (what <= 5) at_us += static_cast<std::int64_t>(step >> 3) * 4'000;
    if (what <= 2)
      publication->push({Track::video, what == 0, at_us, what * 20'000, video, payload});
    if (what >= 3 && what <= 5) publication->push({Track::audio, true, at_us, 0, audio, payload});
    if (what == 6) {
      at_us += (static_cast<std::int64_t>(in.u8()) - 128) * 100'000;
      video = video_config((step & 8U) != 0);
      audio = audio_config((step & 16U) != 0);
    }
    if (what == 7) {
      publication->end("disconnected");
      publication = std::move(*stream->publish(nullptr));
    }
    clock.advance(std::chrono::milliseconds(step));
    while (auto item = reader->pop()) packager.take(*item);
    check(packager.window());
  }
  stream->end();
  while (auto item = reader->pop()) packager.take(*item);
  check(packager.window());
  return 0;
}
