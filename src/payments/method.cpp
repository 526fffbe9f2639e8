#include "payments/method.hpp"

#include "payments/words.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 7> kMethods{"card",     "checkout",    "oxxo",     "spei",
                                                   "transfer", "on_delivery", "at_pickup"};

}  // namespace

std::string_view to_text(Method method) {
  return kMethods[static_cast<std::size_t>(method)];
}

std::optional<Method> parse_method(std::string_view text) {
  return parse_word<Method>(kMethods, text);
}

}  // namespace geili::payments
