#pragma once
// HMAC-SHA256 (RFC 2104) as webhooks are signed with it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

namespace geili::payments {

std::string hmac_sha256_hex(const Secret<std::string>& key, std::string_view message);

// Whether `hex` is the HMAC, in time that does not depend on where they differ. Only 64 hexadecimal
// digits can be.
bool is_hmac(const Secret<std::string>& key, std::string_view message, std::string_view hex);

// Decimal digits alone, up to 15 of them.
std::optional<std::int64_t> parse_unsigned(std::string_view text);

}  // namespace geili::payments
