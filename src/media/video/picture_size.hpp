#pragma once
// The sizes of picture that are decoded and encoded here: up to what cameras call 4K.

#include <cstdint>

#include "base/result.hpp"

namespace geili::media::video {

struct Size {
  unsigned width = 0;
  unsigned height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

inline constexpr unsigned kPictureSideMin = 16;
inline constexpr std::uint64_t kPicturePixelsMax = std::uint64_t{4'096} * 2'304;

// Error: unsupported_media "picture-size".
Result<void> check_size(Size size);

// The same picture with even sides, the shorter one at most `short_side_max` (0: any), each at
// least kPictureSideMin. Never larger than `size`, which passes check_size().
Size fitted(Size size, unsigned short_side_max);

}  // namespace geili::media::video
