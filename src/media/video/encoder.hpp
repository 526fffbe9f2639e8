#pragma once
// H.264 and VP8 for players on the web, by libavcodec with libx264 and libvpx on the caller's
// thread: no picture refers to a later one, each comes out at once, and key frames come where they
// are asked for and nowhere else.

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/libav.hpp"
#include "media/unit.hpp"
#include "media/video/picture_size.hpp"

namespace geili::media::video {

struct EncoderSettings {
  Codec codec = Codec::h264;  // h264 (Constrained Baseline) or vp8
  Size size;                  // even sides
  std::uint64_t bitrate_bps_max = 500'000;
  unsigned frames_per_s = 30;  // about, for the rate and the level
  bool is_still = false;       // always the same picture: not made better with each that follows
};

struct EncodedPicture {
  bool keyframe = false;
  std::shared_ptr<const Bytes> payload;  // as in Unit
};

// Single-threaded.
class Encoder {
 public:
  // `like` is a picture of the stream to come: its colours and the shape of its pixels are told to
  // players. Errors: unsupported_media "picture-size", "picture-codec".
  static Result<Encoder> create(const EncoderSettings& settings, const AVFrame& like);

  // `picture` as Scaler makes it, of the encoder's size; its pts rises with each, in microseconds.
  // The first picture is a key frame. Error: unprocessable "picture-encode".
  Result<EncodedPicture> encode(AVFrame& picture, bool as_key);
  // Set once the first picture is encoded. The same settings make the same bytes.
  const CodecConfigPtr& config() const { return config_; }

 private:
  Encoder(Codec codec, libav::Context context, libav::Packet packet)
      : codec_(codec), context_(std::move(context)), packet_(std::move(packet)) {}
  Result<void> describe(ByteView first_picture);

  Codec codec_;
  libav::Context context_;
  libav::Packet packet_;
  CodecConfigPtr config_;
};

}  // namespace geili::media::video
