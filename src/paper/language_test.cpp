#include "paper/language.hpp"

#include <gtest/gtest.h>

namespace geili::paper {
namespace {

TEST(MoneyText, FollowsCurrencyAndLanguage) {
  const auto money = [](std::int64_t minor, const char* currency, Language language) {
    return money_text({minor, *Currency::parse(currency)}, language);
  };
  EXPECT_EQ(money(1'234'567, "MXN", Language::es), "12,345.67");
  EXPECT_EQ(money(1'234'567, "JPY", Language::en), "1,234,567");
  EXPECT_EQ(money(1'234'567, "KWD", Language::zh), "1,234.567");
  EXPECT_EQ(money(1'234'567, "EUR", Language::fr), "12\u00A0345,67");
  EXPECT_EQ(money(-5, "MXN", Language::en), "\u22120.05");
  EXPECT_EQ(money(99'999, "MXN", Language::en), "999.99");
  EXPECT_EQ(money(0, "JPY", Language::fr), "0");
}

TEST(PrintedWords, AreFilledOneValueAfterTheOther) {
  EXPECT_EQ(filled("{} orders of {} buyers", {"12", "{}"}), "12 orders of {} buyers");
  EXPECT_EQ(filled("no place", {"1"}), "no place");
  EXPECT_EQ(filled("{} and {}", {"1"}), "1 and {}");
}

TEST(PrintedLanguage, IsTheFirstPartOfATag) {
  EXPECT_EQ(parse_language("es-MX"), Language::es);
  EXPECT_EQ(parse_language("zh"), Language::zh);
  for (const char* tag : {"", "de", "ES", "esp"}) EXPECT_FALSE(parse_language(tag)) << tag;
}

}  // namespace
}  // namespace geili::paper
