// A request in pieces of the size that the first byte says must be read as it is in one piece.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "net/request_parser.hpp"

namespace {

using geili::net::RequestParser;

constexpr std::size_t kBodyMax = 1000;

// A sentence about how it went and what was read.
std::string read(std::string_view bytes, std::size_t step) {
  RequestParser parser({.header_bytes_max = 2000});
  std::string waiting;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    waiting.append(bytes.substr(at, step));
    std::string_view input = waiting;
    while (true) {
      const auto progress = parser.feed(input);
      if (!progress) return "refused";
      if (*progress == RequestParser::Progress::need_more) break;
      if (*progress == RequestParser::Progress::header) {
        parser.set_body_bytes_max(kBodyMax);
        continue;
      }
      const auto& request = parser.request();
      assert(request.path.starts_with('/') && geili::utf8_length(request.path));
      assert(request.body.size() <= kBodyMax);
      return request.path + "?" + request.query + "\n" + request.body;
    }
    waiting.erase(0, waiting.size() - input.size());
  }
  return "unfinished";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  const std::string whole = read(bytes, bytes.size() + 1);
  const std::string pieces = read(bytes, data[0] + 1U);
  // Pieces may reach the end of a request before a limit that all of the input would pass.
  if (whole != "refused" && pieces != "refused") assert(whole == pieces);
  return 0;
}
