#include "media/audio/transcoder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

extern "C" {
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

#include "media/aac/audio_specific_config.hpp"
#include "media/libav.hpp"
#include "media/opus/packet.hpp"
#include "media/ticks.hpp"

namespace geili::media::audio {
namespace {

using libav::Context;
using libav::Frame;
using libav::Packet;
using Resampler = std::unique_ptr<SwrContext, libav::Freed<swr_free>>;
struct FreeFifo {
  void operator()(AVAudioFifo* fifo) const { av_audio_fifo_free(fifo); }
};
using Fifo = std::unique_ptr<AVAudioFifo, FreeFifo>;

constexpr std::int64_t kBitrateBpsPerChannel = 48'000;
constexpr int kOutputRate = kOutputRateHz;

std::unexpected<Error> unable() {
  return fail(ErrorKind::unsupported_media, "audio-transcode",
              "This sound cannot be transcoded for all viewers.");
}

std::array<void*, AV_NUM_DATA_POINTERS> planes_of(const AVFrame& frame) {
  std::array<void*, AV_NUM_DATA_POINTERS> planes{};
  std::ranges::copy(frame.data, planes.begin());
  return planes;
}

// With room for so many samples of what the encoder takes; null when there is no memory.
Frame frame_for(const AVCodecContext& encoder, int samples) {
  Frame frame(av_frame_alloc());
  if (!frame) return nullptr;
  frame->format = encoder.sample_fmt;
  frame->nb_samples = samples;
  frame->sample_rate = kOutputRate;
  if (av_channel_layout_copy(&frame->ch_layout, &encoder.ch_layout) < 0 ||
      av_frame_get_buffer(frame.get(), 0) < 0) {
    return nullptr;
  }
  return frame;
}

Context open_decoder(const CodecConfig& from) {
  const AVCodec* codec =
      avcodec_find_decoder(from.codec == Codec::aac ? AV_CODEC_ID_AAC : AV_CODEC_ID_OPUS);
  Context context(avcodec_alloc_context3(codec));
  if (codec == nullptr || !context || !libav::set_extradata(*context, from.record)) return nullptr;
  context->sample_rate = static_cast<int>(from.sample_rate_hz);
  av_channel_layout_default(&context->ch_layout, static_cast<int>(from.channels));
  context->thread_count = 1;
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
  return context;
}

Context open_encoder(Codec to, unsigned channels) {
  const AVCodec* codec = avcodec_find_encoder_by_name(to == Codec::aac ? "aac" : "libopus");
  Context context(avcodec_alloc_context3(codec));
  if (codec == nullptr || !context) return nullptr;
  context->sample_rate = kOutputRate;
  context->sample_fmt = to == Codec::aac ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
  av_channel_layout_default(&context->ch_layout, static_cast<int>(channels));
  context->bit_rate = kBitrateBpsPerChannel * channels;
  context->time_base = {1, kOutputRate};
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (to == Codec::opus) {
    constexpr int kComplexity = 5;  // of 10: half the time of the best
    av_opt_set_double(context->priv_data, "frame_duration", kOpusFrameMs, 0);
    av_opt_set_int(context->priv_data, "fec", 1, 0);
    av_opt_set_int(context->priv_data, "packet_loss", 5, 0);
    context->compression_level = kComplexity;
  } else {
    // The better search of coefficients takes three times as long.
    av_opt_set(context->priv_data, "aac_coder", "fast", 0);
  }
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return nullptr;
  return context;
}

Result<CodecConfig> describe(Codec to, const AVCodecContext& encoder) {
  const auto channels = static_cast<unsigned>(encoder.ch_layout.nb_channels);
  const auto samples = static_cast<unsigned>(encoder.frame_size);
  if (to == Codec::opus) return opus::describe(channels, samples);
  return aac::describe(std::as_bytes(
      std::span(encoder.extradata, static_cast<std::size_t>(encoder.extradata_size))));
}

class LibavTranscoder final : public Transcoder {
 public:
  LibavTranscoder(CodecConfigPtr from, std::int64_t start_us, Context decoder, Context encoder,
                  CodecConfig config)
      : from_(std::move(from)),
        config_(std::make_shared<const CodecConfig>(std::move(config))),
        start_us_(start_us),
        start_ticks_(ticks_of(start_us, kOutputRateHz)),
        decoder_(std::move(decoder)),
        encoder_(std::move(encoder)),
        fifo_(av_audio_fifo_alloc(encoder_->sample_fmt, encoder_->ch_layout.nb_channels,
                                  kOutputRate)),
        decoded_(av_frame_alloc()),
        packet_(av_packet_alloc()) {}

  void push(const Unit& in, std::vector<UnitPtr>& out) override;
  void finish(std::vector<UnitPtr>& out) override;
  std::int64_t expected_us() const override {
    return start_us_ + us_of(samples_in_, from_->sample_rate_hz);
  }
  const CodecConfigPtr& config() const override { return config_; }
  void use_config(CodecConfigPtr config) override { config_ = std::move(config); }

 private:
  bool decode(ByteView payload);
  bool fit_resampler(AVFrame& frame);
  void resample(const AVFrame* frame);
  void append_silence(std::int64_t samples);
  void encode(bool all, std::vector<UnitPtr>& out);
  void receive(std::vector<UnitPtr>& out);

  const CodecConfigPtr from_;
  CodecConfigPtr config_;
  const std::int64_t start_us_;
  const std::int64_t start_ticks_;
  const Context decoder_;
  const Context encoder_;
  const Fifo fifo_;
  const Frame decoded_;
  const Packet packet_;
  Resampler resampler_;
  int resampler_rate_ = 0;
  int resampler_channels_ = 0;
  std::int64_t samples_in_ = 0;    // at the source's rate
  std::int64_t samples_made_ = 0;  // at the output's rate: put into the queue
  std::int64_t samples_out_ = 0;   // given to the encoder
  std::int64_t wall_offset_us_ = 0;
  std::uint32_t publication_ = 0;
  bool slate_ = false;
};

void LibavTranscoder::push(const Unit& in, std::vector<UnitPtr>& out) {
  wall_offset_us_ = in.captured.us - in.pts_us;
  publication_ = in.publication;
  slate_ = in.slate;
  const std::int64_t made_before = samples_made_;
  decode(*in.payload);
  const auto samples = opus::samples_of(*in.payload);
  const bool is_opus = from_->codec == Codec::opus;
  samples_in_ += is_opus && samples ? *samples : from_->samples_per_frame;
  if (samples_made_ == made_before) {
    append_silence(ticks_of(us_of(samples_in_, from_->sample_rate_hz), kOutputRate) -
                   samples_made_);
  }
  encode(false, out);
}

bool LibavTranscoder::decode(ByteView payload) {
  const Packet packet = libav::packet_of(payload);
  if (!packet || avcodec_send_packet(decoder_.get(), packet.get()) < 0) return false;
  bool any = false;
  while (avcodec_receive_frame(decoder_.get(), decoded_.get()) >= 0) {
    any = true;
    if (fit_resampler(*decoded_)) resample(decoded_.get());
    av_frame_unref(decoded_.get());
  }
  return any;
}

bool LibavTranscoder::fit_resampler(AVFrame& frame) {
  if (resampler_ && resampler_rate_ == frame.sample_rate &&
      resampler_channels_ == frame.ch_layout.nb_channels) {
    return true;
  }
  if (resampler_) resample(nullptr);
  SwrContext* made = nullptr;
  swr_alloc_set_opts2(&made, &encoder_->ch_layout, encoder_->sample_fmt, kOutputRate,
                      &frame.ch_layout, static_cast<AVSampleFormat>(frame.format),
                      frame.sample_rate, 0, nullptr);
  resampler_.reset(made);
  if (!resampler_ || swr_init(resampler_.get()) < 0) {
    resampler_.reset();
    return false;
  }
  resampler_rate_ = frame.sample_rate;
  resampler_channels_ = frame.ch_layout.nb_channels;
  return true;
}

// Null: what the resampler still holds.
void LibavTranscoder::resample(const AVFrame* frame) {
  const int samples_max = swr_get_out_samples(resampler_.get(), frame ? frame->nb_samples : 0);
  if (samples_max <= 0) return;
  const Frame made = frame_for(*encoder_, samples_max);
  if (!made) return;
  std::array<const std::uint8_t*, AV_NUM_DATA_POINTERS> data{};
  if (frame != nullptr) std::ranges::copy(frame->data, data.begin());
  const int samples = swr_convert(resampler_.get(), made->data, samples_max,
                                  frame ? data.data() : nullptr, frame ? frame->nb_samples : 0);
  if (samples <= 0) return;
  if (av_audio_fifo_write(fifo_.get(), planes_of(*made).data(), samples) > 0) {
    samples_made_ += samples;
  }
}

void LibavTranscoder::append_silence(std::int64_t samples) {
  constexpr std::int64_t kSilenceMax = kOutputRateHz;
  const int count = static_cast<int>(std::clamp<std::int64_t>(samples, 0, kSilenceMax));
  if (count == 0) return;
  const Frame made = frame_for(*encoder_, count);
  if (!made) return;
  av_samples_set_silence(made->data, 0, count, encoder_->ch_layout.nb_channels,
                         encoder_->sample_fmt);
  if (av_audio_fifo_write(fifo_.get(), planes_of(*made).data(), count) > 0) {
    samples_made_ += count;
  }
}

void LibavTranscoder::encode(bool all, std::vector<UnitPtr>& out) {
  const int size = encoder_->frame_size;
  while (av_audio_fifo_size(fifo_.get()) >= (all ? 1 : size)) {
    const Frame frame = frame_for(*encoder_, std::min(size, av_audio_fifo_size(fifo_.get())));
    if (!frame) return;
    av_audio_fifo_read(fifo_.get(), planes_of(*frame).data(), frame->nb_samples);
    frame->pts = samples_out_;
    samples_out_ += frame->nb_samples;
    if (avcodec_send_frame(encoder_.get(), frame.get()) < 0) return;
    receive(out);
  }
}

void LibavTranscoder::receive(std::vector<UnitPtr>& out) {
  while (avcodec_receive_packet(encoder_.get(), packet_.get()) >= 0) {
    const ByteView bytes = libav::bytes_of(*packet_);
    Unit unit;
    unit.track = Track::audio;
    unit.keyframe = true;
    unit.dts_us = unit.pts_us = us_of(start_ticks_ + packet_->pts, kOutputRateHz);
    unit.captured = {unit.pts_us + wall_offset_us_};
    unit.publication = publication_;
    unit.slate = slate_;
    unit.config = config_;
    unit.payload = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    if (!bytes.empty()) out.push_back(std::make_shared<const Unit>(std::move(unit)));
    av_packet_unref(packet_.get());
  }
}

void LibavTranscoder::finish(std::vector<UnitPtr>& out) {
  if (resampler_) resample(nullptr);
  encode(true, out);
  if (avcodec_send_frame(encoder_.get(), nullptr) >= 0) receive(out);
}

}  // namespace

Result<std::unique_ptr<Transcoder>> Transcoder::create(CodecConfigPtr from, Codec to,
                                                       std::int64_t start_us) {
  assert((from->codec == Codec::aac && to == Codec::opus) ||
         (from->codec == Codec::opus && to == Codec::aac));
  libav::be_quiet();
  constexpr unsigned kChannelsMax = 2;
  Context decoder = open_decoder(*from);
  Context encoder = open_encoder(to, std::min(from->channels, kChannelsMax));
  if (!decoder || !encoder) return unable();
  auto config = describe(to, *encoder);
  if (!config) return unable();
  return std::make_unique<LibavTranscoder>(std::move(from), start_us, std::move(decoder),
                                           std::move(encoder), std::move(*config));
}

}  // namespace geili::media::audio
