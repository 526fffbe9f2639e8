#pragma once
// A Unit is one access unit: a coded picture or a coded audio frame. Whatever comes in becomes
// Units on a Stream, whatever goes out reads them. Units are immutable once shared and may be read
// from any thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/clock.hpp"

namespace geili::media {

enum class Track : std::uint8_t { video, audio };
inline constexpr std::size_t kTrackCount = 2;
inline constexpr std::size_t index_of(Track track) {
  return static_cast<std::size_t>(track);
}

// Of the picture; sound belongs to both.
enum class Layer : std::uint8_t {
  source,  // as it was published; of simulcast the best
  low,     // a smaller one of the same picture, for viewers whose network carries no more
};
inline constexpr std::size_t kLayerCount = 2;
inline constexpr std::size_t index_of(Layer layer) {
  return static_cast<std::size_t>(layer);
}

enum class Codec : std::uint8_t { h264, aac, vp8, opus };

// What a decoder must know before the first Unit. A new one is made only when its bytes change, so
// comparing pointers within a stream tells whether the configuration changed.
struct CodecConfig {
  Codec codec = Codec::h264;
  // h264: AVCDecoderConfigurationRecord with 4-byte lengths; aac: AudioSpecificConfig; vp8: the
  // four bytes of a key frame that tell its size (RFC 6386 section 9.1); opus: identification
  // header (RFC 7845 section 5.1).
  Bytes record;
  std::string rfc6381;  // "avc1.42E01F", "mp4a.40.2", "vp8", "opus"
  unsigned width = 0;   // video: after cropping
  unsigned height = 0;
  bool reorders = false;        // video: the parameter sets allow pictures out of order (B-frames)
  unsigned sample_rate_hz = 0;  // audio: of the coded frames (before spectral band replication)
  unsigned channels = 0;
  unsigned samples_per_frame = 0;
};
using CodecConfigPtr = std::shared_ptr<const CodecConfig>;

// Times are microseconds on the stream's own timeline, which starts at the UTC time of the first
// unit and then runs by the publisher's clock, without a hole when a publisher comes back.
// Microseconds hold the clocks of every protocol here (1 kHz, 48 kHz, 90 kHz) so that rounding
// there and back is exact.
struct Unit {
  Track track = Track::video;
  bool keyframe = false;  // decoding can begin here; true for every audio frame
  std::int64_t dts_us = 0;
  std::int64_t pts_us = 0;  // differs from dts_us only with reordered pictures
  Instant captured;         // UTC of pts_us as the ingest knows it: runs on while nobody publishes
  std::uint32_t publication = 0;  // counts the publications of the stream from 1
  CodecConfigPtr config;
  // h264: NAL units with 4-byte lengths; aac: one raw frame; vp8: one frame; opus: one packet.
  std::shared_ptr<const Bytes> payload;
  Layer layer = Layer::source;
  bool slate = false;  // stands in while nobody publishes
};
using UnitPtr = std::shared_ptr<const Unit>;

// What an ingest hands to the stream: the same, with times on the publisher's own clock.
struct SourceUnit {
  Track track = Track::video;
  bool keyframe = false;
  std::int64_t dts_us = 0;
  std::int64_t composition_us = 0;  // pts - dts
  CodecConfigPtr config;            // never null
  std::shared_ptr<const Bytes> payload;
  Layer layer = Layer::source;
};

enum class StreamState : std::uint8_t {
  live,
  away,   // the publisher has gone and may come back
  ended,  // for good
};

}  // namespace geili::media
