#include "media/stun/builder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "media/stun/checksum.hpp"

namespace geili::media::stun {
namespace {

std::string_view reason_of(unsigned code) {
  switch (code) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthenticated";
    case 420:
      return "Unknown Attribute";
    case 487:
      return "Role Conflict";
    default:
      return "";
  }
}

}  // namespace

MessageBuilder::MessageBuilder(Class message_class, const TransactionId& transaction,
                               std::uint16_t method) {
  const auto bits = static_cast<std::uint32_t>(message_class);
  const std::uint32_t m = method;
  type_ = (m & 0x000FU) | (m & 0x0070U) << 1U | (m & 0x0F80U) << 2U | (bits & 1U) << 4U |
          (bits & 2U) << 7U;
  out_.reserve(128);
  out_.u16(type_);
  out_.u16(0);
  out_.u32(kMagicCookie);
  out_.bytes(transaction);
}

void MessageBuilder::begin_attribute(AttributeType type, std::size_t size) {
  assert(out_.size() + kAttributeHeaderBytes + size <= kMessageBytesMax);
  out_.u16(static_cast<std::uint16_t>(type));
  out_.u16(size);
}

void MessageBuilder::pad() {
  out_.zeros((4 - out_.size() % 4) % 4);
}

void MessageBuilder::set_length() {
  out_.patch_u32(0, type_ << 16U | static_cast<std::uint32_t>(out_.size() - kHeaderBytes));
}

MessageBuilder& MessageBuilder::attribute(AttributeType type, ByteView value) {
  begin_attribute(type, value.size());
  out_.bytes(value);
  pad();
  return *this;
}

MessageBuilder& MessageBuilder::username(std::string_view name) {
  assert(name.size() <= kUsernameBytesMax);
  return attribute(AttributeType::username, as_bytes(name));
}

MessageBuilder& MessageBuilder::priority(std::uint32_t value) {
  begin_attribute(AttributeType::priority, 4);
  out_.u32(value);
  return *this;
}

MessageBuilder& MessageBuilder::use_candidate() {
  return attribute(AttributeType::use_candidate, {});
}

MessageBuilder& MessageBuilder::ice_controlling(std::uint64_t tie_breaker) {
  begin_attribute(AttributeType::ice_controlling, 8);
  out_.u64(tie_breaker);
  return *this;
}

MessageBuilder& MessageBuilder::ice_controlled(std::uint64_t tie_breaker) {
  begin_attribute(AttributeType::ice_controlled, 8);
  out_.u64(tie_breaker);
  return *this;
}

MessageBuilder& MessageBuilder::xor_mapped_address(const TransportAddress& address) {
  const bool v4 = address.ip.family == IpFamily::v4;
  begin_attribute(AttributeType::xor_mapped_address, 4 + address.ip.size());
  out_.u8(0);
  out_.u8(v4 ? 1 : 2);
  out_.u16(address.port ^ (kMagicCookie >> 16U));
  std::array<std::byte, 16> masked{};
  std::ranges::copy(as_bytes(out_.view()).subspan(4, masked.size()), masked.begin());
  for (std::size_t i = 0; i < address.ip.size(); ++i) masked[i] ^= address.ip.octets[i];
  out_.bytes(ByteView(masked).first(address.ip.size()));
  return *this;
}

MessageBuilder& MessageBuilder::error(unsigned code) {
  const std::string_view reason = reason_of(code);
  begin_attribute(AttributeType::error_code, 4 + reason.size());
  out_.u16(0);
  out_.u8(code / 100);
  out_.u8(code % 100);
  out_.text(reason);
  pad();
  return *this;
}

MessageBuilder& MessageBuilder::unknown_attributes(std::span<const std::uint16_t> types) {
  begin_attribute(AttributeType::unknown_attributes, types.size() * 2);
  for (const std::uint16_t type : types) out_.u16(type);
  pad();
  return *this;
}

std::string MessageBuilder::finish(std::string_view key) {
  if (!key.empty()) {
    const auto sum = integrity_of(as_bytes(out_.view()), key);
    attribute(AttributeType::message_integrity, sum);
  }
  const std::uint32_t fingerprint = fingerprint_of(as_bytes(out_.view()));
  begin_attribute(AttributeType::fingerprint, kFingerprintBytes);
  out_.u32(fingerprint);
  set_length();
  return std::move(out_).take();
}

}  // namespace geili::media::stun
