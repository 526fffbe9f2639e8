// A template that is kept gives https addresses on its own host, whatever the number.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "shipping/tracking.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const std::size_t end = text.find('\n');
  const auto kept = shipping::checked_tracking_template(text.substr(0, end), "/t");
  if (!kept) return 0;
  if (shipping::checked_tracking_template(*kept, "/t") != *kept) std::abort();
  const std::string number = end == std::string::npos ? "1 2/3" : text.substr(end + 1);
  const std::string url = shipping::tracking_url(*kept, number);
  const std::size_t host_end = kept->find_first_of("/?#", 8);
  if (url.compare(0, host_end + 1, *kept, 0, host_end + 1) != 0) std::abort();
  for (const char c : url) {
    if (c <= ' ' || c > '~' || c == '{' || c == '"' || c == '<' || c == '\\') std::abort();
  }
  return 0;
}
