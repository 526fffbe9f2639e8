#include "live/question.hpp"

#include <algorithm>

#include "live/folded.hpp"

namespace geili::live {
namespace {

// The full-width mark is folded to the plain one.
bool is_question_mark(char32_t c) {
  constexpr char32_t kArabic = U'\u061F';
  return c == U'?' || c == kArabic;
}

}  // namespace

bool reads_as_question(std::string_view text) {
  constexpr char32_t kInverted = U'\u00BF';
  const std::u32string signs = folded(text);
  const auto first = std::ranges::find_if(signs, is_word_sign);
  if (first == signs.end()) return false;
  if (std::find(signs.begin(), first, kInverted) != first) return true;
  const auto after_last = std::find_if(signs.rbegin(), signs.rend(), is_word_sign).base();
  return std::any_of(after_last, signs.end(), is_question_mark);
}

}  // namespace geili::live
