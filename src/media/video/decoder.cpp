#include "media/video/decoder.hpp"

#include <utility>

#include "media/video/picture_size.hpp"

namespace geili::media::video {
namespace {

// Coded sizes are whole macroblocks.
constexpr std::int64_t kCodedPixelsMax = kPicturePixelsMax + std::int64_t{8'192} * 16;

std::unexpected<Error> unsupported() {
  return fail(ErrorKind::unsupported_media, "picture-codec",
              "This picture cannot be transcoded here.");
}
std::unexpected<Error> damaged() {
  return fail(ErrorKind::invalid, "picture-decode", "A picture cannot be decoded.");
}

}  // namespace

Result<Decoder> Decoder::create(const CodecConfig& from, bool reorders) {
  libav::be_quiet();
  if (from.codec != Codec::h264 && from.codec != Codec::vp8) return unsupported();
  auto checked = check_size({from.width, from.height});
  if (!checked) return fail_as(checked);
  const bool is_h264 = from.codec == Codec::h264;
  const AVCodec* codec = avcodec_find_decoder(is_h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_VP8);
  libav::Context context(avcodec_alloc_context3(codec));
  libav::Frame frame(av_frame_alloc());
  if (codec == nullptr || !context || !frame) return unsupported();
  context->thread_count = 1;
  context->max_pixels = kCodedPixelsMax;
  context->err_recognition = AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE;
  context->pkt_timebase = {1, 1'000'000};
  if (!reorders) context->flags |= AV_CODEC_FLAG_LOW_DELAY;
  if (is_h264 && !libav::set_extradata(*context, from.record)) return unsupported();
  if (avcodec_open2(context.get(), codec, nullptr) < 0) return unsupported();
  return Decoder(std::move(context), std::move(frame));
}

Result<void> Decoder::decode(const Unit& unit, std::vector<libav::Frame>& out) {
  const libav::Packet packet = libav::packet_of(*unit.payload);
  if (!packet) return damaged();
  packet->pts = unit.pts_us;
  packet->dts = unit.dts_us;
  if (unit.keyframe) packet->flags |= AV_PKT_FLAG_KEY;
  if (avcodec_send_packet(context_.get(), packet.get()) < 0 || !receive(out)) {
    avcodec_flush_buffers(context_.get());
    return damaged();
  }
  return {};
}

void Decoder::finish(std::vector<libav::Frame>& out) {
  avcodec_send_packet(context_.get(), nullptr);
  receive(out);
  avcodec_flush_buffers(context_.get());
}

bool Decoder::receive(std::vector<libav::Frame>& out) {
  while (true) {
    const int result = avcodec_receive_frame(context_.get(), frame_.get());
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return true;
    if (result < 0) return false;
    libav::Frame next(av_frame_alloc());
    if (!next) return false;
    frame_->pts = frame_->best_effort_timestamp;
    out.push_back(std::exchange(frame_, std::move(next)));
  }
}

}  // namespace geili::media::video
