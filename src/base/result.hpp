#pragma once
// Expected failures travel as values; see docs/adr/0001. A broken world throws, a mistake asserts.

#include <expected>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace geili {

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string_view code, std::string_view detail) {
  return std::unexpected<Error>(Error::make(kind, code, detail));
}
inline std::unexpected<Error> fail(Error error) {
  return std::unexpected<Error>(std::move(error));
}

// Passes a failure on: `if (!shop) return fail_as(shop);`
template <class T>
std::unexpected<Error> fail_as(Result<T>& failed) {
  return std::unexpected<Error>(std::move(failed.error()));
}

}  // namespace geili
