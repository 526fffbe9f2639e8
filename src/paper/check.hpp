#pragma once
// Whether a document can be printed, before anything is drawn.

#include <string_view>

#include "base/result.hpp"
#include "paper/document.hpp"

namespace geili::paper {

// Fails like to_pdf(). `path` is put before the paths of its fields.
Result<void> check_document(const Document& document, std::string_view path);

}  // namespace geili::paper
