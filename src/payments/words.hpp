#pragma once
// Enumerations as the words that rows and wires hold.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace geili::payments {

template <class Enum, std::size_t kCount>
std::optional<Enum> parse_word(const std::array<std::string_view, kCount>& words,
                               std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

}  // namespace geili::payments
