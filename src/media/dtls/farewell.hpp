#pragma once
// What an association still needs once both sides hold their keys: how to say goodbye, and to
// understand the peer's. A hundred bytes, where OpenSSL keeps more than thirty thousand.

#include <array>
#include <cstddef>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "media/dtls/datagram_bio.hpp"

struct ssl_st;

namespace geili::media::dtls {

enum class Role : std::uint8_t;

// Single-threaded.
class Farewell {
 public:
  // Ends `ssl`, which is open and is of no use afterwards; `datagrams` is what it writes to. None
  // with another cipher than AES-128-GCM: `ssl` is then as it was. Throws when OpenSSL cannot.
  static std::optional<Farewell> of(ssl_st* ssl, Role role, Datagrams& datagrams);

  // The datagram that tells the peer.
  const Bytes& goodbye() const { return goodbye_; }
  // Whether the datagram holds an authentic alert that ends the association: close_notify, or a
  // fatal one (RFC 5246 section 7.2).
  bool is_goodbye(ByteView datagram) const;

 private:
  static constexpr std::size_t kKeyBytes = 16;
  static constexpr std::size_t kSaltBytes = 4;
  Farewell() = default;
  bool is_ending_alert(ByteView record_head, ByteView fragment) const;

  Bytes goodbye_;
  // Of what the peer writes.
  std::array<std::byte, kKeyBytes> key_{};
  std::array<std::byte, kSaltBytes> salt_{};
};

}  // namespace geili::media::dtls
