#include "media/stun/checksum.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "media/stun/message.hpp"

namespace geili::media::stun {
namespace {

constexpr std::uint32_t kFingerprintMask = 0x5354'554E;  // "STUN"

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = (value & 1U) != 0 ? 0xEDB8'8320U ^ value >> 1U : value >> 1U;
    table[i] = value;
  }
  return table;
}
constexpr auto kCrcTable = make_crc_table();

// The covered bytes with the length field set for a message that ends `attribute_bytes` later.
class Covered {
 public:
  Covered(ByteView before, std::size_t attribute_bytes) : size_(before.size()) {
    assert(size_ >= kHeaderBytes && size_ <= kMessageBytesMax);
    std::ranges::copy(before, bytes_.begin());
    const std::size_t length = size_ + attribute_bytes - kHeaderBytes;
    bytes_[2] = static_cast<std::byte>(length >> 8U);
    bytes_[3] = static_cast<std::byte>(length & 0xFFU);
  }
  ByteView view() const { return ByteView(bytes_).first(size_); }

 private:
  std::array<std::byte, kMessageBytesMax> bytes_;
  std::size_t size_;
};

const unsigned char* raw(ByteView bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

}  // namespace

std::uint32_t crc32(ByteView bytes) {
  std::uint32_t value = 0xFFFF'FFFF;
  for (const std::byte b : bytes) {
    value = kCrcTable[(value ^ std::to_integer<std::uint32_t>(b)) & 0xFFU] ^ value >> 8U;
  }
  return value ^ 0xFFFF'FFFF;
}

std::array<std::byte, kIntegrityBytes> integrity_of(ByteView before, std::string_view key) {
  const Covered covered(before, kAttributeHeaderBytes + kIntegrityBytes);
  std::array<std::byte, kIntegrityBytes> sum{};
  unsigned written = 0;
  auto* out = static_cast<unsigned char*>(static_cast<void*>(sum.data()));
  if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), raw(covered.view()),
           covered.view().size(), out, &written) == nullptr ||
      written != kIntegrityBytes) {
    throw std::runtime_error("HMAC-SHA1 is not available");
  }
  return sum;
}

std::uint32_t fingerprint_of(ByteView before) {
  return crc32(Covered(before, kAttributeHeaderBytes + kFingerprintBytes).view()) ^
         kFingerprintMask;
}

}  // namespace geili::media::stun
