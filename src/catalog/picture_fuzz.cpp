// Whatever a phone sends as a picture is made into ours or refused by a name; it never throws, and
// what comes out has no metadata. The decoders themselves are fuzzed by their own projects.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "catalog/picture.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto picture = geili::catalog::process_picture(std::as_bytes(std::span(data, size)));
  if (!picture) {
    const std::string_view code = picture.error().code;
    if (code != "not-a-picture" && code != "picture-too-large") std::abort();
    return 0;
  }
  for (const auto* webp : {&picture->small, &picture->medium, &picture->large}) {
    if (geili::as_text(*webp).substr(8, 4) != "WEBP") std::abort();
  }
  return 0;
}
