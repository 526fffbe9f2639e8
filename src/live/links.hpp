#pragma once
// Whether a text would lead its readers elsewhere.

#include <string_view>

namespace geili::live {

// An address with its scheme, www., or a bare domain of a common ending (pearls.com, bit.ly/x),
// also as part of an e-mail address. Endings that are words, too (hola.me), count before a path
// alone.
bool has_link(std::string_view text);

}  // namespace geili::live
