#pragma once
// SHA-256 (FIPS 180-4) over values written so that no two different lists of them write the same.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace geili::store {

// Each text with its length before it, each number with its end.
class Canon {
 public:
  Canon& add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    text_.append(text);
    return *this;
  }
  Canon& add(std::int64_t number) {
    text_.append(std::to_string(number)).push_back(';');
    return *this;
  }
  Canon& add(ByteView bytes) { return add(as_text(bytes)); }
  // 32 bytes. Throws std::runtime_error when the library has no SHA-256.
  Bytes sha256() const;

 private:
  std::string text_;
};

}  // namespace geili::store
