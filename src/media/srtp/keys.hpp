#pragma once
// Protection profiles and key derivation of SRTP (RFC 3711 section 4.3, RFC 7714 section 11).

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.hpp"

struct evp_cipher_ctx_st;
struct evp_mac_ctx_st;

namespace geili::media::srtp {

enum class Profile : std::uint8_t {
  aead_aes_128_gcm,   // 16 bytes of tag
  aes128_cm_sha1_80,  // 10 bytes of tag
};

inline constexpr std::size_t kKeyBytes = 16;
inline constexpr std::size_t kSaltBytesMax = 14;
inline constexpr std::size_t kAuthKeyBytes = 20;

constexpr std::size_t salt_bytes(Profile profile) {
  return profile == Profile::aead_aes_128_gcm ? 12 : 14;
}
constexpr std::size_t tag_bytes(Profile profile) {
  return profile == Profile::aead_aes_128_gcm ? 16 : 10;
}
// What protecting adds to a packet at the most: the tag, and the index word of RTCP.
inline constexpr std::size_t kOverheadBytesMax = 16 + 4;

// Of one direction. A profile with a shorter salt leaves the last bytes zero.
struct MasterKey {
  std::array<std::byte, kKeyBytes> key{};
  std::array<std::byte, kSaltBytesMax> salt{};
};

struct SessionKeys {
  std::array<std::byte, kKeyBytes> key{};
  std::array<std::byte, kAuthKeyBytes> auth{};  // unused by AEAD profiles
  std::array<std::byte, kSaltBytesMax> salt{};
};

enum class Kind : std::uint8_t { rtp, rtcp };

// With a key derivation rate of zero: the keys hold for the whole session.
SessionKeys derive(const MasterKey& master, Kind kind);

struct FreeCipher {
  void operator()(evp_cipher_ctx_st* context) const;
};
struct FreeMac {
  void operator()(evp_mac_ctx_st* context) const;
};
using Cipher = std::unique_ptr<evp_cipher_ctx_st, FreeCipher>;
using Mac = std::unique_ptr<evp_mac_ctx_st, FreeMac>;

enum class Direction : std::uint8_t { encrypt, decrypt };

// Contexts that keep their key, so that a packet costs no key schedule. Throw when OpenSSL cannot.
Cipher make_cipher(Profile profile, Direction direction, const SessionKeys& keys);
Mac make_mac(const SessionKeys& keys);

}  // namespace geili::media::srtp
