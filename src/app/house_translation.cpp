// Chat in other languages, where the host has named a server that translates.

#include "app/house.hpp"
#include "app/http_transport.hpp"
#include "app/translation_server.hpp"

namespace geili::app {

void House::wire_translation() {
  auto translator = make_translator(config_);
  if (!translator) return;
  // A client of its own: a slow server here holds up no payment and no webhook.
  interpreter_.emplace(
      std::move(translator), std::make_unique<HttpTransport>(), server_->executors().front(),
      clock_, [this](std::string_view code) { log_.warn("translation paused", {{"code", code}}); });
  translations_ = {.interpreter = &*interpreter_,
                   .by_device = &translation_limiter_,
                   .by_address = &translation_address_limiter_};
  context_.translations = &translations_;
}

}  // namespace geili::app
