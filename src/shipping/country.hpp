#pragma once
// Countries by ISO 3166-1 alpha-2, with their names as ICU knows them.

#include <string>
#include <string_view>

namespace geili::shipping {

// Capitals: "MX". Thread-safe.
bool is_country(std::string_view code);

// "Francia" for FR in "es"; the code itself where ICU has no name. Thread-safe.
std::string country_name(std::string_view code, std::string_view language);
// The last line of an address that leaves the country: capitals ("FRANCIA"), and after a Chinese
// name the English one, which sorting offices abroad can read.
std::string country_line(std::string_view code, std::string_view language);

}  // namespace geili::shipping
