#pragma once
// The names that Mercado Pago gives. Nothing else may become part of an address.

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace geili::payments {

inline constexpr std::size_t kMercadoPagoIdMax = 100;

inline bool is_payment_number(std::string_view text) {
  return !text.empty() && text.size() <= 20 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Of a preference, and our own references: letters, digits, '-' and '_'.
inline bool is_preference_id(std::string_view text) {
  return !text.empty() && text.size() <= kMercadoPagoIdMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace geili::payments
