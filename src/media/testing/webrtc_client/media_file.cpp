#include "media/testing/webrtc_client/media_file.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include <unistd.h>

extern "C" {
#include <libavcodec/packet.h>
#include <libavformat/avformat.h>
}

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"
#include "media/h264/avcc.hpp"
#include "media/opus/packet.hpp"
#include "media/testing/process.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::testing {
namespace {

constexpr unsigned kOpusFrameUs = 20'000;
constexpr std::size_t kUuidBytes = 16;
constexpr std::size_t kStampDigits = 16;
// Sixteen letters name the SEI as ours (payload type 5, user_data_unregistered).
constexpr std::string_view kUuid = "geili-send-time.";
static_assert(kUuid.size() == kUuidBytes);

struct CloseInput {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
using Input = std::unique_ptr<AVFormatContext, CloseInput>;

ByteView view_of(const std::uint8_t* data, int size) {
  return std::as_bytes(std::span(data, static_cast<std::size_t>(std::max(size, 0))));
}

CodecConfigPtr config_of(const AVCodecParameters& parameters) {
  if (parameters.codec_id == AV_CODEC_ID_OPUS)
    return std::make_shared<const CodecConfig>(opus::describe(2, 960));
  if (parameters.codec_id != AV_CODEC_ID_H264) return nullptr;
  const auto parsed = h264::parse_avcc(view_of(parameters.extradata, parameters.extradata_size));
  auto described = parsed ? h264::describe(*parsed) : fail(parsed.error());
  if (!described) throw std::runtime_error("clip: no H.264 configuration");
  return std::make_shared<const CodecConfig>(std::move(*described));
}

UnitPtr unit_of(const AVPacket& packet, AVRational time_base, const CodecConfigPtr& config) {
  auto unit = std::make_shared<Unit>();
  unit->track = config->codec == Codec::opus ? Track::audio : Track::video;
  unit->keyframe = (packet.flags & AV_PKT_FLAG_KEY) != 0;
  unit->pts_us = av_rescale_q(packet.pts, time_base, {1, 1'000'000});
  unit->dts_us = unit->pts_us;
  unit->config = config;
  const ByteView bytes = view_of(packet.data, packet.size);
  unit->payload = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
  return unit;
}

void put_in_order(Clip& clip) {
  std::ranges::sort(clip.units, {},
                    [](const UnitPtr& unit) { return std::pair(unit->pts_us, unit->track); });
}

// Matroska begins Opus a little before or behind the picture.
void settle(Clip& clip, unsigned fps) {
  put_in_order(clip);
  const auto first =
      std::ranges::find(clip.units, Track::video, [](const UnitPtr& unit) { return unit->track; });
  if (first == clip.units.end()) throw std::runtime_error("clip: no picture");
  const std::int64_t begin_us = (*first)->pts_us;
  clip.units.erase(clip.units.begin(), first);
  for (UnitPtr& unit : clip.units) {
    auto moved = std::make_shared<Unit>(*unit);
    moved->pts_us -= begin_us;
    moved->dts_us -= begin_us;
    if (moved->track == Track::video)
      clip.duration_us = std::max(clip.duration_us, moved->pts_us + 1'000'000 / fps);
    unit = std::move(moved);
  }
}

std::string ffmpeg_command(const ClipOptions& options, const std::string& path) {
  const std::string rate = std::to_string(options.video_kbps) + "k";
  std::string command = "ffmpeg -hide_banner -loglevel error -y -f lavfi -i testsrc2=size=" +
                        std::to_string(options.width) + "x" + std::to_string(options.height) +
                        ":rate=" + std::to_string(options.fps);
  if (options.audio) command += " -f lavfi -i sine=frequency=440:sample_rate=48000";
  command += " -c:v libx264 -preset veryfast -profile:v baseline -pix_fmt yuv420p -bf 0 -g " +
             std::to_string(options.keyframe_every) + " -keyint_min " +
             std::to_string(options.keyframe_every) + " -sc_threshold 0 -b:v " + rate +
             " -maxrate " + rate + " -bufsize " + rate;
  if (options.audio)
    command +=
        " -c:a libopus -ac 2 -frame_duration 20 -b:a " + std::to_string(options.audio_kbps) + "k";
  return command + " -t " + std::to_string(options.seconds) + " -f matroska '" + path + "' 2>&1";
}

Bytes filler(std::size_t bytes, std::byte header) {
  ByteWriter out;
  const std::size_t size = std::max<std::size_t>(bytes, 8);
  out.u32(size);
  out.u8(std::to_integer<unsigned>(header));
  out.u8(0x88);  // first_mb_in_slice 0, slice_type 7; behind it pic_parameter_set_id 0
  for (std::size_t i = 2; i < size; ++i) out.u8(0xAA);
  const ByteView view = as_bytes(out.view());
  return {view.begin(), view.end()};
}

}  // namespace

ClipPtr read_clip(const std::string& path) {
  AVFormatContext* opened = nullptr;
  if (avformat_open_input(&opened, path.c_str(), nullptr, nullptr) != 0)
    throw std::runtime_error("clip: cannot read " + path);
  const Input input(opened);
  if (avformat_find_stream_info(opened, nullptr) < 0) throw std::runtime_error("clip: no streams");
  std::vector<CodecConfigPtr> configs;
  unsigned fps = 30;
  for (unsigned i = 0; i < opened->nb_streams; ++i) {
    const AVStream& stream = *opened->streams[i];
    configs.push_back(config_of(*stream.codecpar));
    if (stream.codecpar->codec_id == AV_CODEC_ID_H264 && stream.avg_frame_rate.den > 0)
      fps = static_cast<unsigned>(std::max(1.0, av_q2d(stream.avg_frame_rate)));
  }
  auto clip = std::make_shared<Clip>();
  AVPacket* packet = av_packet_alloc();
  while (av_read_frame(opened, packet) == 0) {
    const auto index = static_cast<std::size_t>(packet->stream_index);
    if (configs[index])
      clip->units.push_back(unit_of(*packet, opened->streams[index]->time_base, configs[index]));
    av_packet_unref(packet);
  }
  av_packet_free(&packet);
  settle(*clip, fps);
  return clip;
}

ClipPtr make_clip(const ClipOptions& options) {
  std::string path = (std::filesystem::temp_directory_path() / "geili_clip_XXXXXX").string();
  const int fd = mkstemp(path.data());
  if (fd < 0) throw std::runtime_error("clip: no temporary file");
  ::close(fd);
  const std::string said = output_of(ffmpeg_command(options, path));
  ClipPtr clip;
  try {
    clip = read_clip(path);
  } catch (const std::runtime_error& error) {
    std::filesystem::remove(path);
    throw std::runtime_error(std::string(error.what()) + ": " + said);
  }
  std::filesystem::remove(path);
  return clip;
}

ClipPtr make_hollow_clip(const ClipOptions& options) {
  const CodecConfigPtr video = video_config();
  const auto audio = std::make_shared<const CodecConfig>(opus::describe(2, 960));
  auto clip = std::make_shared<Clip>();
  clip->duration_us = std::int64_t{1'000'000} * options.seconds;
  const std::size_t bytes = std::size_t{options.video_kbps} * 125 / options.fps;
  for (unsigned i = 0; i < options.seconds * options.fps; ++i) {
    const bool key = i % options.keyframe_every == 0;
    const std::int64_t at_us = std::int64_t{1'000'000} * i / options.fps;
    clip->units.push_back(
        std::make_shared<const Unit>(Unit{.track = Track::video,
                                          .keyframe = key,
                                          .dts_us = at_us,
                                          .pts_us = at_us,
                                          .captured = {},
                                          .config = video,
                                          .payload = std::make_shared<const Bytes>(filler(
                                              bytes, key ? std::byte{0x65} : std::byte{0x41}))}));
  }
  const auto silence = std::make_shared<const Bytes>(*opus::silent_packet(2, 960));
  for (std::int64_t at_us = 0; options.audio && at_us < clip->duration_us; at_us += kOpusFrameUs) {
    clip->units.push_back(std::make_shared<const Unit>(Unit{.track = Track::audio,
                                                            .keyframe = true,
                                                            .dts_us = at_us,
                                                            .pts_us = at_us,
                                                            .captured = {},
                                                            .config = audio,
                                                            .payload = silence}));
  }
  put_in_order(*clip);
  return clip;
}

UnitPtr stamped(const Unit& unit, Instant time) {
  ByteWriter out;
  out.u32(3 + kUuidBytes + kStampDigits + 1);
  out.u8(0x06);
  out.u8(0x05);
  out.u8(kUuidBytes + kStampDigits);
  out.text(kUuid);
  // Decimal digits never need emulation prevention.
  std::string digits = std::to_string(time.us);
  out.text(std::string(kStampDigits - std::min(kStampDigits, digits.size()), '0') + digits);
  out.u8(0x80);
  out.bytes(*unit.payload);
  const ByteView bytes = as_bytes(out.view());
  auto copy = std::make_shared<Unit>(unit);
  copy->payload = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
  return copy;
}

std::optional<Instant> stamp_of(ByteView payload) {
  ByteReader in(payload);
  while (in.ok() && in.remaining() > 4) {
    const ByteView nal = in.bytes(in.u32());
    constexpr std::size_t kSize = 3 + kUuidBytes + kStampDigits + 1;
    if (nal.size() != kSize || nal[0] != std::byte{0x06}) continue;
    if (as_text(nal.subspan(3, kUuidBytes)) != kUuid) continue;
    const std::string digits(as_text(nal.subspan(3 + kUuidBytes, kStampDigits)));
    return Instant{std::strtoll(digits.c_str(), nullptr, 10)};
  }
  return std::nullopt;
}

}  // namespace geili::media::testing
