#include "live/links.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "live/folded.hpp"

namespace geili::live {
namespace {

constexpr auto kEndings = std::to_array<std::u32string_view>(
    {U"com", U"net",   U"org",  U"info", U"biz", U"io", U"cn", U"tw", U"hk", U"mx", U"ru",  U"xyz",
     U"top", U"store", U"vip",  U"app",  U"cc",  U"ly", U"gg", U"fr", U"uk", U"eu", U"jp",  U"kr",
     U"dev", U"icu",   U"asia", U"cat",  U"br",  U"ar", U"cl", U"pe", U"ca", U"de", U"shop"});
// These end a sentence, too, where no space follows it.
constexpr auto kWordEndings = std::to_array<std::u32string_view>(
    {U"me",   U"co",   U"es",    U"us",   U"tv",   U"la",   U"it",     U"in",
     U"to",   U"so",   U"no",    U"be",   U"is",   U"live", U"online", U"site",
     U"club", U"link", U"click", U"page", U"sale", U"win",  U"one"});

bool is_label_sign(char32_t c) {
  return is_word_sign(c) || c == U'-';
}

template <std::size_t count>
bool is_among(const std::array<std::u32string_view, count>& words, std::u32string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Whether `text` from the dot at `dot` on ends a domain.
bool ends_domain(std::u32string_view text, std::size_t dot) {
  const std::size_t begin = dot + 1;
  std::size_t end = begin;
  while (end < text.size() && is_label_sign(text[end])) ++end;
  const std::u32string_view ending = text.substr(begin, end - begin);
  if (is_among(kEndings, ending)) return true;
  return is_among(kWordEndings, ending) && end + 1 < text.size() && text[end] == U'/';
}

}  // namespace

bool has_link(std::string_view said) {
  const std::u32string text = folded(said);
  for (const std::u32string_view scheme : {U"http://", U"https://", U"hxxp://", U"hxxps://"}) {
    if (text.contains(scheme)) return true;
  }
  for (std::size_t dot = text.find(U'.'); dot != std::u32string::npos;
       dot = text.find(U'.', dot + 1)) {
    if (dot == 0 || dot + 1 >= text.size() || !is_label_sign(text[dot - 1])) continue;
    const bool is_www = dot >= 3 && text.compare(dot - 3, 3, U"www") == 0 &&
                        (dot == 3 || !is_label_sign(text[dot - 4]));
    if (is_www && is_label_sign(text[dot + 1])) return true;
    if (ends_domain(text, dot)) return true;
  }
  return false;
}

}  // namespace geili::live
