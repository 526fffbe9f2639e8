#pragma once
// From the file a phone sends to the pictures we show: decoded under limits, turned upright,
// resized, without metadata, as WebP. The file is an attacker's until it has come out of here.

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"

namespace geili::catalog {

inline constexpr std::size_t kPictureBytesMax = 15 * 1000 * 1000;
inline constexpr std::int64_t kPicturePixelsMax = 50 * 1000 * 1000;

// Takes JPEG, PNG, WebP and HEIF. Fails with not-a-picture (another type, or broken) and
// picture-too-large (bytes, or pixels by the file's header, before anything is decoded). Takes up
// to a second and some 100 MB: run it on a PictureWorker. Thread-safe.
Result<Picture> process_picture(ByteView file);

}  // namespace geili::catalog
