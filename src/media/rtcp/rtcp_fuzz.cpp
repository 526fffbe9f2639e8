// The input as one RTCP datagram; what is read is written back and read again.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/rtcp/ntp.hpp"
#include "media/rtcp/packet.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media::rtcp;
  const auto packets = parse(std::as_bytes(std::span(data, size)));
  if (!packets) return 0;
  for (const Packet& packet : *packets) {
    if (const auto* report = std::get_if<ReceiverReport>(&packet)) {
      for (const ReportBlock& block : report->reports) {
        (void)round_trip_us(block, {1'795'000'000'000'000});
      }
    }
  }
  if (packets->empty()) return 0;
  const auto again = parse(write(*packets));
  assert(again && again->size() == packets->size());
  assert(parse(write(*again)) && *parse(write(*again)) == *again);
  return 0;
}
