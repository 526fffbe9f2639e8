#pragma once
// Pictures out of H.264 and VP8 as strangers send them, by libavcodec on the caller's thread.

#include <vector>

#include "base/result.hpp"
#include "media/libav.hpp"
#include "media/unit.hpp"

namespace geili::media::video {

// Single-threaded.
class Decoder {
 public:
  // `from` is of h264 or vp8; `reorders` when pictures may come in another order than they are
  // shown in, which costs the delay of some. Errors: unsupported_media "picture-size",
  // "picture-codec" (libavcodec lacks the decoder or refuses the configuration).
  static Result<Decoder> create(const CodecConfig& from, bool reorders);

  // Appends pictures in the order in which they are shown, some only when later units come;
  // AVFrame::pts is the unit's, in microseconds. Error: invalid "picture-decode", after which
  // decoding can go on at a key frame.
  Result<void> decode(const Unit& unit, std::vector<libav::Frame>& out);
  // What is still held. A key frame may follow.
  void finish(std::vector<libav::Frame>& out);

 private:
  Decoder(libav::Context context, libav::Frame frame)
      : context_(std::move(context)), frame_(std::move(frame)) {}
  bool receive(std::vector<libav::Frame>& out);

  libav::Context context_;
  libav::Frame frame_;
};

}  // namespace geili::media::video
