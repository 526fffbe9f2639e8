#include "translation/libre_translate.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace geili::translation {
namespace {

namespace json = boost::json;

const Wording kHello{.text = "How \"much\"?", .from = "en", .to = "es"};
const Wording kUnknown{.text = "Hola", .from = "", .to = "en"};

LibreTranslate translator(std::string key = {}) {
  return LibreTranslate(
      {.url = "https://words.example", .key = Secret<std::string>(std::move(key))});
}

HttpAnswer said(std::string body, int status = 200) {
  return {.status = status, .headers = {}, .body = std::move(body)};
}

std::string code_of(const Result<Translation>& result) {
  return result ? "none" : result.error().code;
}

TEST(LibreTranslate, AsksInPlainTextWithItsKey) {
  const HttpRequest request = translator("k-1").build(kHello);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://words.example/translate");
  EXPECT_EQ(request.content_type, "application/json");
  const json::object body = json::parse(request.body).as_object();
  EXPECT_EQ(body, (json::object{{"q", kHello.text},
                                {"source", "en"},
                                {"target", "es"},
                                {"format", "text"},
                                {"api_key", "k-1"}}));
  EXPECT_LE(request.connect_timeout + request.answer_timeout, std::chrono::seconds(4));
  EXPECT_EQ(request.body_bytes_max, kAnswerBytesMax);
}

TEST(LibreTranslate, AsksForTheLanguageWhereItIsNotKnown) {
  const json::object body = json::parse(translator().build(kUnknown).body).as_object();
  EXPECT_EQ(body.at("source"), "auto");
  EXPECT_FALSE(body.contains("api_key"));
}

TEST(LibreTranslate, ReadsTheTextAndTheLanguageItWasIn) {
  const auto known = translator().read(kHello, said(R"({"translatedText":"¿Cuánto?"})"));
  EXPECT_EQ(*known, (Translation{"¿Cuánto?", "en"}));
  const auto found = translator().read(
      kUnknown, said(R"({"translatedText":"Hello","detectedLanguage":{"confidence":9.5,)"
                     R"("language":"zh-Hans"},"alternatives":[]})"));
  EXPECT_EQ(*found, (Translation{"Hello", "zh"}));
  const auto odd = translator().read(
      kUnknown, said(R"({"translatedText":"a\nb\t<b>c","detectedLanguage":{"language":7}})"));
  EXPECT_EQ(*odd, (Translation{"a b <b>c", ""}));
}

TEST(LibreTranslate, RefusesAnswersThatAreNone) {
  const std::string deep(2'000, '[');
  const std::string cases[] = {
      "",
      "<html>",
      "null",
      "[]",
      R"({"translatedText":)",
      R"({"translatedText":7})",
      R"({"translatedText":""})",
      R"({"translatedText":"  \n "})",
      R"({"translatedText":["a"]})",
      R"({"text":"a"})",
      "{\"translatedText\":\"caf\xE9\"}",
      R"({"translatedText":"a\u0007b"})",
      R"({"translatedText":"a\u202Eb"})",
      R"({"translatedText":"\ud800"})",
      R"({"translatedText":"a"} x)",
      R"({"translatedText":)" + deep,
      R"({"translatedText":")" + std::string(kTranslatedMax + 1, 'a') + R"("})",
  };
  for (const std::string& body : cases) {
    EXPECT_EQ(code_of(translator().read(kHello, said(body))), "translation-malformed") << body;
  }
  const std::string full = R"({"translatedText":")" + std::string(kTranslatedMax, 'a') + R"("})";
  EXPECT_EQ(code_of(translator().read(kHello, said(full))), "none");
}

TEST(LibreTranslate, TellsWhatAFaultMeans) {
  const std::string error = R"({"error":"x"})";
  EXPECT_EQ(code_of(translator().read(kHello, said(error, 400))), "translation-language");
  EXPECT_EQ(code_of(translator().read(kHello, said(error, 403))), "translation-refused");
  EXPECT_EQ(code_of(translator().read(kHello, said(error, 500))), "translation-unanswered");
  EXPECT_EQ(code_of(translator().read(kHello, said(error, 301))), "translation-unanswered");
  for (const Carried carried : {Carried::timed_out, Carried::unreachable, Carried::busy}) {
    EXPECT_EQ(code_of(translator().read(kHello, {.carried = carried})), "translation-unanswered");
  }
}

TEST(LibreTranslate, HearsHowLongToLeaveItAlone) {
  HttpAnswer busy = said("{}", 429);
  const auto plain = translator().read(kHello, busy);
  EXPECT_EQ(code_of(plain), "translation-busy");
  EXPECT_TRUE(plain.error().figures.empty());
  busy.headers = {{"retry-AFTER", "7"}};
  const auto asked = translator().read(kHello, busy);
  ASSERT_EQ(asked.error().figures.size(), 1U);
  EXPECT_EQ(asked.error().figures.front().second, 7);
  for (const char* bad : {"-1", "soon", "7 s", "99999999999999999999", ""}) {
    busy.headers = {{"Retry-After", bad}};
    EXPECT_TRUE(translator().read(kHello, busy).error().figures.empty()) << bad;
  }
}

}  // namespace
}  // namespace geili::translation
