// Whatever a client sends as a cursor is read or refused, and what is read writes itself again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/bytes.hpp"
#include "base/page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto position = geili::from_cursor("shows", 3, geili::as_text(bytes));
  if (position && geili::to_cursor("shows", *position) != geili::as_text(bytes)) std::abort();
  return 0;
}
