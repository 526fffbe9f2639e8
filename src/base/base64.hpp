#pragma once

#include <string>

#include "base/bytes.hpp"

namespace geili {

// Padded (RFC 4648 section 4).
std::string to_base64(ByteView bytes);

}  // namespace geili
