#include <cassert>
#include <cstdint>
#include <span>

#include "media/h264/annex_b.hpp"
#include "media/h264/picture_builder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const auto nals = media::h264::split_annex_b(std::as_bytes(std::span(data, size)));
  if (!nals) return 0;
  media::h264::PictureBuilder builder;
  builder.begin();
  for (const ByteView nal : *nals) {
    assert(!nal.empty() && nal.back() != std::byte{0});
    if (!builder.add(nal)) return 0;
  }
  const auto picture = builder.finish(true);
  if (picture && picture->keyframe) assert(picture->config && !picture->payload.empty());
  return 0;
}
