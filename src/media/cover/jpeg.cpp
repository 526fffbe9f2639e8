#include "media/cover/jpeg.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

extern "C" {
#include <libswscale/swscale.h>
}

#include "media/libav.hpp"
#include "media/video/decoder.hpp"

namespace geili::media {
namespace {

using libav::Context;
using libav::Frame;
using libav::Packet;

constexpr int kQuality = 4;  // of 2 (best) to 31

std::unexpected<Error> undecodable() {
  return fail(ErrorKind::unprocessable, "cover-decode", "The key frame cannot be decoded.");
}
std::unexpected<Error> unencodable() {
  return fail(ErrorKind::unprocessable, "cover-encode", "The picture cannot be written as JPEG.");
}

Result<Frame> decode(const Unit& key_frame) {
  auto decoder = video::Decoder::create(*key_frame.config, false);
  std::vector<Frame> pictures;
  if (!decoder || !decoder->decode(key_frame, pictures)) return undecodable();
  if (pictures.empty()) decoder->finish(pictures);
  if (pictures.empty()) return undecodable();
  return std::move(pictures.front());
}

Result<Frame> scale(const AVFrame& from, unsigned width_max) {
  Frame to(av_frame_alloc());
  if (!to) return unencodable();
  const int width = std::min(from.width, static_cast<int>(width_max)) / 2 * 2;
  to->width = width;
  to->height =
      std::max(2, static_cast<int>(std::int64_t{from.height} * width / from.width) / 2 * 2);
  to->format = AV_PIX_FMT_YUVJ420P;
  to->color_range = AVCOL_RANGE_JPEG;
  if (av_frame_get_buffer(to.get(), 0) < 0) return unencodable();
  SwsContext* scaler =
      sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format), to->width,
                     to->height, AV_PIX_FMT_YUV420P, SWS_BICUBIC, nullptr, nullptr, nullptr);
  if (scaler == nullptr) return unencodable();
  // JPEG has the full range of values, video mostly has not.
  const int* table = sws_getCoefficients(SWS_CS_DEFAULT);
  const int from_full = from.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
  constexpr int kFull = 1, kBrightness = 0, kUnity = 1 << 16;
  sws_setColorspaceDetails(scaler, table, from_full, table, kFull, kBrightness, kUnity, kUnity);
  const int lines =
      sws_scale(scaler, from.data, from.linesize, 0, from.height, to->data, to->linesize);
  sws_freeContext(scaler);
  if (lines != to->height) return unencodable();
  return to;
}

Result<std::string> encode(AVFrame& frame) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  Context context(avcodec_alloc_context3(codec));
  const Packet packet(av_packet_alloc());
  if (codec == nullptr || !context || !packet) return unencodable();
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = AV_PIX_FMT_YUVJ420P;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = {1, 25};
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_QSCALE;
  context->global_quality = kQuality * FF_QP2LAMBDA;
  frame.quality = context->global_quality;
  frame.pts = 0;
  if (avcodec_open2(context.get(), codec, nullptr) < 0 ||
      avcodec_send_frame(context.get(), &frame) < 0 ||
      avcodec_receive_packet(context.get(), packet.get()) < 0) {
    return unencodable();
  }
  const auto* bytes = static_cast<const void*>(packet->data);
  return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(packet->size));
}

}  // namespace

Result<std::string> key_frame_to_jpeg(const Unit& key_frame, unsigned width_max) {
  auto decoded = decode(key_frame);
  if (!decoded) return fail_as(decoded);
  auto scaled = scale(**decoded, width_max);
  if (!scaled) return fail_as(scaled);
  return encode(**scaled);
}

}  // namespace geili::media
