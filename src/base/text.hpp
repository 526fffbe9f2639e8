#pragma once
// Text that people typed: UTF-8 (RFC 3629), bounded, without control characters.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili {

// The number of code points, or none when the bytes are not well-formed UTF-8.
std::optional<std::size_t> utf8_length(std::string_view text);

// As much of well-formed UTF-8 from its begin as fits into `octets_max`, in whole code points.
std::string_view utf8_prefix(std::string_view text, std::size_t octets_max);

enum class Lines : bool { single, multiple };

struct TextRule {
  std::size_t min_length = 0;   // code points, after trimming
  std::size_t max_length = 0;   // code points
  Lines lines = Lines::single;  // whether newline and tab may stay
};

// Trims white space at both ends and checks `rule`; `path` names the field in the error. Control
// characters and the Unicode bidirectional overrides (U+202A-202E, U+2066-2069) are refused: they
// would let a name rewrite the line it stands in.
Result<std::string> checked_text(std::string_view text, const TextRule& rule,
                                 std::string_view path);

}  // namespace geili
