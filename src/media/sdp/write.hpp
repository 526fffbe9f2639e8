#pragma once
// Writes session descriptions.

#include <string>

#include "media/sdp/session.hpp"

namespace geili::media::sdp {

// With CRLF. What parse() reads of it equals `session`, once every medium has its own transport.
std::string write(const SessionDescription& session);

// "a=..." lines for a part of a description; nothing for what is empty.
void write_transport(const TransportPart& part, std::string& out);

}  // namespace geili::media::sdp
