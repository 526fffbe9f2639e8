// Whatever is taken begins as it must and holds nothing that a second reader could take for another
// host.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "webhooks/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const void* bytes = data;
  const std::string_view url(static_cast<const char*>(bytes), size);
  using geili::Reach;
  const bool is_public = !geili::webhooks::url_fault(url, Reach::public_internet);
  const bool is_high = !geili::webhooks::url_fault(url, Reach::public_high_port);
  const bool is_here = !geili::webhooks::url_fault(url, Reach::loopback_too);
  if (is_public && (!is_high || !is_here)) std::abort();
  if (is_here && url.find_first_of("\\#\" \n@") < url.find('/', 8)) std::abort();
  return 0;
}
