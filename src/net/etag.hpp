#pragma once
// Entity tags and the conditions on them (RFC 9110 sections 8.8.3 and 13.1).

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace geili::net {

// `"v"` of v, which holds no quotation mark or control character.
std::string strong_etag(std::string_view value);
std::string weak_etag(std::string_view value);

enum class EtagComparison : bool { weak, strong };

// Whether a field value like `"a", W/"b"` or `*` names `etag`. A malformed list ends where it
// breaks.
bool etag_list_has(std::string_view list, std::string_view etag, EtagComparison how);

// If-None-Match names `etag`: a GET is answered 304.
bool is_not_modified(const Headers& request, std::string_view etag);

// For a change that needs If-Match: fails with precondition-required when it is missing, with
// precondition-failed when it names another version.
Result<void> check_if_match(const Headers& request, std::string_view etag);

}  // namespace geili::net
