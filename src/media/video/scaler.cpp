#include "media/video/scaler.hpp"

#include <utility>

extern "C" {
#include <libswscale/swscale.h>
}

namespace geili::media::video {
namespace {

std::unexpected<Error> unable() {
  return fail(ErrorKind::unsupported_media, "picture-scale", "A picture cannot be scaled.");
}

Size size_of(const AVFrame& picture) {
  return {static_cast<unsigned>(picture.width), static_cast<unsigned>(picture.height)};
}

bool is_full_range(const AVFrame& picture) {
  return picture.color_range == AVCOL_RANGE_JPEG || picture.format == AV_PIX_FMT_YUVJ420P;
}

}  // namespace

void Scaler::Free::operator()(SwsContext* context) const {
  sws_freeContext(context);
}

libav::Frame make_picture(Size size) {
  libav::Frame picture(av_frame_alloc());
  if (!picture) return nullptr;
  picture->width = static_cast<int>(size.width);
  picture->height = static_cast<int>(size.height);
  picture->format = AV_PIX_FMT_YUV420P;
  picture->color_range = AVCOL_RANGE_MPEG;
  if (av_frame_get_buffer(picture.get(), 0) < 0) return nullptr;
  return picture;
}

bool Scaler::fit(const AVFrame& from, Size to) {
  const bool full = is_full_range(from);
  if (context_ && from_ == size_of(from) && to_ == to && format_ == from.format &&
      is_full_range_ == full) {
    return true;
  }
  context_.reset(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format),
                                static_cast<int>(to.width), static_cast<int>(to.height),
                                AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (!context_) return false;
  const int* table = sws_getCoefficients(SWS_CS_DEFAULT);
  constexpr int kVideoRange = 0, kBrightness = 0, kUnity = 1 << 16;
  sws_setColorspaceDetails(context_.get(), table, full ? 1 : 0, table, kVideoRange, kBrightness,
                           kUnity, kUnity);
  from_ = size_of(from);
  to_ = to;
  format_ = from.format;
  is_full_range_ = full;
  return true;
}

Result<libav::Frame> Scaler::scale(libav::Frame picture, Size to) {
  const bool is_plain = picture->format == AV_PIX_FMT_YUV420P && !is_full_range(*picture);
  if (is_plain && size_of(*picture) == to) return picture;
  if (!fit(*picture, to)) return unable();
  libav::Frame scaled = make_picture(to);
  if (!scaled) return unable();
  const int lines = sws_scale(context_.get(), picture->data, picture->linesize, 0, picture->height,
                              scaled->data, scaled->linesize);
  if (lines != scaled->height) return unable();
  scaled->pts = picture->pts;
  scaled->sample_aspect_ratio = picture->sample_aspect_ratio;
  scaled->colorspace = picture->colorspace;
  scaled->color_primaries = picture->color_primaries;
  scaled->color_trc = picture->color_trc;
  return scaled;
}

}  // namespace geili::media::video
