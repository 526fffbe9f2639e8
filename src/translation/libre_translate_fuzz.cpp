// The first byte chooses the status, the rest is the body of an answer: what is read is one line of
// plain text within its limit, or a named refusal.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/language.hpp"
#include "base/text.hpp"
#include "translation/libre_translate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::translation;
  static const LibreTranslate kTranslator({.url = "https://words.example", .key = {}});
  if (size == 0) return 0;
  const int status = data[0] < 128 ? 200 : 300 + data[0];
  const geili::HttpAnswer answer{
      .status = status, .headers = {}, .body = std::string(data + 1, data + size)};
  const auto read = kTranslator.read({.text = "pearl", .from = "", .to = "es"}, answer);
  if (!read) {
    assert(read.error().code.starts_with("translation-"));
    return 0;
  }
  assert(status == 200);
  const auto length = geili::utf8_length(read->text);
  assert(length && *length >= 1 && *length <= kTranslatedMax);
  assert(read->text.find('\n') == std::string::npos);
  assert(read->from.empty() || geili::is_language(read->from));
  return 0;
}
