#pragma once
// The languages that Geili prints in, and amounts as each writes them.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"

namespace geili::paper {

enum class Language : std::uint8_t { en, zh, es, fr };
std::string_view to_text(Language language);
// "es" of "es-MX"; none for another language.
std::optional<Language> parse_language(std::string_view tag);

// `words` with each "{}" replaced by the next of `values`.
std::string filled(std::string_view words, std::initializer_list<std::string_view> values);

// 1234567 minor units of MXN as "12,345.67", of JPY as "1,234,567"; in French "12 345,67"; in
// Spanish as in Mexico. A minus sign is U+2212.
std::string money_text(Money money, Language language);

}  // namespace geili::paper
