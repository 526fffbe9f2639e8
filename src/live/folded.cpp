#include "live/folded.hpp"

#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

namespace geili::live {
namespace {

using Units = std::vector<UChar>;

Units to_units(std::string_view text) {
  Units units(text.size() + 1);
  std::int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8(units.data(), static_cast<std::int32_t>(units.size()), &length, text.data(),
                static_cast<std::int32_t>(text.size()), &error);
  units.resize(U_FAILURE(error) != 0 ? 0 : static_cast<std::size_t>(length));
  return units;
}

Units normalized(const UNormalizer2* form, const Units& units) {
  Units out(4 * units.size() + 32);
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t length =
        unorm2_normalize(form, units.data(), static_cast<std::int32_t>(units.size()), out.data(),
                         static_cast<std::int32_t>(out.size()), &error);
    if (error != U_BUFFER_OVERFLOW_ERROR) {
      out.resize(U_FAILURE(error) != 0 ? 0 : static_cast<std::size_t>(length));
      return out;
    }
    out.resize(static_cast<std::size_t>(length));
  }
}

}  // namespace

std::u32string folded(std::string_view text) {
  constexpr char32_t kTilde = 0x0303;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* casefold = unorm2_getNFKCCasefoldInstance(&error);
  const UNormalizer2* decompose = unorm2_getNFDInstance(&error);
  if (U_FAILURE(error) != 0) return {};
  const Units units = normalized(decompose, normalized(casefold, to_units(text)));
  std::u32string out;
  out.reserve(units.size());
  const auto length = static_cast<std::int32_t>(units.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c = 0;
    U16_NEXT(units.data(), at, length, c);
    const auto sign = static_cast<char32_t>(c);
    if (sign == kTilde && !out.empty() && out.back() == U'n') {
      out.back() = U'ñ';
    } else if (u_charType(c) != U_NON_SPACING_MARK) {
      out.push_back(sign);
    }
  }
  return out;
}

bool is_word_sign(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

bool is_unspaced(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

}  // namespace geili::live
