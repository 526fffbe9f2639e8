// What is parsed is written again, and reads the same.
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/stun/builder.hpp"
#include "media/stun/message.hpp"

namespace {

using namespace geili;
using namespace geili::media;

void check_rewritten(const stun::MessageView& message) {
  stun::MessageBuilder builder(message.message_class(), message.transaction(), message.method());
  for (const stun::Attribute& attribute : message.attributes())
    builder.attribute(attribute.type, attribute.value);
  const std::string packet = builder.finish("key");
  const auto again = stun::MessageView::parse(as_bytes(packet));
  assert(again && again->has_integrity("key") && !again->has_integrity("kez") &&
         again->has_fingerprint());
  assert(again->message_class() == message.message_class() && again->method() == message.method());
  assert(again->attributes().size() == message.attributes().size());
  assert(again->username() == message.username() && again->priority() == message.priority());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView packet = std::as_bytes(std::span(data, size));
  const auto message = stun::MessageView::parse(packet);
  if (!message) return 0;
  assert(stun::looks_like_stun(packet));
  std::array<std::uint16_t, 8> unknown{};
  assert(message->unknown_required(unknown) <= unknown.size());
  (void)message->has_integrity("VOkJxbRl1RmTxUk/WvJxBt");
  (void)message->error_code();
  if (const auto address = message->xor_mapped_address()) {
    const std::string rewritten = stun::MessageBuilder(stun::Class::success, message->transaction())
                                      .xor_mapped_address(*address)
                                      .finish();
    const auto again = stun::MessageView::parse(as_bytes(rewritten));
    assert(again && again->xor_mapped_address() == address);
  }
  // Room for the sums that are added, and no more attributes than can be read.
  if (size <= 1'400 && message->attributes().size() + 2 <= stun::kAttributesMax)
    check_rewritten(*message);
  return 0;
}
