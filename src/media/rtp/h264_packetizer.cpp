#include "media/rtp/h264_packetizer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
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

void add_fragments(PayloadList& payloads, ByteView nal, std::size_t payload_bytes_max) {
  const std::byte type = nal[0] & kTypeMask;
  const std::byte indicator = (nal[0] & kReferenceMask) | kFragmentType;
  const ByteView body = nal.subspan(1);
  const EvenFragments even = even_fragments(body.size(), payload_bytes_max - kFragmentHeads);
  for (std::size_t at = 0; at < body.size(); at += even.bytes) {
    const std::size_t length = std::min(even.bytes, body.size() - at);
    const bool is_last = at + length == body.size();
    std::byte head = type;
    if (at == 0) head |= kStart;
    if (is_last) head |= kEnd;
    const std::array heads{indicator, head};
    payloads.add({heads, body.subspan(at, length)}, is_last ? even.padding : std::uint8_t{0});
  }
}

// Puts NAL units that follow each other into one payload as long as they fit.
class Aggregator {
 public:
  Aggregator(PayloadList& payloads, std::size_t payload_bytes_max)
      : payloads_(payloads), payload_bytes_max_(payload_bytes_max) {}

  void add(ByteView nal) {
    if (bytes_ + kSizeBytes + nal.size() > payload_bytes_max_) flush();
    if (nal.size() > payload_bytes_max_) return add_fragments(payloads_, nal, payload_bytes_max_);
    waiting_.push_back(nal);
    bytes_ += kSizeBytes + nal.size();
  }
  void flush() {
    if (waiting_.size() == 1) payloads_.add({waiting_.front()});
    if (waiting_.size() > 1) payloads_.add({aggregate()});
    waiting_.clear();
    bytes_ = 1;
  }

 private:
  static constexpr std::size_t kSizeBytes = 2;

  // RFC 6184 section 5.7.1: as important as the most important of its units.
  Bytes aggregate() const {
    Bytes out{kAggregateType};
    out.reserve(bytes_);
    for (const ByteView nal : waiting_) {
      out[0] = std::max(out[0] & kReferenceMask, nal[0] & kReferenceMask) | kAggregateType;
      out.push_back(static_cast<std::byte>(nal.size() >> 8));
      out.push_back(static_cast<std::byte>(nal.size() & 0xFF));
      out.insert(out.end(), nal.begin(), nal.end());
    }
    return out;
  }

  PayloadList& payloads_;
  const std::size_t payload_bytes_max_;
  std::vector<ByteView> waiting_;
  std::size_t bytes_ = 1;  // of the aggregate that waits
};

}  // namespace

Result<PayloadList> packetize_h264(const Unit& unit, std::size_t payload_bytes_max) {
  const auto nals = h264::split_length_prefixed(*unit.payload, 4);
  if (!nals) return fail(nals.error());
  if (nals->empty()) return fail(ErrorKind::invalid, "unit-empty", "A picture has no NAL units.");
  std::optional<h264::DecoderConfig> config;
  if (unit.keyframe) {
    auto parsed = h264::parse_avcc(unit.config->record);
    if (!parsed) return fail(parsed.error());
    config = std::move(*parsed);
  }
  PayloadList payloads;
  const std::size_t count =
      unit.payload->size() / (payload_bytes_max - kFragmentHeads) + nals->size();
  payloads.reserve(unit.payload->size() + unit.config->record.size() + 2 * kFragmentHeads * count,
                   count + 1);
  Aggregator out(payloads, payload_bytes_max);
  if (config) {
    for (const auto* sets : {&config->sps, &config->pps}) {
      for (const Bytes& set : *sets) out.add(set);
    }
  }
  for (const ByteView nal : *nals) out.add(nal);
  out.flush();
  return payloads;
}

}  // namespace geili::media::rtp
