#pragma once
// Enumerations as rows hold them; the words are in the order of the values.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "store/tx.hpp"

namespace geili::store {

template <class Enum, std::size_t count>
std::string_view name_of(const std::array<std::string_view, count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

// The value that a word names, as someone typed it.
template <class Enum, std::size_t count>
std::optional<Enum> parse_name(const std::array<std::string_view, count>& names,
                               std::string_view text) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

// Throws StoreFailure for a word that this program does not know: the row was written by another.
template <class Enum, std::size_t count>
Enum stored(const std::array<std::string_view, count>& names, std::string_view text) {
  const auto value = parse_name<Enum>(names, text);
  if (!value) throw StoreFailure("unknown word in the store: " + std::string(text));
  return *value;
}

}  // namespace geili::store
