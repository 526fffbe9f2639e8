#include "media/video/picture_size.hpp"

#include <algorithm>

namespace geili::media::video {

Result<void> check_size(Size size) {
  const std::uint64_t pixels = std::uint64_t{size.width} * size.height;
  if (std::min(size.width, size.height) >= kPictureSideMin && pixels <= kPicturePixelsMax) {
    return {};
  }
  return fail(ErrorKind::unsupported_media, "picture-size",
              "The picture is too small or too large to be transcoded.");
}

Size fitted(Size size, unsigned short_side_max) {
  const unsigned shorter = std::min(size.width, size.height);
  const bool fits = short_side_max == 0 || shorter <= short_side_max;
  const auto scaled = [&](unsigned side) {
    const std::uint64_t pixels =
        fits ? side : (std::uint64_t{side} * short_side_max + shorter / 2) / shorter;
    return std::max(kPictureSideMin, static_cast<unsigned>(pixels / 2 * 2));
  };
  return {scaled(size.width), scaled(size.height)};
}

}  // namespace geili::media::video
