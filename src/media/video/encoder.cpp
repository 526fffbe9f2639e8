#include "media/video/encoder.hpp"

#include <memory>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"
#include "media/vp8/frame_header.hpp"

namespace geili::media::video {
namespace {

constexpr unsigned kNalLengthBytes = 4;
constexpr int kNoKeyFrames = 1'000'000;  // but those that are asked for
constexpr int kStillQuantizer264 = 24;   // of 51
constexpr int kStillQuantizerVp8 = 20;   // of 63

std::unexpected<Error> unsupported() {
  return fail(ErrorKind::unsupported_media, "picture-codec",
              "This picture cannot be transcoded here.");
}
std::unexpected<Error> unable() {
  return fail(ErrorKind::unprocessable, "picture-encode", "A picture cannot be encoded.");
}

void set_common(AVCodecContext& context, const EncoderSettings& settings, const AVFrame& like) {
  context.width = static_cast<int>(settings.size.width);
  context.height = static_cast<int>(settings.size.height);
  context.pix_fmt = AV_PIX_FMT_YUV420P;
  context.time_base = {1, 90'000};
  context.framerate = {static_cast<int>(settings.frames_per_s), 1};
  context.thread_count = 1;
  context.max_b_frames = 0;
  context.gop_size = kNoKeyFrames;
  context.keyint_min = kNoKeyFrames;
  const auto bitrate = static_cast<std::int64_t>(settings.bitrate_bps_max);
  context.rc_max_rate = bitrate;
  context.rc_buffer_size = static_cast<int>(bitrate);  // a second of it
  if (settings.is_still) {
    context.qmin = context.qmax =
        settings.codec == Codec::h264 ? kStillQuantizer264 : kStillQuantizerVp8;
  }
  context.sample_aspect_ratio = like.sample_aspect_ratio;
  context.color_range = AVCOL_RANGE_MPEG;
  context.colorspace = like.colorspace;
  context.color_primaries = like.color_primaries;
  context.color_trc = like.color_trc;
}

void set_h264(AVCodecContext& context) {
  context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  av_opt_set(context.priv_data, "preset", "superfast", 0);
  av_opt_set(context.priv_data, "tune", "zerolatency", 0);
  av_opt_set(context.priv_data, "profile", "baseline", 0);
  // A picture that hardly changes costs hardly anything; the bitrate is a limit.
  av_opt_set_double(context.priv_data, "crf", 24, 0);
  av_opt_set_int(context.priv_data, "forced-idr", 1, 0);
  // NAL units with lengths instead of start codes, and no key frame at a change of scene.
  av_opt_set(context.priv_data, "x264-params", "annexb=0:scenecut=0", 0);
}

void set_vp8(AVCodecContext& context, const EncoderSettings& settings) {
  constexpr int kFast = 8;
  context.bit_rate = static_cast<std::int64_t>(settings.bitrate_bps_max);
  av_opt_set(context.priv_data, "deadline", "realtime", 0);
  av_opt_set_int(context.priv_data, "cpu-used", kFast, 0);
  av_opt_set_int(context.priv_data, "lag-in-frames", 0, 0);
  av_opt_set_int(context.priv_data, "auto-alt-ref", 0, 0);
}

Result<CodecConfig> describe_h264(ByteView extradata) {
  auto nals = h264::split_length_prefixed(extradata, kNalLengthBytes);
  if (!nals) return fail_as(nals);
  h264::DecoderConfig sets;
  for (const ByteView nal : *nals) {
    if (h264::type_of(nal) == h264::NalType::sps) sets.sps.emplace_back(nal.begin(), nal.end());
    if (h264::type_of(nal) == h264::NalType::pps) sets.pps.emplace_back(nal.begin(), nal.end());
  }
  if (sets.sps.empty() || sets.pps.empty()) return unsupported();
  return h264::describe(sets);
}

// Slices alone: the encoder tells its name in a NAL unit of its own.
Result<Bytes> only_slices(ByteView access_unit) {
  auto nals = h264::split_length_prefixed(access_unit, kNalLengthBytes);
  if (!nals) return fail_as(nals);
  Bytes slices;
  slices.reserve(access_unit.size());
  for (const ByteView nal : *nals) {
    const auto type = h264::type_of(nal);
    if (type == h264::NalType::slice || type == h264::NalType::idr_slice) {
      h264::append_length_prefixed(slices, nal);
    }
  }
  return slices;
}

}  // namespace

Result<Encoder> Encoder::create(const EncoderSettings& settings, const AVFrame& like) {
  libav::be_quiet();
  auto checked = check_size(settings.size);
  if (!checked) return fail_as(checked);
  const bool is_h264 = settings.codec == Codec::h264;
  if (!is_h264 && settings.codec != Codec::vp8) return unsupported();
  const AVCodec* codec = avcodec_find_encoder_by_name(is_h264 ? "libx264" : "libvpx");
  libav::Context context(avcodec_alloc_context3(codec));
  libav::Packet packet(av_packet_alloc());
  if (codec == nullptr || !context || !packet) return unsupported();
  set_common(*context, settings, like);
  if (is_h264)
    set_h264(*context);
  else
    set_vp8(*context, settings);
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return unsupported();
  return Encoder(settings.codec, std::move(context), std::move(packet));
}

Result<EncodedPicture> Encoder::encode(AVFrame& picture, bool as_key) {
  const std::int64_t pts_us = picture.pts;
  picture.pts = av_rescale_q(pts_us, {1, 1'000'000}, context_->time_base);
  picture.pict_type = as_key || !config_ ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  const int sent = avcodec_send_frame(context_.get(), &picture);
  picture.pts = pts_us;
  if (sent < 0 || avcodec_receive_packet(context_.get(), packet_.get()) < 0) return unable();
  const ByteView bytes = libav::bytes_of(*packet_);
  EncodedPicture encoded{.keyframe = (packet_->flags & AV_PKT_FLAG_KEY) != 0, .payload = nullptr};
  auto described = config_ ? Result<void>() : describe(bytes);
  auto payload = codec_ == Codec::h264 ? only_slices(bytes) : Bytes(bytes.begin(), bytes.end());
  av_packet_unref(packet_.get());
  if (!described) return fail_as(described);
  if (!payload) return fail_as(payload);
  encoded.payload = std::make_shared<const Bytes>(std::move(*payload));
  return encoded;
}

Result<void> Encoder::describe(ByteView first_picture) {
  if (codec_ == Codec::h264) {
    auto described = describe_h264(std::as_bytes(
        std::span(context_->extradata, static_cast<std::size_t>(context_->extradata_size))));
    if (!described) return fail_as(described);
    config_ = std::make_shared<const CodecConfig>(std::move(*described));
    return {};
  }
  auto header = vp8::parse_frame_header(first_picture);
  if (!header) return fail_as(header);
  if (!header->keyframe) return unable();
  config_ = std::make_shared<const CodecConfig>(vp8::describe(*header));
  return {};
}

}  // namespace geili::media::video
