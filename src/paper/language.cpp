#include "paper/language.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace geili::paper {
namespace {

constexpr std::array<std::string_view, 4> kLanguages{"en", "zh", "es", "fr"};

}  // namespace

std::string_view to_text(Language language) {
  return kLanguages.at(static_cast<std::size_t>(language));
}

std::optional<Language> parse_language(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  for (std::size_t i = 0; i < kLanguages.size(); ++i) {
    if (kLanguages.at(i) == primary) return static_cast<Language>(i);
  }
  return std::nullopt;
}

std::string filled(std::string_view words, std::initializer_list<std::string_view> values) {
  std::string text(words);
  std::size_t from = 0;
  for (const std::string_view value : values) {
    const std::size_t at = text.find("{}", from);
    if (at == std::string::npos) break;
    text.replace(at, 2, value);
    from = at + value.size();
  }
  return text;
}

std::string money_text(Money money, Language language) {
  const bool is_french = language == Language::fr;
  std::string decimal = to_decimal(money);
  const bool negative = decimal.starts_with('-');
  if (negative) decimal.erase(0, 1);
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  std::string text = negative ? "\u2212" : "";
  for (std::size_t i = 0; i < point; ++i) {
    if (i > 0 && (point - i) % 3 == 0) text.append(is_french ? "\u00A0" : ",");
    text.push_back(decimal[i]);
  }
  if (point < decimal.size()) {
    text.push_back(is_french ? ',' : '.');
    text.append(decimal, point + 1);
  }
  return text;
}

}  // namespace geili::paper
