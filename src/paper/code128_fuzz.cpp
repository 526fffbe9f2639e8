// Any text is refused or becomes whole characters of eleven modules and the stop of thirteen.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/bytes.hpp"
#include "paper/code128.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const auto widths = paper::code128_widths(as_text(std::as_bytes(std::span(data, size))));
  if (!widths) return 0;
  int modules = 0;
  for (const char width : *widths) modules += width - '0';
  if (modules % 11 != 2 || widths->size() % 6 != 1) std::abort();
  return 0;
}
