#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "net/query.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const std::string_view text = as_text(std::as_bytes(std::span(data, size)));
  const auto query = net::Query::parse(text);
  if (!query) return 0;
  if (const auto value = query->text("q")) assert(utf8_length(*value));
  if (const auto number = query->integer("n", -5, 5); number && *number) assert(**number <= 5);
  (void)query->id("id");
  (void)query->boolean("b");
  (void)query->check_names({"q", "n", "id", "b"});
  return 0;
}
