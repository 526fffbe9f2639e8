#pragma once
// Postal codes as they are compared.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace geili::shipping {

inline constexpr std::size_t kPostalMax = 12;           // characters of a key
inline constexpr std::size_t kPostalPrefixesMax = 500;  // typed at once

// Capitals and digits alone: "sw1a 1aa" as "SW1A1AA", "01000-000" as "01000000". Empty when there
// is another character than letters, digits, spaces and hyphens, or more than kPostalMax are left.
std::string postal_key(std::string_view text);

// What a seller typed or pasted: beginnings of postal codes, parted by commas, semicolons or line
// feeds, kept once each in the order typed. Fails with invalid-field, naming the part.
Result<std::vector<std::string>> parse_postal_prefixes(std::string_view text,
                                                       std::string_view path);

}  // namespace geili::shipping
