#include "shipping/country.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

namespace geili::shipping {
namespace {

constexpr int kNameUnitsMax = 128;
using Utf16 = std::array<UChar, kNameUnitsMax>;

std::string to_utf8(const Utf16& text, int length) {
  std::string utf8(std::size_t{kNameUnitsMax} * 3, '\0');
  UErrorCode status = U_ZERO_ERROR;
  int size = 0;
  u_strToUTF8(utf8.data(), static_cast<std::int32_t>(utf8.size()), &size, text.data(), length,
              &status);
  utf8.resize(U_SUCCESS(status) != 0 ? static_cast<std::size_t>(size) : 0);
  return utf8;
}

enum class Case : bool { as_is, capitals };

std::string name_in(std::string_view code, std::string_view language, Case letters) {
  if (!is_country(code)) return std::string(code);
  const std::string locale = "und_" + std::string(code);
  const std::string shown_in(language);
  UErrorCode status = U_ZERO_ERROR;
  Utf16 name{};
  int length =
      uloc_getDisplayCountry(locale.c_str(), shown_in.c_str(), name.data(), kNameUnitsMax, &status);
  if (letters == Case::capitals && U_SUCCESS(status) != 0) {
    Utf16 capitals{};
    length = u_strToUpper(capitals.data(), kNameUnitsMax, name.data(), length, shown_in.c_str(),
                          &status);
    name = capitals;
  }
  if (U_FAILURE(status) != 0 || length > kNameUnitsMax) return std::string(code);
  return to_utf8(name, length);
}

}  // namespace

bool is_country(std::string_view code) {
  if (code.size() != 2) return false;
  for (const char* const* known = uloc_getISOCountries(); *known != nullptr; ++known) {
    if (code == *known) return true;
  }
  return false;
}

std::string country_name(std::string_view code, std::string_view language) {
  return name_in(code, language, Case::as_is);
}

std::string country_line(std::string_view code, std::string_view language) {
  std::string line = name_in(code, language, Case::capitals);
  if (language.starts_with("zh")) line += " " + name_in(code, "en", Case::capitals);
  return line;
}

}  // namespace geili::shipping
