// What decodes encodes, and decodes again to the same.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "live/bus_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto message = geili::live::decode_bus_message(text);
  if (!message) return 0;
  const std::string encoded = geili::live::encode_bus_message(*message);
  const auto again = geili::live::decode_bus_message(encoded);
  assert(again && geili::live::encode_bus_message(*again) == encoded);
  return 0;
}
