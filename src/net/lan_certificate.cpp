#include "net/lan_certificate.hpp"

#include <array>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <boost/asio/ip/address.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace geili::net {
namespace {

constexpr std::int64_t kDayS = 86'400;
constexpr std::int64_t kLifetimeS = 397 * kDayS;  // browsers distrust longer ones
constexpr std::int64_t kRenewBeforeS = 30 * kDayS;
constexpr int kVersion3 = 2;  // counted from 0
constexpr mode_t kOwnerOnly = 0600;

template <auto free>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};
using X509Ptr = std::unique_ptr<X509, Free<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Free<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

void must(bool succeeded, const char* what) {
  if (!succeeded) throw std::runtime_error(std::string("certificate: ") + what);
}

bool is_ip(const std::string& name) {
  boost::system::error_code bad;
  boost::asio::ip::make_address(name, bad);
  return !bad;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

BioPtr memory() {
  return BioPtr(BIO_new(BIO_s_mem()));
}

std::string fingerprint_of(X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  must(X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1, "fingerprint");
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
  return text;
}

bool is_for_all(X509* certificate, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const int fits = is_ip(name)
                         ? X509_check_ip_asc(certificate, name.c_str(), 0)
                         : X509_check_host(certificate, name.c_str(), name.size(), 0, nullptr);
    if (fits != 1) return false;
  }
  return true;
}

LanCertificate told(X509* certificate, EVP_PKEY* key) {
  const BioPtr certificate_text = memory();
  const BioPtr key_text = memory();
  must(PEM_write_bio_X509(certificate_text.get(), certificate) == 1, "PEM");
  must(PEM_write_bio_PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
       "PEM of the key");
  return {text_of(certificate_text.get()), text_of(key_text.get()), fingerprint_of(certificate)};
}

std::optional<LanCertificate> kept(const std::filesystem::path& file,
                                   const std::vector<std::string>& names, Instant now) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const std::string pem = text.str();
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  const X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!key || !certificate || X509_check_private_key(certificate.get(), key.get()) != 1) {
    return std::nullopt;
  }
  std::time_t soon = now.us / 1'000'000 + kRenewBeforeS;
  const bool lasts = X509_cmp_time(X509_get0_notAfter(certificate.get()), &soon) > 0;
  if (!lasts || !is_for_all(certificate.get(), names)) return std::nullopt;
  return told(certificate.get(), key.get());
}

void add_names(X509* certificate, const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ",") + std::string(is_ip(name) ? "IP:" : "DNS:") + name;
  }
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(
      X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, list.c_str()));
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "names");
}

LanCertificate made(const std::vector<std::string>& names, Instant now) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  const X509Ptr owner(X509_new());
  X509* const certificate = owner.get();
  must(key && certificate != nullptr, "key");
  std::uint64_t serial = 0;
  must(RAND_bytes(static_cast<unsigned char*>(static_cast<void*>(&serial)), sizeof serial) == 1,
       "randomness");
  const std::int64_t now_s = now.us / 1'000'000;
  must(X509_set_version(certificate, kVersion3) == 1, "version");
  must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1, "serial");
  must(ASN1_TIME_set(X509_getm_notBefore(certificate), now_s - kDayS) != nullptr, "not before");
  must(ASN1_TIME_set(X509_getm_notAfter(certificate), now_s + kLifetimeS) != nullptr, "not after");
  X509_NAME* const subject = X509_get_subject_name(certificate);
  constexpr std::array<unsigned char, 6> kName{"Geili"};
  must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, kName.data(), kName.size() - 1, -1,
                                  0) == 1,
       "subject");
  must(X509_set_issuer_name(certificate, subject) == 1, "issuer");
  must(X509_set_pubkey(certificate, key.get()) == 1, "public key");
  add_names(certificate, names);
  must(X509_sign(certificate, key.get(), EVP_sha256()) > 0, "signature");
  return told(certificate, key.get());
}

// Whole or not at all, and never readable by others in between.
void keep(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path fresh = file.string() + ".new";
  std::filesystem::remove(fresh);
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  must(fd >= 0, "its file cannot be made");
  const ssize_t wrote = ::write(fd, text.data(), text.size());
  const bool is_safe = wrote == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  must(is_safe, "its file cannot be written");
  std::filesystem::rename(fresh, file);
}

}  // namespace

LanCertificate lan_certificate(const std::filesystem::path& file,
                               const std::vector<std::string>& names, Instant now) {
  if (auto certificate = kept(file, names, now)) return *std::move(certificate);
  LanCertificate certificate = made(names, now);
  keep(file, certificate.key_pem + certificate.certificate_pem);
  return certificate;
}

}  // namespace geili::net
