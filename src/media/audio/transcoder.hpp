#pragma once
// Sound from AAC to Opus or from Opus to AAC, by libavcodec. Both ways the samples keep their
// times: what the encoder puts before the first sample (its priming) is taken off the timestamps.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::audio {

inline constexpr unsigned kOutputRateHz = 48'000;
inline constexpr unsigned kOpusFrameMs = 40;

// One run of sound without a hole. Single-threaded; a frame takes some tenths of a millisecond.
class Transcoder {
 public:
  // `from` is of AAC or Opus, `to` the other one; `start_us` is the time of the first unit. More
  // than two channels are mixed down to two. Errors: unsupported_media "audio-transcode" when
  // libavcodec lacks one of the two or refuses the configuration.
  static Result<std::unique_ptr<Transcoder>> create(CodecConfigPtr from, Codec to,
                                                    std::int64_t start_us);
  virtual ~Transcoder() = default;

  // A frame that cannot be decoded becomes silence of its length.
  virtual void push(const Unit& in, std::vector<UnitPtr>& out) = 0;
  // What the encoder still holds, filled up with silence to a whole frame. Nothing may follow.
  virtual void finish(std::vector<UnitPtr>& out) = 0;
  // Where the next unit pushed is expected.
  virtual std::int64_t expected_us() const = 0;
  virtual const CodecConfigPtr& config() const = 0;
  // An earlier run's, with the same bytes.
  virtual void use_config(CodecConfigPtr config) = 0;
};

}  // namespace geili::media::audio
