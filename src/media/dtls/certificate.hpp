#pragma once
// A self-signed ECDSA P-256 certificate and its fingerprint as SDP names it (RFC 8122).

#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/clock.hpp"

struct evp_pkey_st;
struct x509_st;

namespace geili::media::dtls {

struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};
struct FreeX509 {
  void operator()(x509_st* certificate) const;
};

// Immutable, and shared by every session of a process.
class Certificate {
 public:
  // Valid from a day before `now`, for a year. Throws when OpenSSL cannot.
  explicit Certificate(Instant now);

  // "AB:CD:…", SHA-256 over the DER form.
  const std::string& fingerprint() const { return fingerprint_; }
  x509_st* x509() const { return certificate_.get(); }
  evp_pkey_st* key() const { return key_.get(); }

 private:
  std::unique_ptr<evp_pkey_st, FreeKey> key_;
  std::unique_ptr<x509_st, FreeX509> certificate_;
  std::string fingerprint_;
};

// In the form of Certificate::fingerprint().
std::string fingerprint_of(const x509_st* certificate);

}  // namespace geili::media::dtls
