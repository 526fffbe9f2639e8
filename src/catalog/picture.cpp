#include "catalog/picture.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>

#include <vips/vips.h>

namespace geili::catalog {
namespace {

constexpr int kSmallWidth = 240;
constexpr int kMediumWidth = 720;
constexpr int kLargeWidth = 1600;
// A picture taller than this many times its width gets narrower, not taller: WebP ends at 16383
// pixels.
constexpr int kHeightPerWidthMax = 4;
constexpr int kQuality = 80;
// A progressive JPEG of a few bytes a scan can keep a decoder busy for hours; cameras write about
// ten.
constexpr int kJpegScansMax = 100;

constexpr std::array<std::string_view, 4> kLoaders{
    "VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer"};

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// Once for the program. The library's own threads and its cache of results stay off: one picture at
// a time is worked on, and none comes twice.
void start_library() {
  static const bool started = [] {
    if (VIPS_INIT("geili") != 0) throw std::runtime_error("libvips does not start");
    // It warns of broken files on stderr, as often as a sender likes.
    g_log_set_handler("VIPS", G_LOG_LEVEL_MASK, [](auto...) {}, nullptr);
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    return true;
  }();
  static_cast<void>(started);
}

std::unexpected<Error> not_a_picture() {
  vips_error_clear();
  return fail(ErrorKind::unsupported_media, "not-a-picture",
              "The file is not a whole JPEG, PNG, WebP or HEIF picture.");
}

std::unexpected<Error> too_large(std::string_view detail) {
  return fail(ErrorKind::too_large, "picture-too-large", detail);
}

int count_jpeg_scans(ByteView file) {
  constexpr std::array kStartOfScan{std::byte{0xFF}, std::byte{0xDA}};
  int scans = 0;
  for (auto at = file.begin(); scans <= kJpegScansMax; ++scans) {
    const auto found = std::search(at, file.end(), kStartOfScan.begin(), kStartOfScan.end());
    if (found == file.end()) break;
    at = found + 2;
  }
  return scans;
}

// Looks at the type and the header only.
Result<void> check_header(ByteView file) {
  const char* loader = vips_foreign_find_load_buffer(file.data(), file.size());
  if (loader == nullptr || std::ranges::find(kLoaders, loader) == kLoaders.end()) {
    return not_a_picture();
  }
  if (loader == kLoaders.front() && count_jpeg_scans(file) > kJpegScansMax) return not_a_picture();
  const Image header(vips_image_new_from_buffer(file.data(), file.size(), "", "access",
                                                VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!header) return not_a_picture();
  const std::int64_t pixels = std::int64_t{vips_image_get_width(header.get())} *
                              std::int64_t{vips_image_get_height(header.get())};
  if (pixels > kPicturePixelsMax) return too_large("The picture has more than 50 million pixels.");
  return {};
}

// The HEIF loader of libvips 8.14 frees a picture's EXIF with the picture that was loaded, while
// copies go on pointing at it: nothing of it may outlive decode().
void drop_metadata(VipsImage* image) {
  const std::unique_ptr<gchar*, decltype(&g_strfreev)> names(vips_image_get_fields(image),
                                                             g_strfreev);
  for (gchar** name = names.get(); *name != nullptr; ++name) vips_image_remove(image, *name);
}

// Upright, in sRGB, at most kLargeWidth wide, in memory; none when the file is broken.
Image decode(ByteView file) {
  VipsImage* opened = nullptr;
  // The library takes a pointer to bytes that it only reads.
  void* data = const_cast<std::byte*>(file.data());
  if (vips_thumbnail_buffer(data, file.size(), &opened, kLargeWidth, "height",
                            kLargeWidth * kHeightPerWidthMax, "size", VIPS_SIZE_DOWN,
                            "export_profile", "srgb", "option_string", "fail_on=truncated",
                            nullptr) != 0) {
    return nullptr;
  }
  const Image scaled(opened);
  VipsImage* converted = nullptr;
  if (vips_colourspace(scaled.get(), &converted, VIPS_INTERPRETATION_sRGB, nullptr) != 0) {
    return nullptr;
  }
  const Image in_srgb(converted);
  Image copy(vips_image_copy_memory(in_srgb.get()));
  if (copy) drop_metadata(copy.get());
  return copy;
}

Image shrink(VipsImage* image, int width) {
  VipsImage* smaller = nullptr;
  if (vips_thumbnail_image(image, &smaller, width, "height", width * kHeightPerWidthMax, "size",
                           VIPS_SIZE_DOWN, nullptr) != 0) {
    throw std::runtime_error("libvips cannot shrink a picture");
  }
  return Image(smaller);
}

std::size_t chunk_size(ByteView chunk) {
  std::size_t size = 0;
  for (std::size_t i = 8; i-- > 4;) size = size << 8 | static_cast<std::size_t>(chunk[i]);
  return std::min(8 + size + (size & 1), chunk.size());
}

// The encoder of libvips 8.14 writes an EXIF chunk even where it is told to strip, so the chunks of
// metadata are left out here (WebP container specification, "Extended File Format"). `webp` is our
// encoder's.
Bytes without_metadata(ByteView webp) {
  constexpr std::array<std::string_view, 3> kMetadata{"EXIF", "XMP ", "ICCP"};
  constexpr std::byte kMetadataFlags{0x2C};  // of VP8X: ICC profile, EXIF, XMP
  constexpr std::size_t kFileHeader = 12;
  Bytes kept(webp.begin(), webp.begin() + kFileHeader);
  for (ByteView rest = webp.subspan(kFileHeader); rest.size() >= 8;) {
    const ByteView chunk = rest.first(chunk_size(rest));
    rest = rest.subspan(chunk.size());
    const std::string_view name = as_text(chunk.first(4));
    if (std::ranges::find(kMetadata, name) != kMetadata.end()) continue;
    kept.insert(kept.end(), chunk.begin(), chunk.end());
    if (name == "VP8X" && chunk.size() > 8) kept[kept.size() - chunk.size() + 8] &= ~kMetadataFlags;
  }
  const std::size_t riff_size = kept.size() - 8;
  for (std::size_t i = 0; i < 4; ++i) kept[4 + i] = static_cast<std::byte>(riff_size >> (8 * i));
  return kept;
}

Bytes encode(VipsImage* image) {
  void* data = nullptr;
  std::size_t size = 0;
  if (vips_webpsave_buffer(image, &data, &size, "Q", kQuality, nullptr) != 0) {
    throw std::runtime_error("libvips cannot encode a picture");
  }
  const std::unique_ptr<void, decltype(&g_free)> owned(data, g_free);
  const auto* bytes = static_cast<const std::byte*>(data);
  return without_metadata(ByteView(bytes, size));
}

}  // namespace

Result<Picture> process_picture(ByteView file) {
  if (file.size() > kPictureBytesMax) return too_large("The file has more than 15 MB.");
  start_library();
  if (auto fits = check_header(file); !fits) return fail_as(fits);
  const Image large = decode(file);
  if (!large) return not_a_picture();
  const Image medium = shrink(large.get(), kMediumWidth);
  const Image small = shrink(medium.get(), kSmallWidth);
  return Picture{.width = vips_image_get_width(large.get()),
                 .height = vips_image_get_height(large.get()),
                 .small = encode(small.get()),
                 .medium = encode(medium.get()),
                 .large = encode(large.get())};
}

}  // namespace geili::catalog
