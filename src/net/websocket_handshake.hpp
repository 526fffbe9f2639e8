#pragma once
// The opening handshake (RFC 6455 section 4.2).

#include <expected>
#include <string>

#include "net/http.hpp"
#include "net/request_parser.hpp"

namespace geili::net {

// Sec-WebSocket-Accept for a well-formed upgrade to version 13; 426 for a request that is none or
// of another version, 400 for a broken key. The Origin is the handler's to judge.
std::expected<std::string, Refusal> accept_websocket(const Request& request);

}  // namespace geili::net
