#include "app/translation_server.hpp"

#include <chrono>
#include <future>

#include "app/http_transport.hpp"
#include "translation/libre_translate.hpp"

namespace geili::app {

std::unique_ptr<translation::Translator> make_translator(const ops::Config& config) {
  if (config.translate.url.empty()) return nullptr;
  return std::make_unique<translation::LibreTranslate>(translation::LibreTranslateSettings{
      .url = config.translate.url, .key = config.translate.key});
}

std::optional<ops::TranslationServer> look_at_translation(const ops::Config& config) {
  const auto translator = make_translator(config);
  if (!translator) return std::nullopt;
  const translation::Wording wording{.text = "pearl", .from = "en", .to = "es"};
  std::promise<HttpAnswer> promise;
  auto answered = promise.get_future();
  HttpTransport transport;
  const auto asked_at = std::chrono::steady_clock::now();
  transport.send(translator->build(wording),
                 [&promise](HttpAnswer answer) { promise.set_value(std::move(answer)); });
  const auto read = translator->read(wording, answered.get());
  const auto took = std::chrono::steady_clock::now() - asked_at;
  return ops::TranslationServer{
      .fault = read ? "" : read.error().detail,
      .latency_us = std::chrono::duration_cast<std::chrono::microseconds>(took).count()};
}

}  // namespace geili::app
