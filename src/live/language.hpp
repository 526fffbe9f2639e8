#pragma once
// In which language a message is, as far as that can be told without guessing.

#include <string>
#include <string_view>

namespace geili::live {

// `page` is the language of the page that it was written on; empty: not known. What is written in a
// script of that language is taken for it. Otherwise the script decides where one language alone
// uses it in practice (Han without kana: zh, kana: ja, Hangul: ko, Thai: th, Greek: el), and
// where many do it is not known. A word counts once, and so does each sign of a script that leaves
// no space between words: a brand name makes no sentence English. base/language.hpp's kNoLanguage
// without letters; empty: not known. `text` is UTF-8.
std::string language_of(std::string_view text, std::string_view page);

}  // namespace geili::live
