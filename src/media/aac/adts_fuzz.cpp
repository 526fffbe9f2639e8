#include <cassert>
#include <cstdint>
#include <span>

#include "media/aac/adts.hpp"
#include "media/aac/audio_specific_config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  const auto header = media::aac::parse_adts_header(std::as_bytes(std::span(data, size)));
  if (!header) return 0;
  assert(header->frame_bytes > header->header_bytes);
  assert(header->frame_bytes <= media::aac::kAdtsFrameBytesMax);
  (void)media::aac::describe(header->config);
  return 0;
}
