#pragma once
// Boost.JSON keeps the last of two members of one name and says nothing; two readers of one body
// could then disagree on what it says.

#include <cstddef>
#include <optional>
#include <string_view>

namespace geili::net {

// The byte just after the second of two equal names in one object; none when there is none, or when
// the text is not JSON (then the parser says so).
std::optional<std::size_t> find_duplicate_name(std::string_view text);

}  // namespace geili::net
