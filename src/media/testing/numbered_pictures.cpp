#include "media/testing/numbered_pictures.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"
#include "media/libav.hpp"
#include "media/vp8/frame_header.hpp"

namespace geili::media::testing {
namespace {

constexpr int kBits = 12;  // one block each, in a row in the middle
constexpr std::uint8_t kDark = 40;
constexpr std::uint8_t kLight = 210;

struct Block {
  int left, right, top, bottom;
};
Block block_of(const AVFrame& picture, int bit) {
  const int side = picture.width / (kBits + 2);
  const int left = side * (bit + 1);
  const int top = picture.height / 2 - side / 2;
  return {left, left + side, top, top + side};
}

void fill(AVFrame& picture, const Block& block, std::uint8_t value) {
  for (int y = block.top; y < block.bottom; ++y) {
    std::fill_n(picture.data[0] + y * picture.linesize[0] + block.left, block.right - block.left,
                value);
  }
}

// A ramp that moves, and the number.
void draw(AVFrame& picture, unsigned number) {
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      picture.data[0][y * picture.linesize[0] + x] =
          static_cast<std::uint8_t>(60 + (x + y + static_cast<int>(number) * 3) % 128);
    }
  }
  for (const int plane : {1, 2}) {
    for (int y = 0; y < (picture.height + 1) / 2; ++y) {
      std::fill_n(picture.data[plane] + y * picture.linesize[plane], (picture.width + 1) / 2,
                  static_cast<std::uint8_t>(plane == 1 ? 110 : 140));
    }
  }
  for (int bit = 0; bit < kBits; ++bit) {
    fill(picture, block_of(picture, bit), (number >> bit & 1U) != 0 ? kLight : kDark);
  }
}

libav::Context open_encoder(const NumberedOptions& options) {
  const bool is_h264 = options.codec == Codec::h264;
  const AVCodec* codec = avcodec_find_encoder_by_name(is_h264 ? "libx264" : "libvpx");
  libav::Context encoder(avcodec_alloc_context3(codec));
  if (!encoder) throw std::runtime_error("no encoder");
  encoder->width = static_cast<int>(options.width);
  encoder->height = static_cast<int>(options.height);
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->time_base = {1, static_cast<int>(options.fps)};
  encoder->framerate = {static_cast<int>(options.fps), 1};
  encoder->gop_size = static_cast<int>(options.keyframe_every);
  encoder->keyint_min = encoder->gop_size;
  encoder->thread_count = 1;
  encoder->bit_rate = 1'000'000;
  encoder->max_b_frames = static_cast<int>(options.b_frames);
  if (is_h264) {
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    const std::string params =
        "annexb=0:scenecut=0:b-adapt=0:open-gop=0:bframes=" + std::to_string(options.b_frames);
    av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
    av_opt_set(encoder->priv_data, "x264-params", params.c_str(), 0);
  } else {
    av_opt_set(encoder->priv_data, "deadline", "realtime", 0);
    av_opt_set_int(encoder->priv_data, "cpu-used", 8, 0);
    av_opt_set_int(encoder->priv_data, "lag-in-frames", 0, 0);
  }
  if (avcodec_open2(encoder.get(), codec, nullptr) < 0) throw std::runtime_error("no encoder");
  return encoder;
}

CodecConfigPtr config_of(const AVCodecContext& encoder, ByteView first, Codec codec) {
  if (codec == Codec::vp8) {
    return std::make_shared<const CodecConfig>(vp8::describe(*vp8::parse_frame_header(first)));
  }
  h264::DecoderConfig sets;
  const auto extradata =
      std::as_bytes(std::span(encoder.extradata, static_cast<std::size_t>(encoder.extradata_size)));
  for (const ByteView nal : h264::split_length_prefixed(extradata, 4).value()) {
    if (h264::type_of(nal) == h264::NalType::sps) sets.sps.emplace_back(nal.begin(), nal.end());
    if (h264::type_of(nal) == h264::NalType::pps) sets.pps.emplace_back(nal.begin(), nal.end());
  }
  return std::make_shared<const CodecConfig>(h264::describe(sets).value());
}

