#pragma once
// Languages by their primary subtag alone (BCP 47, RFC 5646 section 2.2.1): "es", "yue".

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace geili {

inline constexpr std::size_t kLanguageMin = 2;
inline constexpr std::size_t kLanguageMax = 3;

// What has no words at all: numbers, signs, pictures (ISO 639-2).
inline constexpr std::string_view kNoLanguage = "zxx";

// Whether it is written as one; whether there is such a language is not asked.
constexpr bool is_language(std::string_view tag) {
  return tag.size() >= kLanguageMin && tag.size() <= kLanguageMax &&
         std::ranges::all_of(tag, [](char c) { return c >= 'a' && c <= 'z'; });
}

// "zh" of "zh-Hans".
constexpr std::string_view primary_language(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace geili
