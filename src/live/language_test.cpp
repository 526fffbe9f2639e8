#include "live/language.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

struct Case {
  const char* text;
  const char* page;
  const char* language;
};

TEST(Language, IsThatOfThePageWhereItIsWrittenLikeIt) {
  const Case cases[] = {
      {"How much is it?", "en", "en"},
      {"¿Cuánto cuesta?", "es", "es"},
      {"多少钱？", "zh", "zh"},
      {"真珠", "ja", "ja"},
      {"いくらですか", "ja", "ja"},
      {"얼마예요", "ko", "ko"},
      {"Сколько стоит?", "ru", "ru"},
      {"Скільки коштує?", "uk", "uk"},
      {"What does 给力 mean?", "en", "en"},
      {"这个 iPhone 多少钱", "zh", "zh"},
      {"优の品", "zh", "zh"},
      {"ok 666", "fr", "fr"},
  };
  for (const Case& c : cases) EXPECT_EQ(language_of(c.text, c.page), c.language) << c.text;
}

TEST(Language, IsThatOfTheScriptWhereOneLanguageHasIt) {
  const Case cases[] = {
      {"多少钱？", "en", "zh"},     {"这个 iPhone 多少钱", "en", "zh"},
      {"いくらですか", "zh", "ja"}, {"真珠はいくら", "", "ja"},
      {"얼마예요", "en", "ko"},     {"ราคาเท่าไหร่", "en", "th"},
      {"Πόσο κάνει;", "en", "el"},  {"多少钱？", "", "zh"},
  };
  for (const Case& c : cases) EXPECT_EQ(language_of(c.text, c.page), c.language) << c.text;
}

TEST(Language, IsNotGuessedWhereManyLanguagesShareAScript) {
  const Case cases[] = {
      {"How much is it?", "zh", ""}, {"Сколько стоит?", "en", ""}, {"Hola", "", ""},
      {"بكم هذا", "fr", ""},         {"Hello", "xx", ""},          {"Hello", "English", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(language_of(c.text, c.page), c.language) << c.text;
}

TEST(Language, IsNoneWithoutWords) {
  for (const char* text : {"", "666", "👍🎉", "!!! 100%", "\xff\xfe"}) {
    EXPECT_EQ(language_of(text, "en"), "zxx") << text;
  }
}

}  // namespace
}  // namespace geili::live
