#pragma once
// The shapes of postal codes: 9 stands for a digit, A for a letter of A to Z, a space or hyphen for
// itself; shapes are parted by '|'. "99999|99999-9999".

#include <optional>
#include <string>
#include <string_view>

namespace geili::shipping {

// `text` in the first shape that it has, in capitals and with the shape's separators, wherever
// spaces and hyphens were typed: "h2x1y4" in "A9A 9A9" is "H2X 1Y4". None when it has none. Takes
// time in proportion to the lengths of both.
std::optional<std::string> postal_in_shape(std::string_view text, std::string_view shapes);

}  // namespace geili::shipping
