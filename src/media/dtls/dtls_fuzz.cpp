// Datagrams of whatever bytes, each with two bytes of length before it, into a fresh server.

#include <algorithm>
#include <memory>
#include <span>

#include "media/byte_reader.hpp"
#include "media/dtls/transport.hpp"

using namespace geili;
using namespace geili::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SystemClock clock;
  static const dtls::Context context(std::make_shared<const dtls::Certificate>(clock.now()));
  const Instant now = clock.now();
  dtls::Transport transport(context, dtls::Role::server, "AB", now);
  ByteReader reader(std::as_bytes(std::span(data, size)));
  while (reader.ok() && reader.remaining() > 2) {
    const std::size_t wanted = reader.u16();
    transport.on_datagram(reader.bytes(std::min(wanted, reader.remaining())), now);
  }
  transport.take_outgoing();
  return 0;
}
