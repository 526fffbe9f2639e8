// The input as transport feedback, and as arrivals that are told and read again: each the number of
// the packet and the milliseconds since the one before.
#include <cassert>
#include <cstdint>
#include <span>

#include "media/byte_reader.hpp"
#include "media/rtcp/arrival_log.hpp"
#include "media/rtcp/transport_feedback.hpp"

namespace {

using namespace geili;
using namespace geili::media;

void write_and_read_again(const rtcp::TransportFeedback& feedback) {
  ByteWriter out;
  rtcp::write_transport_feedback(out, feedback);
  const auto again = rtcp::parse_transport_feedback(as_bytes(out.view()));
  assert(again && again->deltas == feedback.deltas);
  assert(again->base_sequence == feedback.base_sequence && again->count == feedback.count);
  assert(again->reference_time == feedback.reference_time);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  if (const auto feedback = rtcp::parse_transport_feedback(bytes)) write_and_read_again(*feedback);
  rtcp::ArrivalLog log;
  Instant now{1'795'000'000'000'000};
  ByteReader in(bytes);
  while (in.remaining() > 0) {
    const std::uint16_t number = in.u16();
    now = now + std::chrono::milliseconds(in.u8());
    log.received(number, now);
    for (const rtcp::TransportFeedback& feedback : log.due(now)) write_and_read_again(feedback);
  }
  return 0;
}
