// The small readers of request header fields.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "net/etag.hpp"
#include "net/file_response.hpp"
#include "net/http_date.hpp"
#include "net/static_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string_view text = as_text(std::as_bytes(std::span(data, size)));
  (void)net::etag_list_has(text, "\"a\"", net::EtagComparison::weak);
  (void)net::accepts_coding(text, "br");
  const auto range = net::read_range(text, 1000);
  assert(range.part.offset + range.part.length <= 1000);
  if (const auto date = net::parse_http_date(text)) assert(*date >= 0);
  return 0;
}
