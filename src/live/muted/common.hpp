#pragma once
// The words that a shop's chat does without unless its rules say otherwise: insults, slurs and the
// bait of swindlers. One file a language. As all are matched in every chat, a list leaves out what
// is a plain word in another of the languages (con, bite, negro), or goods of a village (cock).

#include <span>
#include <string_view>

namespace geili::live::muted {

std::span<const std::string_view> english();
std::span<const std::string_view> chinese();
std::span<const std::string_view> spanish();
std::span<const std::string_view> french();

}  // namespace geili::live::muted
