#include "payments/sealer.hpp"

#include <cassert>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

#include "base/random.hpp"

namespace geili::payments {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* as_uchar(ByteView bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}
unsigned char* as_uchar(std::byte* bytes) {
  return static_cast<unsigned char*>(static_cast<void*>(bytes));
}

void require(int ok) {
  if (ok != 1) throw std::runtime_error("OpenSSL cannot encrypt by AES-256-GCM");
}

std::unexpected<Error> unreadable() {
  return fail(ErrorKind::conflict, "payment-keys-unreadable",
              "The keys cannot be read with this installation's key file; enter them again.");
}

}  // namespace

Sealer::Sealer(Secret<Bytes> key) : key_(std::move(key)) {
  assert(key_.reveal().size() == kSealKeyBytes);
}

Bytes Sealer::seal(const Secret<std::string>& text, std::string_view place) const {
  const std::string& plain = text.reveal();
  assert(plain.size() <= kSealedTextMax);
  Bytes sealed = random_bytes(kNonceBytes);
  sealed.resize(kNonceBytes + plain.size() + kTagBytes);
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int written = 0;
  require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, as_uchar(key_.reveal()),
                             as_uchar(sealed)));
  require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, as_uchar(as_bytes(place)),
                            static_cast<int>(place.size())));
  require(EVP_EncryptUpdate(cipher.get(), as_uchar(sealed.data() + kNonceBytes), &written,
                            as_uchar(as_bytes(plain)), static_cast<int>(plain.size())));
  require(EVP_EncryptFinal_ex(cipher.get(), as_uchar(sealed.data() + kNonceBytes + plain.size()),
                              &written));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                              sealed.data() + kNonceBytes + plain.size()));
  return sealed;
}

Result<Secret<std::string>> Sealer::open(ByteView sealed, std::string_view place) const {
  if (sealed.size() < kNonceBytes + kTagBytes ||
      sealed.size() > kNonceBytes + kSealedTextMax + kTagBytes) {
    return unreadable();
  }
  const ByteView hidden = sealed.subspan(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  Bytes tag(sealed.end() - static_cast<std::ptrdiff_t>(kTagBytes), sealed.end());
  Bytes plain(hidden.size() + 1);
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int written = 0;
  require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, as_uchar(key_.reveal()),
                             as_uchar(sealed)));
  require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, as_uchar(as_bytes(place)),
                            static_cast<int>(place.size())));
  require(EVP_DecryptUpdate(cipher.get(), as_uchar(plain.data()), &written, as_uchar(hidden),
                            static_cast<int>(hidden.size())));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()));
  if (EVP_DecryptFinal_ex(cipher.get(), as_uchar(plain.data() + hidden.size()), &written) != 1) {
    return unreadable();
  }
  plain.resize(hidden.size());
  return Secret<std::string>(std::string(as_text(plain)));
}

}  // namespace geili::payments
