#pragma once
// HMAC-SHA256 (RFC 2104), with which webhooks are signed, ours and those of others.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace geili::crypto {

inline constexpr std::size_t kHmacBytes = 32;
using Hmac = std::array<std::byte, kHmacBytes>;

// Any thread. The key is taken as its bytes.
Hmac hmac_sha256(const Secret<std::string>& key, std::string_view message);

}  // namespace geili::crypto
