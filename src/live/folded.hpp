#pragma once
// Text as it is compared: what looks alike to a reader is alike.

#include <string>
#include <string_view>

namespace geili::live {

// Unicode's NFKC and case folding, without the marks above and below letters: Ｃａｂｒóｎ and
// cabron are the same. ñ stays, as año and ano are two words. What is not UTF-8 is empty.
std::u32string folded(std::string_view text);

// A letter or a digit of any script.
bool is_word_sign(char32_t c);
// Of a script that writes words without spaces between them, or adds to them (Chinese, Japanese,
// Korean, Thai, …).
bool is_unspaced(char32_t c);

}  // namespace geili::live
