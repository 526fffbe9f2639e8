#include "shipping/postal.hpp"

#include <algorithm>
#include <utility>

namespace geili::shipping {

std::string postal_key(std::string_view text) {
  std::string key;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const char capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const bool fits = (capital >= '0' && capital <= '9') || (capital >= 'A' && capital <= 'Z');
    if (!fits || key.size() == kPostalMax) return {};
    key.push_back(capital);
  }
  return key;
}

Result<std::vector<std::string>> parse_postal_prefixes(std::string_view text,
                                                       std::string_view path) {
  std::vector<std::string> prefixes;
  std::size_t part = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;\n"), text.size());
    std::string_view typed = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++part;
    if (typed.ends_with('\r')) typed.remove_suffix(1);
    if (typed.find_first_not_of(' ') == std::string_view::npos) continue;
    std::string key = postal_key(typed);
    if (key.empty()) {
      return fail(Error::invalid_field(
          path, "part " + std::to_string(part) + " is not the beginning of a postal code"));
    }
    if (std::ranges::find(prefixes, key) != prefixes.end()) continue;
    if (prefixes.size() == kPostalPrefixesMax) {
      return fail(Error::invalid_field(
          path, "has more than " + std::to_string(kPostalPrefixesMax) + " prefixes"));
    }
    prefixes.push_back(std::move(key));
  }
  return prefixes;
}

}  // namespace geili::shipping
