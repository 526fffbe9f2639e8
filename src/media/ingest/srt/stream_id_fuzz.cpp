#include <cassert>
#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "media/ingest/srt/stream_id.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const auto key = media::srt::key_of_stream_id(as_text(std::as_bytes(std::span(data, size))));
  if (key) assert(!key->empty() && key->size() <= media::srt::kStreamIdBytesMax);
  return 0;
}
