#include "catalog/picture.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <vips/vips.h>

#include "base/random.hpp"
#include "catalog/picture_worker.hpp"

namespace geili::catalog {
namespace {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// Red above, blue below: so that it shows which way is up.
Image two_colours(int width, int height) {
  EXPECT_EQ(VIPS_INIT("test"), 0);
  VipsImage* black = nullptr;
  EXPECT_EQ(vips_black(&black, width, height, "bands", 3, nullptr), 0);
  const Image base(black);
  VipsImage* plain = nullptr;
  EXPECT_EQ(vips_copy(black, &plain, "interpretation", VIPS_INTERPRETATION_sRGB, nullptr), 0);
  const Image tagged(plain);
  Image image(vips_image_copy_memory(plain));
  std::array red{220.0, 20.0, 20.0};
  std::array blue{20.0, 20.0, 220.0};
  EXPECT_EQ(
      vips_draw_rect(image.get(), red.data(), 3, 0, 0, width, height / 2, "fill", TRUE, nullptr),
      0);
  EXPECT_EQ(vips_draw_rect(image.get(), blue.data(), 3, 0, height / 2, width, height - height / 2,
                           "fill", TRUE, nullptr),
            0);
  return image;
}

Bytes saved(VipsImage* image, const char* suffix) {
  void* data = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_image_write_to_buffer(image, suffix, &data, &size, nullptr), 0)
      << vips_error_buffer();
  const auto* bytes = static_cast<const std::byte*>(data);
  Bytes file(bytes, bytes + size);
  g_free(data);
  return file;
}

Image opened(const Bytes& webp) {
  Image image(vips_image_new_from_buffer(webp.data(), webp.size(), "", nullptr));
  EXPECT_TRUE(image);
  return image;
}

struct Colour {
  double red, blue;
};
Colour at(VipsImage* image, int x, int y) {
  double* values = nullptr;
  int count = 0;
  EXPECT_EQ(vips_getpoint(image, &values, &count, x, y, nullptr), 0);
  const Colour colour{values[0], values[2]};
  g_free(values);
  return colour;
}

std::string code_of(const Result<Picture>& picture) {
  return picture ? "" : picture.error().code;
}

TEST(Picture, ComesInThreeWidths) {
  for (const char* type : {".jpg", ".png", ".webp", ".heic", ".avif"}) {
    const auto picture = process_picture(saved(two_colours(2000, 1500).get(), type));
    ASSERT_TRUE(picture) << type;
    EXPECT_EQ(picture->width, 1600);
    EXPECT_EQ(picture->height, 1200);
    EXPECT_EQ(vips_image_get_width(opened(picture->large).get()), 1600);
    EXPECT_EQ(vips_image_get_width(opened(picture->medium).get()), 720);
    EXPECT_EQ(vips_image_get_height(opened(picture->medium).get()), 540);
    EXPECT_EQ(vips_image_get_width(opened(picture->small).get()), 240);
    EXPECT_EQ(as_text(picture->small).substr(8, 4), "WEBP");
  }
}

TEST(Picture, IsNeverMadeLarger) {
  const auto picture = process_picture(saved(two_colours(300, 200).get(), ".png"));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->width, 300);
  EXPECT_EQ(vips_image_get_width(opened(picture->medium).get()), 300);
  EXPECT_EQ(vips_image_get_width(opened(picture->small).get()), 240);
}

