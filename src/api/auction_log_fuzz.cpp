// What is read writes, and is read again to the same; whether it went by the rules is told of
// anything.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "api/auction_log_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto log = geili::api::parse_auction_log(text);
  if (!log) return 0;
  const std::string written = boost::json::serialize(geili::api::to_json(*log));
  const auto again = geili::api::parse_auction_log(written);
  assert(again && boost::json::serialize(geili::api::to_json(*again)) == written);
  assert(geili::shows::fault_of(*log) == geili::shows::fault_of(*again));
  return 0;
}
