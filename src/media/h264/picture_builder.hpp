#pragma once
// From the NAL units of one access unit to what a stream keeps of it: parameter sets go into the
// configuration, access unit delimiters and filler go away. For transports that send the parameter
// sets between the pictures (RTP, MPEG-TS).

#include <cstddef>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/h264/avcc.hpp"
#include "media/h264/parameter_sets.hpp"
#include "media/unit.hpp"

namespace geili::media::h264 {

struct Picture {
  bool keyframe = false;
  CodecConfigPtr config;  // null before the first key frame
  Bytes payload;          // NAL units with 4-byte lengths; empty: no picture, and nothing wrong
};

// Single-threaded; one for each stream. A new configuration takes effect at a key frame, and only
// when its bytes differ.
class PictureBuilder {
 public:
  // Forgets the picture that was begun.
  void begin();
  // The next NAL unit with its header byte, not empty. False when it is malformed or shows that
  // there are too many (kNalsMax); the picture is then of no use.
  bool add(ByteView nal);
  // The picture that was begun. `marked_key`: the transport says that decoding can begin here,
  // which is believed when the picture brings its parameter sets. Errors: those of
  // ParameterSets::of_slice() and describe().
  Result<Picture> finish(bool marked_key = false);

 private:
  Result<void> use_sets_of(ByteView slice);

  ParameterSets sets_;
  DecoderConfig config_;
  CodecConfigPtr described_;
  Bytes payload_;
  Bytes slice_head_;  // of the first slice
  std::size_t nals_ = 0;
  bool has_idr_ = false;
  bool has_sps_ = false;
};

}  // namespace geili::media::h264
