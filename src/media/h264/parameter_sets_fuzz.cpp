// The input as an SPS, and as a decoder record that is written back and read again.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"
#include "media/h264/sps.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media::h264;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  if (const auto sps = parse_sps(bytes)) {
    assert(sps->width > 0 && sps->width <= kPictureSideMax);
    assert(sps->height > 0 && sps->height <= kPictureSideMax);
  }
  for (const unsigned length_bytes : {1U, 2U, 4U}) (void)split_length_prefixed(bytes, length_bytes);
  const auto config = parse_avcc(bytes);
  if (!config) return 0;
  if (!describe(*config)) return 0;
  const auto again = parse_avcc(write_avcc(*config));
  assert(again && again->sps == config->sps && again->pps == config->pps);
  return 0;
}
