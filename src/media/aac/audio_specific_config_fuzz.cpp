#include <cassert>
#include <cstdint>
#include <span>

#include "media/aac/audio_specific_config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = geili::media::aac::describe(std::as_bytes(std::span(data, size)));
  if (!config) return 0;
  assert(config->sample_rate_hz > 0 && config->channels > 0 && config->samples_per_frame > 0);
  return 0;
}