TEST(Picture, ALongStripStaysWithinWhatWebpHolds) {
  const auto picture = process_picture(saved(two_colours(400, 20'000).get(), ".png"));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->height, 6400);
}

TEST(Picture, IsTurnedUprightAndKeepsNoMetadata) {
  const Image image = two_colours(400, 300);
  vips_image_set_int(image.get(), VIPS_META_ORIENTATION, 6);  // its top is the right-hand side
  vips_image_set_string(image.get(), "exif-ifd0-Model",
                        "SecretPhone (SecretPhone, ASCII, 12 components)");
  vips_image_set_string(image.get(), "exif-ifd3-GPSLatitude",
                        "31/1 18/1 0/1 (31, 18, 0, Rational, 3 components, 24 bytes)");
  const Bytes file = saved(image.get(), ".jpg");
  ASSERT_TRUE(as_text(file).contains("SecretPhone"));
  const auto picture = process_picture(file);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->width, 300);
  EXPECT_EQ(picture->height, 400);
  const Image large = opened(picture->large);
  EXPECT_GT(at(large.get(), 280, 200).red, 150);  // what was above is at the right now
  EXPECT_GT(at(large.get(), 20, 200).blue, 150);
  for (const Bytes* webp : {&picture->small, &picture->medium, &picture->large}) {
    EXPECT_FALSE(as_text(*webp).contains("SecretPhone"));
    EXPECT_FALSE(as_text(*webp).contains("EXIF"));
    EXPECT_FALSE(as_text(*webp).contains("ICCP"));
    EXPECT_FALSE(as_text(*webp).contains("XMP "));
    const Image again = opened(*webp);
    EXPECT_GT(vips_image_get_height(again.get()), vips_image_get_width(again.get()));
    EXPECT_EQ(vips_image_get_typeof(again.get(), "exif-ifd3-GPSLatitude"), 0U);
    EXPECT_EQ(vips_image_get_typeof(again.get(), VIPS_META_EXIF_NAME), 0U);
  }
}

TEST(Picture, GreyCmykAndDeepColoursBecomeSrgb) {
  const Image colours = two_colours(100, 80);
  VipsImage* changed = nullptr;
  ASSERT_EQ(vips_colourspace(colours.get(), &changed, VIPS_INTERPRETATION_B_W, nullptr), 0);
  const Image grey(changed);
  EXPECT_TRUE(process_picture(saved(grey.get(), ".jpg")));
  ASSERT_EQ(vips_colourspace(colours.get(), &changed, VIPS_INTERPRETATION_RGB16, nullptr), 0);
  const Image deep(changed);
  const auto picture = process_picture(saved(deep.get(), ".png"));
  ASSERT_TRUE(picture);
  EXPECT_NEAR(at(opened(picture->large).get(), 50, 10).red, 220, 12);
  ASSERT_EQ(vips_colourspace(colours.get(), &changed, VIPS_INTERPRETATION_CMYK, nullptr), 0);
  const Image print(changed);
  EXPECT_TRUE(process_picture(saved(print.get(), ".jpg")));
}

// A PNG of one header that claims `width` x `height` pixels.
Bytes png_header(std::uint32_t width, std::uint32_t height) {
  std::string chunk = "IHDR";
  for (const std::uint32_t number : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8)
      chunk.push_back(static_cast<char>(number >> shift));
  }
  chunk += std::string("\x08\x02\x00\x00\x00", 5);
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : chunk) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? crc >> 1 ^ 0xEDB88320U : crc >> 1;
  }
  crc = ~crc;
  std::string file = std::string("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", 12) + chunk;
  for (int shift = 24; shift >= 0; shift -= 8) file.push_back(static_cast<char>(crc >> shift));
  file += std::string("\x00\x00\x00\x00IDAT", 8);
  const ByteView bytes = as_bytes(file);
  return {bytes.begin(), bytes.end()};
}

TEST(Picture, TooManyPixelsAreRefusedByTheHeader) {
  EXPECT_EQ(code_of(process_picture(png_header(60'000, 60'000))), "picture-too-large");
  EXPECT_EQ(code_of(process_picture(png_header(9'000'000, 6))), "picture-too-large");
  EXPECT_EQ(code_of(process_picture(png_header(7000, 7000))),
            "not-a-picture");  // fits, and has no data
}

TEST(Picture, TooManyBytesAreRefused) {
  const auto picture = process_picture(Bytes(kPictureBytesMax + 1));
  EXPECT_EQ(code_of(picture), "picture-too-large");
  EXPECT_EQ(picture.error().kind, ErrorKind::too_large);
}

