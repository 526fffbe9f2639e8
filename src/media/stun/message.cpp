#include "media/stun/message.hpp"

#include <algorithm>

#include <openssl/crypto.h>

#include "media/byte_reader.hpp"
#include "media/stun/checksum.hpp"

namespace geili::media::stun {
namespace {

constexpr unsigned kFamilyV4 = 1;
constexpr unsigned kFamilyV6 = 2;
constexpr std::uint16_t kRequiredBelow = 0x8000;

std::unexpected<Error> bad(std::string_view code, std::string_view detail) {
  return fail(ErrorKind::invalid, code, detail);
}

bool is_known(AttributeType type) {
  switch (type) {
    case AttributeType::mapped_address:
    case AttributeType::username:
    case AttributeType::message_integrity:
    case AttributeType::error_code:
    case AttributeType::unknown_attributes:
    case AttributeType::realm:
    case AttributeType::nonce:
    case AttributeType::xor_mapped_address:
    case AttributeType::priority:
    case AttributeType::use_candidate:
      return true;
    default:
      return false;
  }
}

// Whether `size` is that of the kinds whose size is fixed or bounded.
bool size_fits(AttributeType type, std::size_t size) {
  switch (type) {
    case AttributeType::username:
      return size <= kUsernameBytesMax;
    case AttributeType::message_integrity:
      return size == kIntegrityBytes;
    case AttributeType::priority:
    case AttributeType::fingerprint:
      return size == 4;
    case AttributeType::use_candidate:
      return size == 0;
    case AttributeType::ice_controlled:
    case AttributeType::ice_controlling:
      return size == 8;
    default:
      return true;
  }
}

std::optional<std::uint64_t> tie_breaker(std::optional<ByteView> value) {
  if (!value) return std::nullopt;
  return ByteReader(*value).u64();
}

}  // namespace

bool looks_like_stun(ByteView packet) {
  ByteReader in(packet);
  const unsigned type = in.u16();
  const unsigned length = in.u16();
  const std::uint32_t cookie = in.u32();
  return packet.size() >= kHeaderBytes && (type & 0xC000U) == 0 && cookie == kMagicCookie &&
         length % 4 == 0 && length + kHeaderBytes == packet.size();
}

Result<MessageView> MessageView::parse(ByteView packet) {
  if (packet.size() > kMessageBytesMax) return bad("stun-limit", "A STUN message is too large.");
  ByteReader in(packet);
  const unsigned type = in.u16();
  const unsigned length = in.u16();
  const std::uint32_t cookie = in.u32();
  const ByteView id = in.bytes(12);
  if (!in.ok() || (type & 0xC000U) != 0 || cookie != kMagicCookie) {
    return bad("stun-header", "A packet is not a STUN message.");
  }
  if (length % 4 != 0 || length != in.remaining()) {
    return bad("stun-length", "A STUN message's length is not that of its packet.");
  }
  MessageView message;
  message.packet_ = packet;
  // Section 5: the class's two bits lie among the method's twelve.
  message.class_ = static_cast<Class>((type >> 4U & 1U) | (type >> 7U & 2U));
  message.method_ = static_cast<std::uint16_t>((type & 0x000FU) | (type >> 1U & 0x0070U) |
                                               (type >> 2U & 0x0F80U));
  std::ranges::copy(id, message.transaction_.begin());
  if (auto read = message.read_attributes(); !read) return fail_as(read);
  return message;
}

Result<void> MessageView::read_attributes() {
  ByteReader in(packet_.subspan(kHeaderBytes));
  std::size_t seen = 0;
  while (in.remaining() > 0) {
    if (has_fingerprint_)
      return bad("stun-fingerprint", "FINGERPRINT is not a STUN message's last attribute.");
    if (++seen > kAttributesMax)
      return bad("stun-limit", "A STUN message has too many attributes.");
    Attribute attribute;
    attribute.offset = static_cast<std::uint16_t>(packet_.size() - in.remaining());
    attribute.type = static_cast<AttributeType>(in.u16());
    const std::size_t size = in.u16();
    attribute.value = in.bytes(size);
    (void)in.bytes((4 - size % 4) % 4);
    if (!in.ok()) return bad("stun-attribute", "A STUN attribute ends past its message.");
    if (!size_fits(attribute.type, size))
      return bad("stun-attribute", "A STUN attribute has a wrong size.");

    if (attribute.type == AttributeType::fingerprint) {
      if (auto checked = check_fingerprint(attribute); !checked) return checked;
      has_fingerprint_ = true;
    } else if (integrity_) {
      continue;
    } else if (attribute.type == AttributeType::message_integrity) {
      integrity_ = attribute;
    } else {
      attributes_[count_++] = attribute;
    }
  }
  return {};
}

Result<void> MessageView::check_fingerprint(const Attribute& attribute) const {
  if (ByteReader(attribute.value).u32() == fingerprint_of(packet_.first(attribute.offset)))
    return {};
  return bad("stun-fingerprint", "A STUN message's FINGERPRINT is not that of its bytes.");
}

bool MessageView::has_integrity(std::string_view key) const {
  if (!integrity_ || key.empty()) return false;
  const auto expected = integrity_of(packet_.first(integrity_->offset), key);
  return CRYPTO_memcmp(expected.data(), integrity_->value.data(), expected.size()) == 0;
}

std::optional<ByteView> MessageView::find(AttributeType type) const {
  for (const Attribute& attribute : attributes()) {
    if (attribute.type == type) return attribute.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> MessageView::username() const {
  const auto value = find(AttributeType::username);
  if (!value) return std::nullopt;
  return as_text(*value);
}

std::optional<std::uint32_t> MessageView::priority() const {
  const auto value = find(AttributeType::priority);
  if (!value) return std::nullopt;
  return ByteReader(*value).u32();
}

std::optional<std::uint64_t> MessageView::ice_controlling() const {
  return tie_breaker(find(AttributeType::ice_controlling));
}

std::optional<std::uint64_t> MessageView::ice_controlled() const {
  return tie_breaker(find(AttributeType::ice_controlled));
}

std::optional<TransportAddress> MessageView::xor_mapped_address() const {
  const auto value = find(AttributeType::xor_mapped_address);
  if (!value) return std::nullopt;
  ByteReader in(*value);
  (void)in.u8();
  const unsigned family = in.u8();
  const unsigned port = in.u16() ^ (kMagicCookie >> 16U);
  if (!in.ok() || in.remaining() != (family == kFamilyV4 ? 4U : 16U) ||
      (family != kFamilyV4 && family != kFamilyV6)) {
    return std::nullopt;
  }
  // The mask is the cookie and, for IPv6, the transaction: what stands in the header from byte 4.
  std::array<std::byte, 16> octets{};
  const ByteView mask = packet_.subspan(4, in.remaining());
  std::ranges::transform(in.rest(), mask, octets.begin(), std::bit_xor{});
  const auto ip = IpAddress::from_bytes(ByteView(octets).first(mask.size()));
  return TransportAddress{*ip, static_cast<std::uint16_t>(port), Transport::udp};
}

std::optional<ErrorCode> MessageView::error_code() const {
  const auto value = find(AttributeType::error_code);
  if (!value) return std::nullopt;
  ByteReader in(*value);
  (void)in.u16();
  const unsigned hundreds = in.u8() & 0x07U;
  const unsigned rest = in.u8();
  if (!in.ok() || hundreds < 3 || hundreds > 6 || rest > 99) return std::nullopt;
  return ErrorCode{hundreds * 100 + rest, as_text(in.rest())};
}

std::size_t MessageView::unknown_required(std::span<std::uint16_t> out) const {
  std::size_t count = 0;
  for (const Attribute& attribute : attributes()) {
    const auto type = static_cast<std::uint16_t>(attribute.type);
    if (type < kRequiredBelow && !is_known(attribute.type) && count < out.size())
      out[count++] = type;
  }
  return count;
}

}  // namespace geili::media::stun
