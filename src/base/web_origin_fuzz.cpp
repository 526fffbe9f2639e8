// Whatever a seller types as a site is refused, or is one word of a policy that reads as itself.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/bytes.hpp"
#include "base/web_origin.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto origin = geili::parse_web_origin(geili::as_text(bytes));
  if (!origin) return 0;
  const bool is_one_word = std::ranges::all_of(*origin, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '/' || c == '.' ||
           c == '-';
  });
  if (!is_one_word || geili::parse_web_origin(*origin).value_or("") != *origin) std::abort();
  return 0;
}
