#pragma once
// What the texts of a product may be in a request, whichever operation brings them.

#include "base/text.hpp"
#include "catalog/product.hpp"
#include "catalog/variant.hpp"

namespace geili::api {

inline constexpr TextRule kProductTitle{.min_length = 1, .max_length = catalog::kProductTitleMax};
inline constexpr TextRule kProductDescription{.max_length = catalog::kProductDescriptionMax,
                                              .lines = Lines::multiple};
inline constexpr TextRule kVariantName{.min_length = 1, .max_length = catalog::kVariantNameMax};

}  // namespace geili::api
