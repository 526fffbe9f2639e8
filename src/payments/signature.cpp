#include "payments/signature.hpp"

#include <charconv>

#include <openssl/crypto.h>

#include "crypto/hmac.hpp"

namespace geili::payments {

std::string hmac_sha256_hex(const Secret<std::string>& key, std::string_view message) {
  const crypto::Hmac hash = crypto::hmac_sha256(key, message);
  return to_hex(hash);
}

bool is_hmac(const Secret<std::string>& key, std::string_view message, std::string_view hex) {
  const crypto::Hmac hash = crypto::hmac_sha256(key, message);
  if (hex.size() != crypto::kHmacBytes * 2) return false;
  const auto said = from_hex(hex);
  return said && CRYPTO_memcmp(said->data(), hash.data(), crypto::kHmacBytes) == 0;
}

std::optional<std::int64_t> parse_unsigned(std::string_view text) {
  constexpr std::size_t kDigitsMax = 15;
  if (text.empty() || text.size() > kDigitsMax) return std::nullopt;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace geili::payments
