#pragma once
// Gathers every fault of an input, so that a form can show them all at once.

#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"

namespace geili {

class FieldErrors {
 public:
  void add(std::string_view path, std::string_view message) {
    error_.fields.push_back({std::string(path), std::string(message)});
  }
  // The text as checked_text() keeps it; empty, and the fault noted, where it does not fit.
  std::string text(std::string_view value, const TextRule& rule, std::string_view path) {
    auto checked = checked_text(value, rule, path);
    if (checked) return *std::move(checked);
    for (auto& field : checked.error().fields) error_.fields.push_back(std::move(field));
    return {};
  }
  bool empty() const { return error_.fields.empty(); }
  // Fails with invalid-field and every fault noted.
  Result<void> check() && {
    if (empty()) return {};
    return fail(std::move(error_));
  }

 private:
  Error error_ = Error::make(ErrorKind::unprocessable, "invalid-field", "An input does not fit.");
};

}  // namespace geili
