// The input as one RTP packet, and as a retransmission; what is read is written back.
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "media/rtp/packet.hpp"
#include "media/rtp/rtx.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media::rtp;
  const ByteView bytes = std::as_bytes(std::span(data, size));
  (void)is_rtcp(bytes);
  const auto packet = parse_packet(bytes);
  if (!packet) return 0;
  assert(packet->header.bytes + packet->payload.size() <= size);
  std::vector<Extension> extensions;
  ExtensionReader reader(packet->header);
  while (const auto extension = reader.next()) extensions.push_back(*extension);
  for (unsigned id = 0; id < 256; ++id) {
    (void)extension_number(packet->header, static_cast<std::uint8_t>(id), 2);
  }
  (void)restore_rtx(*packet, 1, 96);
  const Header& header = packet->header;
  const HeaderFields fields{header.marker,    header.payload_type, header.sequence,
                            header.timestamp, header.ssrc,         extensions};
  const Bytes written = write_packet(fields, packet->payload);
  const auto again = parse_packet(written);
  assert(again && again->header.sequence == header.sequence);
  assert(again->payload.size() == packet->payload.size());
  ExtensionReader written_reader(again->header);
  for (const Extension& extension : extensions) {
    const auto read = written_reader.next();
    assert(read && read->id == extension.id && read->data.size() == extension.data.size());
  }
  assert(!written_reader.next());
  return 0;
}
