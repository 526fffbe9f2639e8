#include "payments/signature.hpp"

#include <array>
#include <charconv>
#include <span>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace geili::payments {
namespace {

constexpr std::size_t kHashBytes = 32;
using Hash = std::array<unsigned char, kHashBytes>;

Hash hmac_sha256(const Secret<std::string>& key, std::string_view message) {
  Hash hash{};
  unsigned size = 0;
  const std::string& secret = key.reveal();
  const void* bytes = message.data();
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           static_cast<const unsigned char*>(bytes), message.size(), hash.data(),
           &size) == nullptr ||
      size != kHashBytes) {
    throw std::runtime_error("openssl: HMAC");
  }
  return hash;
}

}  // namespace

std::string hmac_sha256_hex(const Secret<std::string>& key, std::string_view message) {
  const Hash hash = hmac_sha256(key, message);
  return to_hex(std::as_bytes(std::span(hash)));
}

bool is_hmac(const Secret<std::string>& key, std::string_view message, std::string_view hex) {
  const Hash hash = hmac_sha256(key, message);
  if (hex.size() != kHashBytes * 2) return false;
  const auto said = from_hex(hex);
  return said && CRYPTO_memcmp(said->data(), hash.data(), kHashBytes) == 0;
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
