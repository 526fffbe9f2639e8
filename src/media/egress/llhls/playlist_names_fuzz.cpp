// The input as a playlist's query and as a file's name.
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/egress/llhls/playlist.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media::llhls;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const auto query = parse_playlist_query(text);
  assert(!query || !query->part || query->segment);
  (void)parse_file_name(text);
  return 0;
}
