#pragma once
// The known attributes, each read by a function of its own. For the parsers of this folder.

#include <string_view>

#include "base/result.hpp"
#include "media/sdp/lines.hpp"
#include "media/sdp/session.hpp"

namespace geili::media::sdp {

// `line` is an "a=" of the session part, of a medium. Errors: those of parse().
Result<void> read_session_attribute(const Line& line, SessionDescription& session);
Result<void> read_media_attribute(const Line& line, Media& media);

}  // namespace geili::media::sdp
