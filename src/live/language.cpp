#include "live/language.hpp"

#include <array>
#include <cstdint>
#include <map>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/language.hpp"

namespace geili::live {
namespace {

using Counts = std::map<UScriptCode, int>;

constexpr int kScriptsMax = 8;  // of a language

bool leaves_no_space(UScriptCode script) {
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
         script == USCRIPT_THAI;
}

// Scripts of the letters. Marks and signs that every script uses belong to what surrounds them.
Counts words_by_script(std::string_view text) {
  Counts counts;
  UScriptCode word = USCRIPT_INVALID_CODE;  // of the word that is being read; none between words
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 sign = 0;
    U8_NEXT(text.data(), at, length, sign);
    if (sign < 0 || u_isUAlphabetic(sign) == 0) {
      word = USCRIPT_INVALID_CODE;
      continue;
    }
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(sign, &error);
    if (U_FAILURE(error) != 0 || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) continue;
    if (script != word || leaves_no_space(script)) ++counts[script];
    word = script;
  }
  return counts;
}

int count_of(const Counts& counts, UScriptCode script) {
  const auto found = counts.find(script);
  return found == counts.end() ? 0 : found->second;
}

// How many are in scripts that the language is written in.
int count_of_language(const Counts& counts, const std::string& language) {
  std::array<UScriptCode, kScriptsMax> scripts{};
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t found = uscript_getCode(language.c_str(), scripts.data(), kScriptsMax, &error);
  if (U_FAILURE(error) != 0 || error == U_USING_DEFAULT_WARNING) return 0;
  int count = 0;
  for (std::int32_t i = 0; i < found; ++i) count += count_of(counts, scripts.at(i));
  return count;
}

}  // namespace

std::string language_of(std::string_view text, std::string_view page) {
  const Counts counts = words_by_script(text);
  int all = 0;
  for (const auto& [script, count] : counts) all += count;
  if (all == 0) return std::string(kNoLanguage);
  if (is_language(page) && 2 * count_of_language(counts, std::string(page)) >= all) {
    return std::string(page);
  }
  const int kana = count_of(counts, USCRIPT_HIRAGANA) + count_of(counts, USCRIPT_KATAKANA);
  const int han = count_of(counts, USCRIPT_HAN);
  if (2 * (kana + han) > all) return kana > 0 ? "ja" : "zh";
  if (2 * count_of(counts, USCRIPT_HANGUL) > all) return "ko";
  if (2 * count_of(counts, USCRIPT_THAI) > all) return "th";
  if (2 * count_of(counts, USCRIPT_GREEK) > all) return "el";
  return {};
}

}  // namespace geili::live
