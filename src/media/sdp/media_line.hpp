#pragma once
// The m= line (RFC 8866 section 5.14). For the parsers of this folder.

#include "base/result.hpp"
#include "media/sdp/lines.hpp"
#include "media/sdp/session.hpp"

namespace geili::media::sdp {

// A medium with its payload types, about which nothing is known yet. Errors: "sdp-media",
// "sdp-limit".
Result<Media> read_media_line(const Line& line);

}  // namespace geili::media::sdp
