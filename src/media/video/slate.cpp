#include "media/video/slate.hpp"

#include <algorithm>
#include <utility>

#include "media/video/decoder.hpp"
#include "media/video/scaler.hpp"

namespace geili::media::video {
namespace {

// Two groups, because two key frames in a row have to differ in H.264 (idr_pic_id, ISO/IEC 14496-10
// section 7.4.3).
constexpr unsigned kGroups = 2;
constexpr unsigned kGroupPictures = 6;  // two seconds
constexpr unsigned kBlurredShortSide = 24;
constexpr std::uint8_t kBlack = 16;
constexpr std::uint8_t kSign = 225;
constexpr std::uint8_t kColourless = 128;

struct Rectangle {
  int left, top, width, height;
};

Result<libav::Frame> decode(const Unit& key_frame) {
  auto decoder = Decoder::create(*key_frame.config, false);
  if (!decoder) return fail_as(decoder);
  std::vector<libav::Frame> pictures;
  auto decoded = decoder->decode(key_frame, pictures);
  if (!decoded) return fail_as(decoded);
  if (pictures.empty()) decoder->finish(pictures);
  if (pictures.empty()) {
    return fail(ErrorKind::invalid, "picture-decode", "A picture cannot be decoded.");
  }
  return std::move(pictures.front());
}

// By way of a very small picture.
Result<libav::Frame> blur(libav::Frame picture) {
  const Size size{static_cast<unsigned>(picture->width), static_cast<unsigned>(picture->height)};
  const Size even = fitted(size, 0);
  auto small = Scaler().scale(std::move(picture), fitted(size, kBlurredShortSide));
  if (!small) return small;
  return Scaler().scale(std::move(*small), even);
}

// Brightness and colour.
void dim(AVFrame& picture) {
  constexpr int kPercent = 45;
  for (int plane = 0; plane < 3; ++plane) {
    const int neutral = plane == 0 ? kBlack : kColourless;
    const int half = plane == 0 ? 1 : 2;
    for (int y = 0; y < picture.height / half; ++y) {
      std::uint8_t* line = picture.data[plane] + std::ptrdiff_t{y} * picture.linesize[plane];
      std::transform(line, line + picture.width / half, line, [neutral](std::uint8_t value) {
        return static_cast<std::uint8_t>(neutral + (value - neutral) * kPercent / 100);
      });
    }
  }
}

// Sides and corners are even, so that colour and brightness agree.
void paint(AVFrame& picture, const Rectangle& at) {
  for (int plane = 0; plane < 3; ++plane) {
    const int half = plane == 0 ? 1 : 2;
    for (int y = at.top / half; y < (at.top + at.height) / half; ++y) {
      std::fill_n(
          picture.data[plane] + std::ptrdiff_t{y} * picture.linesize[plane] + at.left / half,
          at.width / half, plane == 0 ? kSign : kColourless);
    }
  }
}

// Two upright bars in the middle.
void paint_pause(AVFrame& picture) {
  const auto even = [](int value) { return value / 2 * 2; };
  const int height = even(std::max(8, std::min(picture.width, picture.height) / 5));
  const int bar = even(std::max(2, height / 4));
  const int left = even((picture.width - 3 * bar) / 2);
  const int top = even((picture.height - height) / 2);
  paint(picture, {left, top, bar, height});
  paint(picture, {left + 2 * bar, top, bar, height});
}

}  // namespace

Result<Slate> make_slate(const Unit& key_frame) {
  auto decoded = decode(key_frame);
  if (!decoded) return fail_as(decoded);
  auto picture = blur(std::move(*decoded));
  if (!picture) return fail_as(picture);
  dim(**picture);
  paint_pause(**picture);
  const Size size{static_cast<unsigned>((*picture)->width),
                  static_cast<unsigned>((*picture)->height)};
  constexpr std::uint64_t kBitrateBpsMax = 500'000;
  constexpr unsigned kFramesPerS = 3;
  auto encoder = Encoder::create({key_frame.config->codec, size, kBitrateBpsMax, kFramesPerS, true},
                                 **picture);
  if (!encoder) return fail_as(encoder);
  Slate slate;
  for (unsigned i = 0; i < kGroups * kGroupPictures; ++i) {
    (*picture)->pts = i * kSlateStepUs;
    auto encoded = encoder->encode(**picture, i % kGroupPictures == 0);
    if (!encoded) return fail_as(encoded);
    slate.pictures.push_back(std::move(*encoded));
  }
  slate.config = encoder->config();
  return slate;
}

}  // namespace geili::media::video
