#pragma once
// Test support: units of a publisher without an encoder. Payloads are not decodable.

#include <memory>

#include "media/aac/audio_specific_config.hpp"
#include "media/h264/avcc.hpp"
#include "media/unit.hpp"

namespace geili::media::testing {

inline CodecConfigPtr video_config() {
  const auto record =
      from_hex("0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa801000468ce0fc8");
  return std::make_shared<const CodecConfig>(*h264::describe(*h264::parse_avcc(*record)));
}
inline CodecConfigPtr other_video_config() {
  const auto record = from_hex(
      "0164002affe1001b6764002aacd940780227e5c044000003000400000301e03c60c65801000468ef8fcbfdf8f80"
      "0");
  return std::make_shared<const CodecConfig>(*h264::describe(*h264::parse_avcc(*record)));
}
inline CodecConfigPtr audio_config() {
  return std::make_shared<const CodecConfig>(*aac::describe(*from_hex("1190")));
}

inline SourceUnit picture(const CodecConfigPtr& config, std::int64_t dts_us, bool key,
                          std::int64_t composition_us = 0) {
  return {Track::video,
          key,
          dts_us,
          composition_us,
          config,
          std::make_shared<const Bytes>(*from_hex(key ? "0000000365aabb" : "000000024102"))};
}
inline SourceUnit sound(const CodecConfigPtr& config, std::int64_t dts_us) {
  return {
      Track::audio, true, dts_us, 0, config, std::make_shared<const Bytes>(*from_hex("21004990"))};
}

}  // namespace geili::media::testing
