#include "media/dtls/certificate.hpp"

#include <array>
#include <chrono>
#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

namespace geili::media::dtls {
namespace {

constexpr std::int64_t kDayS = 24 * 60 * 60;
constexpr std::int64_t kLifetimeS = 365 * kDayS;
constexpr long kVersion3 = 2;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("openssl: ") + what);
}

}  // namespace

void FreeKey::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}
void FreeX509::operator()(x509_st* certificate) const {
  X509_free(certificate);
}

std::string fingerprint_of(const x509_st* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  must(X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1, "fingerprint");
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 0x0F];
  }
  return text;
}

Certificate::Certificate(Instant now) : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
  must(key_ && certificate_, "key and certificate");
  X509* x509 = certificate_.get();
  std::uint32_t serial = 0;
  std::array<unsigned char, sizeof serial> random{};
  must(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1, "random");
  for (const unsigned char byte : random) serial = serial << 8 | byte;
  const std::int64_t now_s = now.us / 1'000'000;
  must(X509_set_version(x509, kVersion3) == 1, "version");
  must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial) == 1, "serial number");
  must(ASN1_TIME_set(X509_getm_notBefore(x509), now_s - kDayS) != nullptr, "not before");
  must(ASN1_TIME_set(X509_getm_notAfter(x509), now_s + kLifetimeS) != nullptr, "not after");
  X509_NAME* const name = X509_get_subject_name(x509);
  const std::array<unsigned char, 5> common_name{'g', 'e', 'i', 'l', 'i'};
  must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common_name.data(),
                                  static_cast<int>(common_name.size()), -1, 0) == 1,
       "name");
  must(X509_set_issuer_name(x509, name) == 1, "issuer");
  must(X509_set_pubkey(x509, key_.get()) == 1, "public key");
  must(X509_sign(x509, key_.get(), EVP_sha256()) > 0, "signature");
  fingerprint_ = fingerprint_of(x509);
}

}  // namespace geili::media::dtls
