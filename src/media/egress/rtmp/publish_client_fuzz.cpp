// Whatever a server says: nothing is sent before it took the stream, and what is said to it is
// bounded.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/egress/rtmp/publish_client.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media;
  rtmp::PublishClient client({false, "a.example", 1935, "live", "rtmp://a.example/live"},
                             Secret<std::string>("key"), Bytes(rtmp::kHandshakeBytes - 8));
  client.output().clear();
  Bytes hello(1 + 2 * rtmp::kHandshakeBytes);
  hello[0] = std::byte{3};
  const auto shaken = client.feed(hello);
  assert(shaken);
  client.output().clear();
  const auto said = std::as_bytes(std::span(data, size));
  for (const auto part : {said.first(size / 2), said.subspan(size / 2)}) {
    if (!client.feed(part)) break;
  }
  // Every answer to a message of theirs is of some tens of bytes; a few commands hold the key.
  assert(client.output().size() <= 2'048 + 32 * size);
  client.output().clear();
  client.send_video(0, as_bytes("picture"));
  assert(client.output().empty() == !client.is_publishing());
  return 0;
}
