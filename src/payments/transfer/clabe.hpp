#pragma once
// The account number of Mexican banks: 18 digits, of bank (3), city (3), account (11) and check
// (1). Banco de México, SPEI.

#include <optional>
#include <string_view>

namespace geili::payments {

// The check digit of the first 17: their sum by the weights 3, 7, 1, each product modulo 10, filled
// up to ten. None when it is not 17 digits.
std::optional<char> clabe_check_digit(std::string_view first_17);
bool is_clabe(std::string_view text);

}  // namespace geili::payments
