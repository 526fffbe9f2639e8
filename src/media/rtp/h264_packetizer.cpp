#include "media/rtp/h264_packetizer.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "media/h264/avcc.hpp"
#include "media/h264/nal.hpp"

namespace geili::media::rtp {
namespace {

constexpr std::byte kTypeMask{0x1F};
constexpr std::byte kReferenceMask{0x60};
constexpr std::byte kAggregateType{24};
constexpr std::byte kFragmentType{28};
constexpr std::byte kStart{0x80};
constexpr std::byte kEnd{0x40};
constexpr std::size_t kFragmentHeads = 2;

void add_nal(PayloadList& payloads, ByteView nal, std::size_t payload_bytes_max) {
  if (nal.size() <= payload_bytes_max) {
    payloads.add({nal});
    return;
  }
  const std::byte type = nal[0] & kTypeMask;
  const std::byte indicator = (nal[0] & kReferenceMask) | kFragmentType;
  const std::size_t body_max = payload_bytes_max - kFragmentHeads;
  const ByteView body = nal.subspan(1);
  for (std::size_t at = 0; at < body.size(); at += body_max) {
    const std::size_t length = std::min(body_max, body.size() - at);
    std::byte head = type;
    if (at == 0) head |= kStart;
    if (at + length == body.size()) head |= kEnd;
    const std::array heads{indicator, head};
    payloads.add({heads, body.subspan(at, length)});
  }
}

// One STAP-A of all parameter sets; each on its own when they do not fit into one payload.
Result<void> add_parameter_sets(PayloadList& payloads, ByteView record,
                                std::size_t payload_bytes_max) {
  const auto config = h264::parse_avcc(record);
  if (!config) return fail(config.error());
  Bytes aggregate{kReferenceMask | kAggregateType};
  for (const auto* sets : {&config->sps, &config->pps}) {
    for (const Bytes& set : *sets) {
      aggregate.push_back(static_cast<std::byte>(set.size() >> 8));
      aggregate.push_back(static_cast<std::byte>(set.size() & 0xFF));
      aggregate.insert(aggregate.end(), set.begin(), set.end());
    }
  }
  if (aggregate.size() <= payload_bytes_max) {
    payloads.add({aggregate});
    return {};
  }
  for (const auto* sets : {&config->sps, &config->pps}) {
    for (const Bytes& set : *sets) add_nal(payloads, set, payload_bytes_max);
  }
  return {};
}

}  // namespace

Result<PayloadList> packetize_h264(const Unit& unit, std::size_t payload_bytes_max) {
  const auto nals = h264::split_length_prefixed(*unit.payload, 4);
  if (!nals) return fail(nals.error());
  if (nals->empty()) return fail(ErrorKind::invalid, "unit-empty", "A picture has no NAL units.");
  PayloadList payloads;
  const std::size_t count =
      unit.payload->size() / (payload_bytes_max - kFragmentHeads) + nals->size();
  payloads.reserve(unit.payload->size() + unit.config->record.size() + kFragmentHeads * count,
                   count + 1);
  if (unit.keyframe) {
    auto added = add_parameter_sets(payloads, unit.config->record, payload_bytes_max);
    if (!added) return fail_as(added);
  }
  for (const ByteView nal : *nals) add_nal(payloads, nal, payload_bytes_max);
  return payloads;
}

}  // namespace geili::media::rtp
