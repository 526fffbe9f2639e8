// What parses is written and parsed again to the same value; the readers take any value without
// harm.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/json/serialize.hpp>

#include "base/bytes.hpp"
#include "net/json_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string_view text = as_text(std::as_bytes(std::span(data, size)));
  const auto value = net::parse_json(text);
  if (value) {
    const auto again = net::parse_json(boost::json::serialize(*value));
    assert(again);
  }
  (void)net::read_object(text, [](net::ObjectReader& reader) {
    const auto title = reader.optional_text("title", {.max_length = 5});
    assert(!title || title->size() <= 20);
    (void)reader.integer("count", 0, 10);
    (void)reader.optional_instant("at");
    (void)reader.opaque("secret", 1, 9);
    (void)reader.ids("ids", 3);
    reader.objects("lines", 0, 3, [](net::ObjectReader& line) { (void)line.id("id"); });
    reader.refuse_others();
  });
  return 0;
}
