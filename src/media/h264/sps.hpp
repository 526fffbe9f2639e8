#pragma once
// The sequence parameter set of H.264 (ISO/IEC 14496-10 section 7.3.2.1.1 and annex E).

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::h264 {

struct Sps {
  std::uint8_t profile = 0;      // profile_idc: 66 Baseline, 77 Main, 100 High
  std::uint8_t constraints = 0;  // constraint_set flags, as the byte they are sent in
  std::uint8_t level = 0;        // level_idc: 31 is 3.1
  unsigned chroma_format = 1;    // 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
  unsigned bit_depth = 8;        // of luma
  unsigned width = 0;            // after cropping
  unsigned height = 0;
  unsigned aspect_width = 1;  // sample aspect ratio
  unsigned aspect_height = 1;
  bool interlaced = false;
  // From the VUI; 0 when it says nothing.
  double frames_per_s = 0;
  // max_num_reorder_frames; without it what the profile implies: 0 for Baseline, else unknown.
  bool reorder_known = false;
  unsigned reorder_frames = 0;

  // RFC 6381: "avc1.42E01F".
  std::string rfc6381() const;
};

inline constexpr unsigned kPictureSideMax = 8'192;

// `nal` with its header byte. Errors (invalid): "sps-truncated", "sps-value" (out of the standard's
// ranges), "sps-size" (no picture, or a side above kPictureSideMax).
Result<Sps> parse_sps(ByteView nal);

}  // namespace geili::media::h264
