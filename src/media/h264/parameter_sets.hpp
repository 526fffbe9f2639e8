#pragma once
// The parameter sets a stream has sent so far, by their numbers, for transports that send them
// between the pictures (RTP, MPEG-TS).

#include <map>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/h264/avcc.hpp"

namespace geili::media::h264 {

inline constexpr unsigned kSpsIdMax = 31;
inline constexpr unsigned kPpsIdMax = 255;

// Single-threaded.
class ParameterSets {
 public:
  // Keeps an SPS or a PPS in place of the one with its number. Errors (invalid):
  // "parameter-set" (too long or short, or its numbers out of range).
  Result<void> add(ByteView nal);

  // The sets that a slice refers to: its SPS, and the PPSs of that SPS by their numbers. Encoders
  // keep sets they no longer use, so only the slice tells. Errors (invalid): "slice-truncated",
  // "parameter-set-missing".
  Result<DecoderConfig> of_slice(ByteView slice) const;

 private:
  struct Pps {
    unsigned sps_id = 0;
    Bytes nal;
  };
  std::map<unsigned, Bytes> sps_;
  std::map<unsigned, Pps> pps_;
};

// Whether the slice begins at the first macroblock of its picture.
bool begins_picture(ByteView slice);

}  // namespace geili::media::h264
