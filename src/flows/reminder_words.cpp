#include "flows/reminder_words.hpp"

#include <array>

#include "paper/language.hpp"

namespace geili::flows {
namespace {

struct Words {                              // {} is the title
  std::array<std::string_view, 3> of_kind;  // push::Kind
  std::string_view called_off;
};

const Words& words_in(std::string_view tag) {
  const auto language = paper::parse_language(tag).value_or(paper::Language::en);
  static constexpr Words kEnglish{
      {"“{}” begins at {time}", "“{}” was moved to {time}", "“{}” is live now"},
      "“{}” was called off"};
  static constexpr Words kChinese{{"“{}”将于 {time} 开始", "“{}”改到 {time}", "“{}”正在直播"},
                                  "“{}”已取消"};
  static constexpr Words kSpanish{
      {"«{}» empieza a las {time}", "«{}» cambia de hora: {time}", "«{}» está en vivo"},
      "«{}» se canceló"};
  static constexpr Words kFrench{
      {"« {} » commence à {time}", "« {} » change d’horaire : {time}", "« {} » est en direct"},
      "« {} » est annulé"};
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
  return paper::filled(words_in(language).of_kind.at(static_cast<std::size_t>(kind)), {title});
}

std::string called_off_words(std::string_view title, std::string_view language) {
  return paper::filled(words_in(language).called_off, {title});
}

}  // namespace geili::flows
