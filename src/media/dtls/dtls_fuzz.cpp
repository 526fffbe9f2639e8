// Datagrams of whatever bytes, each with two bytes of length before it, into a fresh server, and
// into one that has settled with a client.

#include <algorithm>
#include <memory>
#include <span>

#include "media/byte_reader.hpp"
#include "media/dtls/transport.hpp"

using namespace geili;
using namespace geili::media;

namespace {

const SystemClock kClock;

const dtls::Context& context() {
  static const dtls::Context one(std::make_shared<const dtls::Certificate>(kClock.now()));
  return one;
}

void carry(dtls::Transport& from, dtls::Transport& to) {
  for (const Bytes& datagram : from.take_outgoing()) to.on_datagram(datagram, kClock.now());
}

// Nothing but the client's own words closes it, and those are not known to the fuzzer.
dtls::Transport& settled() {
  static dtls::Transport server(context(), dtls::Role::server,
                                context().certificate().fingerprint(), kClock.now());
  static const bool is_ready = [] {
    dtls::Transport client(context(), dtls::Role::client, context().certificate().fingerprint(),
                           kClock.now());
    while (client.state() == dtls::State::handshake) {
      carry(client, server);
      carry(server, client);
    }
    server.settle();
    return true;
  }();
  (void)is_ready;
  return server;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Instant now = kClock.now();
  dtls::Transport transport(context(), dtls::Role::server, "AB", now);
  ByteReader reader(std::as_bytes(std::span(data, size)));
  while (reader.ok() && reader.remaining() > 2) {
    const std::size_t wanted = reader.u16();
    const ByteView datagram = reader.bytes(std::min(wanted, reader.remaining()));
    transport.on_datagram(datagram, now);
    settled().on_datagram(datagram, now);
  }
  transport.take_outgoing();
  if (settled().state() != dtls::State::open) __builtin_trap();
  return 0;
}
