#include "translation/libre_translate.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "base/language.hpp"
#include "base/text.hpp"

namespace geili::translation {
namespace {

namespace json = boost::json;

constexpr std::size_t kJsonDepthMax = 8;
constexpr std::int64_t kRetryAfterMax_s = 86'400;

bool is_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return small(x) == small(y);
  });
}

// Retry-After in seconds (RFC 9110 section 10.2.3); a date is passed over.
std::optional<std::int64_t> retry_after_s(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!is_same_name(name, "retry-after")) continue;
    std::int64_t seconds = 0;
    const char* end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, seconds);
    if (read.ec != std::errc() || read.ptr != end || seconds < 0) return std::nullopt;
    return std::min(seconds, kRetryAfterMax_s);
  }
  return std::nullopt;
}

Error busy(const HttpAnswer& answer) {
  Error error = Error::make(ErrorKind::unavailable, "translation-busy", "The server is busy.");
  if (const auto wait_s = retry_after_s(answer.headers)) {
    error = std::move(error).with("retry_after_s", *wait_s);
  }
  return error;
}

std::unexpected<Error> malformed(std::string_view why) {
  return fail(ErrorKind::unavailable, "translation-malformed", why);
}

Result<void> check_status(const HttpAnswer& answer) {
  if (answer.carried != Carried::answered) {
    return fail(ErrorKind::unavailable, "translation-unanswered", "The server did not answer.");
  }
  switch (answer.status) {
    case 200:
      return {};
    case 400:
      return fail(ErrorKind::unprocessable, "translation-language",
                  "The server does not translate between these languages.");
    case 401:
    case 403:
      return fail(ErrorKind::unavailable, "translation-refused",
                  "The server wants another key, or none.");
    case 429:
      return fail(busy(answer));
    default:
      return fail(ErrorKind::unavailable, "translation-unanswered",
                  "The server answered with a fault.");
  }
}

const json::string* text_at(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(json::string_view(name.data(), name.size()));
  return found == nullptr ? nullptr : found->if_string();
}

// "zh" of {"confidence": 90, "language": "zh-Hans"}.
std::string detected(const json::object& answer) {
  const json::value* found = answer.if_contains("detectedLanguage");
  const json::object* object = found == nullptr ? nullptr : found->if_object();
  const json::string* tag = object == nullptr ? nullptr : text_at(*object, "language");
  if (tag == nullptr) return {};
  const std::string_view primary = primary_language(std::string_view(tag->data(), tag->size()));
  return is_language(primary) ? std::string(primary) : std::string();
}

}  // namespace

HttpRequest LibreTranslate::build(const Wording& wording) const {
  json::object body{{"q", wording.text},
                    {"source", wording.from.empty() ? std::string_view("auto") : wording.from},
                    {"target", wording.to},
                    {"format", "text"}};
  if (!settings_.key.reveal().empty()) body["api_key"] = settings_.key.reveal();
  HttpRequest request{.method = "POST",
                      .url = settings_.url + "/translate",
                      .headers = {{"Accept", "application/json"}},
                      .authorization = {}};
  request.content_type = "application/json";
  request.body = json::serialize(body);
  request.connect_timeout = kConnectTimeout;
  request.answer_timeout = kAnswerTimeout;
  request.body_bytes_max = kAnswerBytesMax;
  return request;
}

Result<Translation> LibreTranslate::read(const Wording& wording, const HttpAnswer& answer) const {
  if (auto fits = check_status(answer); !fits) return fail_as(fits);
  json::parse_options options;
  options.max_depth = kJsonDepthMax;
  json::error_code error;
  const json::value value = json::parse(answer.body, error, {}, options);
  if (error) return malformed("The answer is not JSON in UTF-8.");
  const json::object* object = value.if_object();
  const json::string* words = object == nullptr ? nullptr : text_at(*object, "translatedText");
  if (words == nullptr) return malformed("The answer has no translatedText.");
  std::string line(words->data(), words->size());
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  auto text = checked_text(line, {.min_length = 1, .max_length = kTranslatedMax}, "translatedText");
  if (!text) return malformed("The translatedText is no line of text, or too long.");
  Translation made{.text = *std::move(text), .from = wording.from};
  if (made.from.empty()) made.from = detected(*object);
  return made;
}

}  // namespace geili::translation
