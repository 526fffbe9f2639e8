#include "base/base64.hpp"

#include <algorithm>

namespace geili {

std::string to_base64(ByteView bytes) {
  std::string text = to_base64url(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

}  // namespace geili
