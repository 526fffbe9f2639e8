#pragma once
// What went wrong, in terms a caller can act on. api/ turns it into an RFC 9457 problem by one
// table.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace geili {

// The class of a failure; one HTTP status belongs to each (api/problem.cpp holds the table).
enum class ErrorKind : std::uint8_t {
  invalid,                // 400: malformed input
  unauthenticated,        // 401: who are you?
  forbidden,              // 403: not yours
  not_found,              // 404: no such thing, or nothing you may know of
  conflict,               // 409: the state does not allow it (sold out, in flight)
  gone,                   // 410: it was there and has ended (expired link)
  precondition,           // 412: If-Match does not hold
  too_large,              // 413: more than the limit
  unsupported_media,      // 415: not a type that is taken here
  unprocessable,          // 422: well-formed, and breaks a rule
  precondition_required,  // 428: If-Match is missing
  rate_limited,           // 429: later
  unavailable,            // 503: a queue is full or a part is stopping
};

// One fault in an input: `path` is a JSON Pointer (RFC 6901) into the body, or the name of a query
// parameter or header.
struct FieldError {
  std::string path;
  std::string message;
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;    // stable and kebab-case; the problem type is /problems/<code>
  std::string detail;  // one English sentence for a developer; screens translate by `code`
  std::vector<FieldError> fields;
  std::vector<std::pair<std::string, std::int64_t>>
      figures;  // extension members, e.g. {"available", 0}

  static Error make(ErrorKind kind, std::string_view code, std::string_view detail) {
    return Error{kind, std::string(code), std::string(detail), {}, {}};
  }
  static Error invalid_field(std::string_view path, std::string_view message) {
    return Error{ErrorKind::unprocessable,
                 "invalid-field",
                 "An input does not fit.",
                 {FieldError{std::string(path), std::string(message)}},
                 {}};
  }
  Error with(std::string_view figure, std::int64_t value) && {
    figures.emplace_back(figure, value);
    return std::move(*this);
  }
};

}  // namespace geili
