#pragma once
// The translation server that the settings name.

#include <memory>
#include <optional>

#include "ops/config.hpp"
#include "ops/doctor.hpp"
#include "translation/translator.hpp"

namespace geili::app {

// None where translate.url is empty.
std::unique_ptr<translation::Translator> make_translator(const ops::Config& config);

// Has one word translated; none where translate.url is empty. Waits for the answer, four seconds at
// most.
std::optional<ops::TranslationServer> look_at_translation(const ops::Config& config);

}  // namespace geili::app
