#pragma once
// Code 128 (ISO/IEC 15417): bars for short texts.

#include <optional>
#include <string>
#include <string_view>

namespace geili::paper {

// The widths of bars and spaces in modules, bar first, start and stop included, quiet zones (10
// modules each side) not. None when the text is empty, longer than kBarcodeMax, or has a character
// outside space to ~. Digits in pairs take half the room.
std::optional<std::string> code128_widths(std::string_view text);

}  // namespace geili::paper
