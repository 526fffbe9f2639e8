#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.hpp"
#include "net/request_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::net;
  const std::string text(data, data + size);
  const auto target = parse_request_target(text);
  if (target) {
    assert(target->path.starts_with('/') && geili::utf8_length(target->path));
    assert(target->path.find('\0') == std::string::npos);
    assert((target->path + "/").find("/../") == std::string::npos);
  }
  assert(percent_decode(percent_encode(text)) == text);
  return 0;
}
