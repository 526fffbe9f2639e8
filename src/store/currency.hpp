#pragma once
// Currencies as rows hold them.

#include <string>
#include <string_view>

#include "base/money.hpp"
#include "store/tx.hpp"

namespace geili::store {

// Throws StoreFailure for a code that this program does not know: the row was written by another.
inline Currency stored_currency(std::string_view code) {
  const auto currency = Currency::parse(code);
  if (!currency) throw StoreFailure("unknown currency in the store: " + std::string(code));
  return *currency;
}

}  // namespace geili::store
