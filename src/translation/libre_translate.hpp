#pragma once
// A server that speaks LibreTranslate's protocol: POST /translate with a JSON object of q, source
// ("auto": not known), target, format and api_key, answered by translatedText, and
// detectedLanguage where the source was "auto" (the project's OpenAPI document, /docs of a server).

#include <string>

#include "base/secret.hpp"
#include "translation/translator.hpp"

namespace geili::translation {

struct LibreTranslateSettings {
  std::string url;          // "https://translate.example", without a slash at its end
  Secret<std::string> key;  // empty: the server asks for none
};

class LibreTranslate final : public Translator {
 public:
  explicit LibreTranslate(LibreTranslateSettings settings) : settings_(std::move(settings)) {}

  HttpRequest build(const Wording& wording) const override;
  Result<Translation> read(const Wording& wording, const HttpAnswer& answer) const override;

 private:
  LibreTranslateSettings settings_;
};

}  // namespace geili::translation
