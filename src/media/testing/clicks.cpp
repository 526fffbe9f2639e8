#include "media/testing/clicks.hpp"

#include <cmath>
#include <numbers>
#include <span>

extern "C" {
#include <libavutil/channel_layout.h>
}

#include "media/aac/audio_specific_config.hpp"
#include "media/libav.hpp"
#include "media/opus/packet.hpp"
#include "media/ticks.hpp"

namespace geili::media::testing {
namespace {

constexpr double kToneHz = 1'000;
constexpr double kBeepS = 0.005;
constexpr double kQuietS = 0.2;  // between two beeps at least
constexpr float kLoud = 0.15F;

libav::Context open_encoder(Codec codec, unsigned rate_hz, unsigned channels) {
  const AVCodec* found = avcodec_find_encoder_by_name(codec == Codec::aac ? "aac" : "libopus");
  libav::Context encoder(avcodec_alloc_context3(found));
  encoder->sample_rate = static_cast<int>(rate_hz);
  encoder->sample_fmt = codec == Codec::aac ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
  av_channel_layout_default(&encoder->ch_layout, static_cast<int>(channels));
  encoder->bit_rate = 96'000;
  encoder->time_base = {1, static_cast<int>(rate_hz)};
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (avcodec_open2(encoder.get(), found, nullptr) < 0) return nullptr;
  return encoder;
}

float sample_at(std::int64_t index, unsigned rate_hz) {
  const double at_s = static_cast<double>(index) / rate_hz;
  const double into_s = at_s - std::floor(at_s) - 0.5;
  if (into_s < 0 || into_s >= kBeepS) return 0;
  return static_cast<float>(0.8 * std::cos(2 * std::numbers::pi * kToneHz * into_s));
}

// Plane `plane`, or all channels in turn.
std::span<float> floats_of(AVFrame& frame, int plane, int count) {
  return {static_cast<float*>(static_cast<void*>(frame.data[plane])),
          static_cast<std::size_t>(count)};
}

}  // namespace

std::vector<UnitPtr> clicks(Codec codec, unsigned rate_hz, unsigned channels, std::int64_t start_us,
                            int seconds) {
  libav::be_quiet();
  const libav::Context encoder = open_encoder(codec, rate_hz, channels);
  CodecConfig described =
      codec == Codec::opus
          ? opus::describe(channels, static_cast<unsigned>(encoder->frame_size))
          : *aac::describe(std::as_bytes(
                std::span(encoder->extradata, static_cast<std::size_t>(encoder->extradata_size))));
  const auto config = std::make_shared<const CodecConfig>(std::move(described));
  std::vector<UnitPtr> units;
  const libav::Packet packet(av_packet_alloc());
  const std::int64_t start_ticks = ticks_of(start_us, rate_hz);
  std::int64_t made = 0;
  while (made < std::int64_t{seconds} * rate_hz) {
    const libav::Frame frame(av_frame_alloc());
    frame->format = encoder->sample_fmt;
    frame->nb_samples = encoder->frame_size;
    frame->pts = made;
    av_channel_layout_copy(&frame->ch_layout, &encoder->ch_layout);
    av_frame_get_buffer(frame.get(), 0);
    const int count = static_cast<int>(channels);
    for (int i = 0; i < frame->nb_samples; ++i) {
      const float value = sample_at(made + i, rate_hz);
      for (int c = 0; c < count; ++c) {
        if (codec == Codec::aac)
          floats_of(*frame, c, frame->nb_samples)[static_cast<std::size_t>(i)] = value;
        else
          floats_of(*frame, 0, frame->nb_samples * count)[static_cast<std::size_t>(i * count + c)] =
              value;
      }
    }
    made += frame->nb_samples;
    avcodec_send_frame(encoder.get(), frame.get());
    while (avcodec_receive_packet(encoder.get(), packet.get()) >= 0) {
      const std::int64_t late = codec == Codec::opus ? encoder->initial_padding : 0;
      Unit unit;
      unit.track = Track::audio;
      unit.keyframe = true;
      unit.dts_us = unit.pts_us = us_of(start_ticks + packet->pts + late, rate_hz);
      unit.captured = {unit.pts_us};
      unit.config = config;
      const ByteView bytes = libav::bytes_of(*packet);
      unit.payload = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
      if (packet->pts + late >= 0) units.push_back(std::make_shared<const Unit>(std::move(unit)));
      av_packet_unref(packet.get());
    }
  }
  return units;
}

std::vector<std::int64_t> click_times_us(const std::vector<UnitPtr>& units) {
  std::vector<std::int64_t> times;
  if (units.empty()) return times;
  const CodecConfig& config = *units.front()->config;
  const AVCodec* codec =
      avcodec_find_decoder(config.codec == Codec::aac ? AV_CODEC_ID_AAC : AV_CODEC_ID_OPUS);
  const libav::Context decoder(avcodec_alloc_context3(codec));
  libav::set_extradata(*decoder, config.record);
  decoder->sample_rate = static_cast<int>(config.sample_rate_hz);
  av_channel_layout_default(&decoder->ch_layout, static_cast<int>(config.channels));
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0) return times;
  const libav::Frame frame(av_frame_alloc());
  for (const UnitPtr& unit : units) {
    const libav::Packet packet = libav::packet_of(*unit->payload);
    if (avcodec_send_packet(decoder.get(), packet.get()) < 0) continue;
    while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) {
      const auto samples = floats_of(*frame, 0, frame->nb_samples);  // planar, from both decoders
      for (int i = 0; i < frame->nb_samples; ++i) {
        if (std::abs(samples[static_cast<std::size_t>(i)]) < kLoud) continue;
        const std::int64_t at_us =
            unit->pts_us + us_of(i, static_cast<std::int64_t>(frame->sample_rate));
        if (times.empty() || static_cast<double>(at_us - times.back()) > kQuietS * 1e6) {
          times.push_back(at_us);
        }
      }
    }
  }
  return times;
}

}  // namespace geili::media::testing
