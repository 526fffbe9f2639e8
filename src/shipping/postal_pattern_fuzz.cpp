// A code in a shape is in that shape again as it is, whatever was typed; the first line is the
// shapes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "shipping/address_form.hpp"
#include "shipping/postal.hpp"
#include "shipping/postal_pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string code = text.substr(std::min(end + 1, text.size()));
  const std::string shapes = text.substr(0, end);
  if (const auto kept = shipping::postal_in_shape(code, shapes)) {
    if (shipping::postal_in_shape(*kept, shapes) != kept) std::abort();
    if (shipping::postal_key(*kept) != shipping::postal_key(code)) std::abort();
  }
  // The whole address of a country, with the code as each of its parts.
  const shipping::PostalAddress address{.country = shapes.substr(0, 2),
                                        .recipient = code,
                                        .street = code,
                                        .city = code,
                                        .subdivision = code,
                                        .postal_code = code};
  if (const auto kept = shipping::checked_address(address)) {
    if (shipping::checked_address(*kept) != *kept) std::abort();
    if (shipping::address_lines(*kept).size() > 4 * shipping::kAddressMax) std::abort();
  }
  return 0;
}
