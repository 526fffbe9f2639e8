#include "media/dtls/transport.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>
#include <span>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/time.h>

namespace geili::media::dtls {
namespace {

constexpr const char* kSrtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
constexpr const char* kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384";
constexpr const char* kGroups = "X25519:P-256";
constexpr std::string_view kExporterLabel = "EXTRACTOR-dtls_srtp";
// The second of RFC 6347 is long for somebody who waits for a picture; each further wait doubles.
constexpr unsigned kFirstWaitUs = 50'000;
constexpr unsigned kWaitUsMax = 3'200'000;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("openssl: ") + what);
}

unsigned next_wait_us(SSL* /*ssl*/, unsigned before_us) {
  return before_us == 0 ? kFirstWaitUs : std::min(2 * before_us, kWaitUsMax);
}

// Certificates are our peers' own; their fingerprints, known from the SDP, are what is checked.
int accept_any(int /*preverified*/, X509_STORE_CTX* /*store*/) {
  return 1;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

std::optional<srtp::Profile> chosen_profile(SSL* ssl) {
  const SRTP_PROTECTION_PROFILE* const chosen = SSL_get_selected_srtp_profile(ssl);
  if (chosen == nullptr) return std::nullopt;
  if (chosen->id == SRTP_AEAD_AES_128_GCM) return srtp::Profile::aead_aes_128_gcm;
  if (chosen->id == SRTP_AES128_CM_SHA1_80) return srtp::Profile::aes128_cm_sha1_80;
  return std::nullopt;
}

}  // namespace

void FreeContext::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}
void Transport::FreeSsl::operator()(ssl_st* ssl) const {
  SSL_free(ssl);
}

