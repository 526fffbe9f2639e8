#include "flows/reminder_words.hpp"

#include <array>

#include "paper/language.hpp"

namespace geili::flows {
namespace {

using Words = std::array<std::string_view, 3>;  // of each push::Kind: {} is the title

const Words& words_in(paper::Language language) {
  static constexpr Words kEnglish{"“{}” begins at {time}", "“{}” was moved to {time}",
                                  "“{}” is live now"};
  static constexpr Words kChinese{"“{}”将于 {time} 开始", "“{}”改到 {time}", "“{}”正在直播"};
  static constexpr Words kSpanish{"«{}» empieza a las {time}", "«{}» cambia de hora: {time}",
                                  "«{}» está en vivo"};
  static constexpr Words kFrench{"« {} » commence à {time}", "« {} » change d’horaire : {time}",
                                 "« {} » est en direct"};
  switch (language) {
    case paper::Language::zh:
      return kChinese;
    case paper::Language::es:
      return kSpanish;
    case paper::Language::fr:
      return kFrench;
    case paper::Language::en:
      break;
  }
  return kEnglish;
}

}  // namespace

std::string reminder_words(push::Kind kind, std::string_view title, std::string_view language) {
  const auto known = paper::parse_language(language).value_or(paper::Language::en);
  return paper::filled(words_in(known).at(static_cast<std::size_t>(kind)), {title});
}

}  // namespace geili::flows
