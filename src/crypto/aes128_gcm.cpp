#include "crypto/aes128_gcm.hpp"

#include <cassert>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace geili::crypto {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* as_uchar(ByteView bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

void require(int ok) {
  if (ok != 1) throw std::runtime_error("OpenSSL cannot encrypt by AES-128-GCM");
}

}  // namespace

Bytes aes128_gcm_encrypt(ByteView key, ByteView nonce, ByteView plain) {
  assert(key.size() == kAes128KeyBytes && nonce.size() == kGcmNonceBytes);
  Bytes hidden(plain.size() + kGcmTagBytes);
  void* raw = hidden.data();
  auto* out = static_cast<unsigned char*>(raw);
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int written = 0;
  require(
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, as_uchar(key), as_uchar(nonce)));
  require(EVP_EncryptUpdate(cipher.get(), out, &written, as_uchar(plain),
                            static_cast<int>(plain.size())));
  require(EVP_EncryptFinal_ex(cipher.get(), out + plain.size(), &written));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kGcmTagBytes),
                              out + plain.size()));
  return hidden;
}

}  // namespace geili::crypto
