// What a shop may name is within what this installation's host may allow, and reads the same again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/rtmp_url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const void* bytes = data;
  const std::string_view url(static_cast<const char*>(bytes), size);
  using geili::Reach;
  const auto far = geili::parse_rtmp_url(url, Reach::public_internet);
  const auto here = geili::parse_rtmp_url(url, Reach::loopback_too);
  if (far && (!here || *far != *here)) std::abort();
  if (!here) return 0;
  if (here->host.empty() || here->app.empty() || here->port == 0) std::abort();
  const auto again = geili::parse_rtmp_url(here->as_told, Reach::loopback_too);
  if (!again || *again != *here) std::abort();
  return 0;
}