class Collector {
 public:
  Collector(const NumberedOptions& options, AVCodecContext& encoder)
      : options_(options), encoder_(encoder), packet_(av_packet_alloc()) {}

  void send(const AVFrame* picture) {
    avcodec_send_frame(&encoder_, picture);
    while (avcodec_receive_packet(&encoder_, packet_.get()) >= 0) take();
  }
  std::vector<UnitPtr> units;

 private:
  void take() {
    const ByteView bytes = libav::bytes_of(*packet_);
    if (!config_) config_ = config_of(encoder_, bytes, options_.codec);
    Unit unit;
    unit.keyframe = (packet_->flags & AV_PKT_FLAG_KEY) != 0;
    unit.pts_us = time_of(packet_->pts);
    unit.dts_us = time_of(packet_->dts);
    unit.captured = {unit.pts_us};
    unit.publication = 1;
    unit.config = config_;
    unit.payload = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    units.push_back(std::make_shared<const Unit>(std::move(unit)));
    av_packet_unref(packet_.get());
  }
  std::int64_t time_of(std::int64_t ticks) const {
    return options_.start_us + ticks * 1'000'000 / options_.fps;
  }

  const NumberedOptions& options_;
  AVCodecContext& encoder_;
  libav::Packet packet_;
  CodecConfigPtr config_;
};

}  // namespace

std::vector<UnitPtr> numbered_pictures(const NumberedOptions& options) {
  libav::be_quiet();
  const libav::Context encoder = open_encoder(options);
  Collector collector(options, *encoder);
  for (unsigned i = 0; i < options.count; ++i) {
    const libav::Frame picture(av_frame_alloc());
    picture->format = encoder->pix_fmt;
    picture->width = encoder->width;
    picture->height = encoder->height;
    picture->pts = i;
    if (av_frame_get_buffer(picture.get(), 0) < 0) throw std::runtime_error("no memory");
    draw(*picture, options.first_number + i);
    collector.send(picture.get());
  }
  collector.send(nullptr);
  return std::move(collector.units);
}

std::optional<unsigned> number_in(const AVFrame& picture) {
  unsigned number = 0;
  for (int bit = 0; bit < kBits; ++bit) {
    const Block block = block_of(picture, bit);
    const int x = (block.left + block.right) / 2;
    const int y = (block.top + block.bottom) / 2;
    const int value = picture.data[0][y * picture.linesize[0] + x];
    constexpr int kSlack = 45;
    if (value > kLight - kSlack) {
      number |= 1U << bit;
    } else if (value > kDark + kSlack) {
      return std::nullopt;
    }
  }
  return number;
}

std::vector<SeenPicture> decode_all(const std::vector<UnitPtr>& units) {
  std::vector<SeenPicture> seen;
  libav::Context decoder;
  const libav::Frame picture(av_frame_alloc());
  const auto receive = [&] {
    while (decoder && avcodec_receive_frame(decoder.get(), picture.get()) >= 0) {
      seen.push_back({picture->best_effort_timestamp, number_in(*picture),
                      static_cast<unsigned>(picture->width),
                      static_cast<unsigned>(picture->height)});
    }
  };
  CodecConfigPtr config;
  const auto drain = [&] {
    if (decoder) avcodec_send_packet(decoder.get(), nullptr);
    receive();
  };
  for (const UnitPtr& unit : units) {
    if (unit->config != config) {
      drain();
      config = unit->config;
      const AVCodec* codec =
          avcodec_find_decoder(config->codec == Codec::h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_VP8);
      decoder.reset(avcodec_alloc_context3(codec));
      decoder->thread_count = 1;
      if (config->codec == Codec::h264) libav::set_extradata(*decoder, config->record);
      if (avcodec_open2(decoder.get(), codec, nullptr) < 0) throw std::runtime_error("no decoder");
    }
    const libav::Packet packet = libav::packet_of(*unit->payload);
    packet->pts = unit->pts_us;
    packet->dts = unit->dts_us;
    avcodec_send_packet(decoder.get(), packet.get());
    receive();
  }
  drain();
  return seen;
}

}  // namespace geili::media::testing
