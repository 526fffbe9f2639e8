#pragma once
// The byte stream format of H.264 (ISO/IEC 14496-10 annex B): NAL units behind start codes.

#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::h264 {

// Views into `stream`, without start codes and the zeros around them; empty NAL units are left out.
// Errors (invalid): "annex-b" when something stands before the first start code, "nal-limit".
Result<std::vector<ByteView>> split_annex_b(ByteView stream);

}  // namespace geili::media::h264
