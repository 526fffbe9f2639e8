#pragma once
// Writes STUN messages (RFC 8489): attributes in the order of the calls, then MESSAGE-INTEGRITY,
// then FINGERPRINT.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "media/byte_writer.hpp"
#include "media/stun/message.hpp"

namespace geili::media::stun {

class MessageBuilder {
 public:
  MessageBuilder(Class message_class, const TransactionId& transaction,
                 std::uint16_t method = kBinding);

  MessageBuilder& username(std::string_view name);  // at most kUsernameBytesMax
  MessageBuilder& priority(std::uint32_t value);
  MessageBuilder& use_candidate();
  MessageBuilder& ice_controlling(std::uint64_t tie_breaker);
  MessageBuilder& ice_controlled(std::uint64_t tie_breaker);
  MessageBuilder& xor_mapped_address(const TransportAddress& address);
  // With the reason phrase of RFC 8489 section 14.8 and RFC 8445 section 7.2.5.1: 400, 401, 420,
  // 487.
  MessageBuilder& error(unsigned code);
  MessageBuilder& unknown_attributes(std::span<const std::uint16_t> types);
  MessageBuilder& attribute(AttributeType type, ByteView value);

  // The packet, with MESSAGE-INTEGRITY when there is a key. The whole is at most kMessageBytesMax.
  // Called once, last.
  std::string finish(std::string_view key = {});

 private:
  void begin_attribute(AttributeType type, std::size_t size);
  void pad();
  void set_length();

  std::uint32_t type_ = 0;
  ByteWriter out_;
};

}  // namespace geili::media::stun
