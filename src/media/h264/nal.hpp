#pragma once
// NAL units of H.264 (ISO/IEC 14496-10 section 7.3.1 and annex B).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::h264 {

enum class NalType : std::uint8_t {
  slice = 1,
  idr_slice = 5,
  sei = 6,
  sps = 7,
  pps = 8,
  access_unit_delimiter = 9,
  filler = 12,
};

inline NalType type_of(ByteView nal) {
  return static_cast<NalType>(nal.empty() ? 0 : std::to_integer<unsigned>(nal[0]) & 0x1FU);
}

inline constexpr std::size_t kNalsMax = 1'024;  // in one access unit

// Views into `access_unit`, empty NAL units left out. `length_bytes` is 1, 2 or 4. Errors
// (invalid): "nal-length" when a length points past the end, "nal-limit".
Result<std::vector<ByteView>> split_length_prefixed(ByteView access_unit, unsigned length_bytes);

// With a 4-byte length in front of it.
void append_length_prefixed(Bytes& access_unit, ByteView nal);

// The payload without emulation prevention bytes (section 7.4.1).
Bytes unescape(ByteView nal);

}  // namespace geili::media::h264
