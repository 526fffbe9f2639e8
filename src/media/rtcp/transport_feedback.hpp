#pragma once
// Transport-wide congestion control feedback
// (draft-holmer-rmcat-transport-wide-cc-extensions-01): when each packet of a session arrived, by
// the number it carries in a header extension.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::rtcp {

inline constexpr std::int64_t kArrivalTickUs = 250;
inline constexpr std::int64_t kReferenceTickUs = 64'000;

struct TransportFeedback {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  std::uint16_t base_sequence = 0;
  std::int32_t reference_time = 0;  // in 64 ms, 24 bits, signed; of the receiver's clock
  std::uint8_t count = 0;           // counts the feedback packets
  // For base_sequence and those after it: the distance to the received packet before, or to the
  // reference time, in 250 us; none for packets that did not come. Never empty.
  std::vector<std::optional<std::int16_t>> deltas;
  friend bool operator==(const TransportFeedback&, const TransportFeedback&) = default;
};

inline constexpr std::size_t kStatusesMax = 2'048;

// `body` is what follows the common header and the two SSRCs; the SSRCs stay 0. Errors (invalid):
// "twcc-truncated", "twcc-empty", "twcc-limit" (kStatusesMax), "twcc-value" (a reserved symbol).
Result<TransportFeedback> parse_transport_feedback(ByteView body);

// The same body, without padding to a word.
void write_transport_feedback(ByteWriter& out, const TransportFeedback& feedback);

}  // namespace geili::media::rtcp
