// Whatever is pasted as postal prefixes is refused or kept in a form that is kept again as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "shipping/postal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const auto kept = shipping::parse_postal_prefixes(text, "/prefixes");
  if (!kept) return 0;
  if (kept->size() > shipping::kPostalPrefixesMax) std::abort();
  std::string joined;
  for (const std::string& prefix : *kept) {
    if (prefix.empty() || prefix.size() > shipping::kPostalMax) std::abort();
    joined += prefix + ",";
  }
  if (shipping::parse_postal_prefixes(joined, "/prefixes") != *kept) std::abort();
  return 0;
}