Context::Context(std::shared_ptr<const Certificate> certificate)
    : certificate_(std::move(certificate)), context_(SSL_CTX_new(DTLS_method())) {
  SSL_CTX* context = context_.get();
  must(context != nullptr, "context");
  must(SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1, "version");
  must(SSL_CTX_use_certificate(context, certificate_->x509()) == 1, "certificate");
  must(SSL_CTX_use_PrivateKey(context, certificate_->key()) == 1, "private key");
  must(SSL_CTX_set_cipher_list(context, kCiphers) == 1, "ciphers");
  must(SSL_CTX_set1_groups_list(context, kGroups) == 1, "groups");
  must(SSL_CTX_set_tlsext_use_srtp(context, kSrtpProfiles) == 0, "SRTP profiles");
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

Transport::Transport(const Context& context, Role role, std::string_view remote_fingerprint,
                     Instant now)
    : ssl_(SSL_new(context.get())),
      role_(role),
      remote_fingerprint_(upper(remote_fingerprint)),
      give_up_at_(now + std::chrono::seconds(kHandshakeTimeoutS)) {
  must(ssl_ != nullptr, "association");
  BIO* const bio = make_datagram_bio(datagrams_);
  SSL_set_bio(ssl_.get(), bio, bio);
  must(SSL_set_mtu(ssl_.get(), static_cast<long>(kSentBytesMax)) > 0, "MTU");
  DTLS_set_timer_cb(ssl_.get(), next_wait_us);
  if (role == Role::server) {
    SSL_set_accept_state(ssl_.get());
  } else {
    SSL_set_connect_state(ssl_.get());
    step(now);
  }
}

Transport::~Transport() = default;

void Transport::on_datagram(ByteView datagram, Instant now) {
  if (state_ == State::closed || datagram.empty() || datagram.size() > kReceivedBytesMax) return;
  if (farewell_) {
    if (farewell_->is_goodbye(datagram)) close_as("closed-by-peer");
    return;
  }
  datagrams_.incoming = datagram;
  step(now);
  datagrams_.incoming = {};
}

void Transport::settle() {
  if (state_ != State::open || farewell_ || !settles_) return;
  farewell_ = Farewell::of(ssl_.get(), role_, datagrams_);
  settles_ = farewell_.has_value();
  if (settles_) ssl_.reset();
}

void Transport::on_timer(Instant now) {
  if (state_ != State::handshake) return;
  if (now >= give_up_at_) return close_as("timeout");
  ERR_clear_error();
  if (DTLSv1_handle_timeout(ssl_.get()) < 0) return close_as("timeout");
  set_deadline(now);
}

void Transport::step(Instant now) {
  ERR_clear_error();
  if (state_ == State::handshake) {
    const int done = SSL_do_handshake(ssl_.get());
    if (done == 1) {
      finish_handshake();
    } else if (SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ) {
      close_as("handshake");
    }
  }
  if (state_ == State::open) read_application_data();
  // Two buffers of 17 KB, which nobody needs for the hours between handshake and goodbye; the next
  // read makes them anew.
  if (state_ == State::open) SSL_free_buffers(ssl_.get());
  set_deadline(now);
}

void Transport::finish_handshake() {
  const std::unique_ptr<X509, FreeX509> peer(SSL_get1_peer_certificate(ssl_.get()));
  const std::string fingerprint = peer ? fingerprint_of(peer.get()) : std::string();
  if (fingerprint.size() != remote_fingerprint_.size() ||
      CRYPTO_memcmp(fingerprint.data(), remote_fingerprint_.data(), fingerprint.size()) != 0) {
    return close_as("fingerprint");
  }
  const auto profile = chosen_profile(ssl_.get());
  if (!profile) return close_as("srtp-profile");
  // RFC 5764 section 4.2: client key, server key, client salt, server salt.
  std::array<unsigned char, 2 * (srtp::kKeyBytes + srtp::kSaltBytesMax)> material{};
  const std::size_t salt = srtp::salt_bytes(*profile);
  if (SSL_export_keying_material(ssl_.get(), material.data(), 2 * (srtp::kKeyBytes + salt),
                                 kExporterLabel.data(), kExporterLabel.size(), nullptr, 0,
                                 0) != 1) {
    return close_as("handshake");
  }
  const ByteView bytes = std::as_bytes(std::span(material));
  srtp::MasterKey client;
  srtp::MasterKey server;
  std::ranges::copy(bytes.first(srtp::kKeyBytes), client.key.begin());
  std::ranges::copy(bytes.subspan(srtp::kKeyBytes, srtp::kKeyBytes), server.key.begin());
  const ByteView salts = bytes.subspan(2 * srtp::kKeyBytes);
  std::ranges::copy(salts.first(salt), client.salt.begin());
  std::ranges::copy(salts.subspan(salt, salt), server.salt.begin());
  OPENSSL_cleanse(material.data(), material.size());
  keys_ = role_ == Role::server ? SrtpKeys{*profile, server, client}
                                : SrtpKeys{*profile, client, server};
  state_ = State::open;
}

// There are no data channels: what comes is thrown away, but alerts and a peer that repeats its
// last flight are answered while it is read.
void Transport::read_application_data() {
  std::array<char, kReceivedBytesMax> thrown;
  for (;;) {
    const int size = SSL_read(ssl_.get(), thrown.data(), static_cast<int>(thrown.size()));
    if (size > 0) continue;
    const int error = SSL_get_error(ssl_.get(), size);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
    return close_as(error == SSL_ERROR_ZERO_RETURN ? "closed-by-peer" : "handshake");
  }
}

void Transport::close_as(const char* reason) {
  state_ = State::closed;
  reason_ = reason;
  keys_.reset();
  deadline_.reset();
}

void Transport::close() {
  if (state_ == State::open && farewell_) {
    datagrams_.outgoing.push_back(farewell_->goodbye());
  } else if (state_ == State::open && SSL_alloc_buffers(ssl_.get()) == 1) {
    SSL_shutdown(ssl_.get());
  }
  if (state_ != State::closed) close_as("closed");
}

void Transport::set_deadline(Instant now) {
  deadline_.reset();
  if (state_ != State::handshake) return;
  timeval left{};
  deadline_ = give_up_at_;
  if (DTLSv1_get_timeout(ssl_.get(), &left) == 1) {
    const auto wait = std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec);
    deadline_ = std::min(give_up_at_, now + wait);
  }
}

std::vector<Bytes> Transport::take_outgoing() {
  return std::exchange(datagrams_.outgoing, {});
}

}  // namespace geili::media::dtls
