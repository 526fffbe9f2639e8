#pragma once
// STUN messages (RFC 8489), the parts that ICE (RFC 8445) uses. A view borrows the packet it was
// parsed from; nothing it says may be believed before has_integrity() of the right key.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/transport_address.hpp"

namespace geili::media::stun {

inline constexpr std::uint32_t kMagicCookie = 0x2112'A442;
inline constexpr std::size_t kHeaderBytes = 20;
inline constexpr std::size_t kMessageBytesMax = 1'500;
inline constexpr std::size_t kAttributesMax = 32;
inline constexpr std::size_t kUsernameBytesMax = 508;  // RFC 8489 section 14.3: fewer than 509

enum class Class : std::uint8_t { request, indication, success, error };

inline constexpr std::uint16_t kBinding = 0x001;

using TransactionId = std::array<std::byte, 12>;

// Types below 0x8000 must be understood by whoever gets them (section 14).
enum class AttributeType : std::uint16_t {
  mapped_address = 0x0001,
  username = 0x0006,
  message_integrity = 0x0008,
  error_code = 0x0009,
  unknown_attributes = 0x000A,
  realm = 0x0014,
  nonce = 0x0015,
  xor_mapped_address = 0x0020,
  priority = 0x0024,
  use_candidate = 0x0025,
  software = 0x8022,
  fingerprint = 0x8028,
  ice_controlled = 0x8029,
  ice_controlling = 0x802A,
};

struct Attribute {
  AttributeType type{};
  std::uint16_t offset = 0;  // of the attribute's own header within the packet
  ByteView value;            // without padding
};

struct ErrorCode {
  unsigned code = 0;  // 300-699
  std::string_view reason;
};

// Tells STUN from DTLS and RTP on one port (RFC 7983): the first two bits, the cookie, the length.
bool looks_like_stun(ByteView packet);

class MessageView {
 public:
  // Errors (invalid): "stun-header" (not STUN), "stun-length" (the length is not the packet's),
  // "stun-attribute" (one runs past the end, or has not the size of its kind), "stun-limit",
  // "stun-fingerprint" (present, and not that of the bytes; or not last).
  static Result<MessageView> parse(ByteView packet);

  Class message_class() const { return class_; }
  std::uint16_t method() const { return method_; }
  const TransactionId& transaction() const { return transaction_; }
  ByteView bytes() const { return packet_; }
  // In the packet's order; those behind MESSAGE-INTEGRITY are left out (section 14.5), since nobody
  // vouches for them.
  std::span<const Attribute> attributes() const { return std::span(attributes_).first(count_); }
  bool has_fingerprint() const { return has_fingerprint_; }
  // Says nothing of whose it is.
  bool carries_integrity() const { return integrity_.has_value(); }

  // Whether MESSAGE-INTEGRITY is there and was made with `key` (section 14.5, HMAC-SHA1); compared
  // in constant time.
  bool has_integrity(std::string_view key) const;

  // The first of its kind; none when there is none.
  std::optional<ByteView> find(AttributeType type) const;
  std::optional<std::string_view> username() const;
  std::optional<std::uint32_t> priority() const;
  bool use_candidate() const { return find(AttributeType::use_candidate).has_value(); }
  // The tie-breaker.
  std::optional<std::uint64_t> ice_controlling() const;
  std::optional<std::uint64_t> ice_controlled() const;
  // The transport is not part of the attribute: always udp. None also when it is malformed.
  std::optional<TransportAddress> xor_mapped_address() const;
  std::optional<ErrorCode> error_code() const;

  // Comprehension-required types that this file does not know, in the packet's order, at most
  // `max`.
  std::size_t unknown_required(std::span<std::uint16_t> out) const;

 private:
  Result<void> read_attributes();
  Result<void> check_fingerprint(const Attribute& attribute) const;

  ByteView packet_;
  Class class_ = Class::request;
  std::uint16_t method_ = 0;
  TransactionId transaction_{};
  std::array<Attribute, kAttributesMax> attributes_{};
  std::size_t count_ = 0;
  std::optional<Attribute> integrity_;
  bool has_fingerprint_ = false;
};

}  // namespace geili::media::stun
