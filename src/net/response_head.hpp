#pragma once
// The status line and header fields of a response, as bytes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace geili::net {

enum class After : std::uint8_t { keep_alive, close };

std::string_view reason_phrase(unsigned status);

// False for 1xx, 204 and 304 (RFC 9110 section 6.4.1).
bool may_have_body(unsigned status);

// Appends the head. Content-Length, Date, Connection and Transfer-Encoding are the server's: a
// handler's own are left out. Control characters in a value become spaces, so that no value can
// begin a new field.
void append_response_head(std::string& out, const Response& response,
                          std::optional<std::uint64_t> content_length, std::string_view date,
                          After after);

}  // namespace geili::net
