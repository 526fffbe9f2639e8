#pragma once
// Reads session descriptions (RFC 8866 with the attributes of RFC 9429 section 5).

#include <string_view>

#include "base/result.hpp"
#include "media/sdp/session.hpp"

namespace geili::media::sdp {

// Line ends may be CRLF or LF. What the session says of ICE, DTLS and setup is copied into every
// medium that says nothing itself. Attributes that are not known are read over. Errors (invalid),
// all but the first with the figure "line":
//   sdp-size       more than kSdpBytesMax
//   sdp-line       not the form of a line
//   sdp-order      v=, o=, s= and t= do not begin it in this order
//   sdp-limit      a line, a list or the number of lines is above its limit
//   sdp-media      a malformed m=
//   sdp-attribute  a malformed value of a known attribute; the detail names it
Result<SessionDescription> parse(std::string_view text);

}  // namespace geili::media::sdp
