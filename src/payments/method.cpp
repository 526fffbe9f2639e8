#include "payments/method.hpp"

#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 7> kMethods{"card",     "checkout",    "oxxo",     "spei",
                                                   "transfer", "on_delivery", "at_pickup"};

}  // namespace

std::string_view to_text(Method method) {
  return store::name_of(kMethods, method);
}

std::optional<Method> parse_method(std::string_view text) {
  return store::parse_name<Method>(kMethods, text);
}

}  // namespace geili::payments
