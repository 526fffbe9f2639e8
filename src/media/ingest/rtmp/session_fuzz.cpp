// A connection behind its handshake; whoever asks may publish.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/ingest/rtmp/session.hpp"

namespace {

using namespace geili;
using namespace geili::media;

class Listener final : public rtmp::SessionListener {
 public:
  void received(SourceUnit unit) override { assert(unit.config && unit.payload); }
  void unpublished() override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Listener listener;
  rtmp::Session session({64 * 1024, 8}, Bytes(rtmp::kHandshakeBytes - 8), listener);
  Bytes hello(1 + 2 * rtmp::kHandshakeBytes);
  hello[0] = std::byte{3};
  auto fed = session.feed(hello);
  assert(fed);
  fed = session.feed(std::as_bytes(std::span(data, size)));
  while (fed && session.request()) {
    session.accept();
    fed = session.feed({});
  }
  return 0;
}
