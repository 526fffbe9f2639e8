#pragma once
// The two sums of a STUN message (RFC 8489 sections 14.5 and 14.7), over the bytes before the
// attribute that holds them, with the length field as if the message ended behind that attribute.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"

namespace geili::media::stun {

inline constexpr std::size_t kIntegrityBytes = 20;
inline constexpr std::size_t kAttributeHeaderBytes = 4;
inline constexpr std::size_t kFingerprintBytes = 4;

// `before` is the header and what precedes the attribute: at least kHeaderBytes, at most
// kMessageBytesMax. `key` is the password of short-term credentials.
std::array<std::byte, kIntegrityBytes> integrity_of(ByteView before, std::string_view key);
std::uint32_t fingerprint_of(ByteView before);

// CRC-32 of ITU-T V.42.
std::uint32_t crc32(ByteView bytes);

}  // namespace geili::media::stun