// A JPEG whose one scan is repeated: decoders would go over the whole picture for each.
Bytes jpeg_of_many_scans(int scans) {
  const Bytes file = saved(two_colours(64, 64).get(), ".jpg[interlace]");
  const std::array sos{std::byte{0xFF}, std::byte{0xDA}};
  const auto scan = std::search(file.begin(), file.end(), sos.begin(), sos.end());
  Bytes many(file.begin(), file.end() - 2);
  for (int i = 0; i < scans; ++i) many.insert(many.end(), scan, file.end() - 2);
  many.insert(many.end(), file.end() - 2, file.end());
  return many;
}

TEST(Picture, WhatIsNoPictureIsRefused) {
  const Bytes jpeg = saved(two_colours(640, 480).get(), ".jpg");
  const Bytes png = saved(two_colours(640, 480).get(), ".png");
  const auto half = [](const Bytes& file) {
    return Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2));
  };
  const auto text = [](std::string_view content) {
    const ByteView bytes = as_bytes(content);
    return Bytes(bytes.begin(), bytes.end());
  };
  const std::vector<std::pair<std::string, Bytes>> files{
      {"empty", {}},
      {"one byte", Bytes(1)},
      {"noise", random_bytes(50'000)},
      {"half a JPEG", half(jpeg)},
      {"half a PNG", half(png)},
      {"half a WebP", half(saved(two_colours(640, 480).get(), ".webp"))},
      {"a JPEG of many scans", jpeg_of_many_scans(200)},
      {"GIF", text({"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02"
                    "D\x01\0;",
                    35})},
      {"TIFF", saved(two_colours(64, 48).get(), ".tif")},
      {"SVG", text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>")},
      {"PDF", text("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")},
      {"HTML", text("<!doctype html><script>alert(1)</script>")},
      {"PPM", text("P6 1 1 255\nabc")},
      {"ImageMagick script", text("push graphic-context\nviewbox 0 0 9 9\npop graphic-context")},
  };
  for (const auto& [name, file] : files) {
    const auto picture = process_picture(file);
    EXPECT_EQ(code_of(picture), "not-a-picture") << name;
    if (!picture) EXPECT_EQ(picture.error().kind, ErrorKind::unsupported_media) << name;
  }
}

TEST(PictureWorker, AnswersAndRefusesWhatIsTooMuch) {
  std::promise<void> open;
  std::promise<void> entered;
  std::atomic<int> answered = 0;
  std::promise<void> all;
  const Bytes file = saved(two_colours(64, 48).get(), ".png");
  PictureWorker worker(2);
  const auto count = [&](const Result<Picture>& picture) {
    EXPECT_TRUE(picture);
    if (++answered == 2) all.set_value();
  };
  ASSERT_TRUE(worker.submit(file, [&](const Result<Picture>&) {
    entered.set_value();
    open.get_future().wait();
  }));
  entered.get_future().wait();  // the worker is busy, and its queue empty
  ASSERT_TRUE(worker.submit(file, count));
  ASSERT_TRUE(worker.submit(file, count));
  const auto third = worker.submit(file, count);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, "pictures-busy");
  open.set_value();
  all.get_future().wait();
  EXPECT_EQ(answered, 2);
}

TEST(PictureWorker, AnswersEverythingWhenItEnds) {
  std::vector<std::string> codes;
  {
    std::promise<void> open;
    std::promise<void> entered;
    const Bytes file = saved(two_colours(64, 48).get(), ".png");
    auto worker = std::make_unique<PictureWorker>();
    ASSERT_TRUE(worker->submit(file, [&](const Result<Picture>& picture) {
      codes.push_back(code_of(picture));
      entered.set_value();
      open.get_future().wait();
    }));
    entered.get_future().wait();
    ASSERT_TRUE(
        worker->submit(file, [&](const Result<Picture>& p) { codes.push_back(code_of(p)); }));
    auto ended = std::async(std::launch::async, [&] { worker.reset(); });
    open.set_value();
    ended.wait();
  }
  ASSERT_EQ(codes.size(), 2U);
  // Whether the second was reached before the end is a matter of moments; an answer it gets.
  EXPECT_TRUE(codes[1].empty() || codes[1] == "pictures-stopping") << codes[1];
}

}  // namespace
}  // namespace geili::catalog
