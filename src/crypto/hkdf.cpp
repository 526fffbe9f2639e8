#include "crypto/hkdf.hpp"

#include <array>
#include <memory>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace geili::crypto {
namespace {

using Context = std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)>;

// Found once, and never freed: OpenSSL may have cleaned up before it.
EVP_KDF* the_hkdf() {
  static EVP_KDF* const found = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  return found;
}

// Parameters are read and never written through.
OSSL_PARAM octets(const char* name, ByteView bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::byte*>(bytes.data()),
                                           bytes.size());
}

}  // namespace

Bytes hkdf_sha256(ByteView salt, ByteView secret, ByteView info, std::size_t size) {
  const Context context(EVP_KDF_CTX_new(the_hkdf()), EVP_KDF_CTX_free);
  std::array<char, 7> digest{"SHA256"};
  const std::array parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      octets(OSSL_KDF_PARAM_KEY, secret), octets(OSSL_KDF_PARAM_SALT, salt),
      octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  Bytes made(size);
  void* out = made.data();
  if (context == nullptr || EVP_KDF_derive(context.get(), static_cast<unsigned char*>(out), size,
                                           parameters.data()) != 1) {
    throw std::runtime_error("OpenSSL cannot derive by HKDF-SHA256");
  }
  return made;
}

}  // namespace geili::crypto
