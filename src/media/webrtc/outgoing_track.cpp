#include "media/webrtc/outgoing_track.hpp"

#include "media/webrtc/random_number.hpp"

namespace geili::media::webrtc {
namespace {

// First numbers stay below it, so that one lost first packet cannot be taken for a rollover.
constexpr std::uint16_t kFirstSequenceMask = 0x3FFF;
// 150 ms of a picture's clock: more would be heard as sound that comes too early.
constexpr std::int32_t kAheadTicksMax = 13'500;

std::uint16_t random_first() {
  return random_number<std::uint16_t>() & kFirstSequenceMask;
}

}  // namespace

OutgoingTrack::OutgoingTrack(const sdp::Codec& codec, std::uint32_t ssrc, std::uint32_t rtx_ssrc)
    : ssrc_(ssrc),
      rtx_ssrc_(rtx_ssrc),
      payload_type_(codec.payload_type),
      rtx_payload_type_(codec.rtx_payload_type),
      next_(random_first()),
      rtx_index_(random_first()) {}

bool OutgoingTrack::go_on_with(Layer layer, const rtp::SharedPackets& packets) {
  Run run{.layer = layer, .first = next_, .shift = next_ - packets.first_sequence};
  const auto ahead = static_cast<std::int32_t>(last_timestamp_ - packets.timestamp);
  if (started_ && ahead > kAheadTicksMax) return false;
  if (started_ && ahead >= 0) run.later_ticks = static_cast<std::uint32_t>(ahead) + 1;
  runs_[1] = started_ ? runs_[0] : run;
  runs_[0] = run;
  started_ = true;
  return true;
}

std::uint64_t OutgoingTrack::index_of(const rtp::SharedPackets& packets, std::size_t at) const {
  return static_cast<std::uint64_t>(packets.first_sequence + static_cast<std::int64_t>(at) +
                                    runs_[0].shift);
}

rtp::HeaderFields OutgoingTrack::header(const rtp::SharedPackets& packets, std::size_t at) const {
  const std::uint64_t index = index_of(packets, at);
  rtp::HeaderFields fields = packets.header(at);
  fields.sequence = static_cast<std::uint16_t>(index);
  fields.payload_type = payload_type_;
  fields.ssrc = ssrc_;
  fields.timestamp += runs_[0].later_ticks;
  return fields;
}

void OutgoingTrack::sent(const rtp::SharedPackets& packets) {
  next_ = packets.end_sequence() + runs_[0].shift;
  last_timestamp_ = header(packets, 0).timestamp;
  packets_ += static_cast<std::uint32_t>(packets.payloads.size());
  octets_ += static_cast<std::uint32_t>(packets.payloads.bytes());
}

std::int64_t OutgoingTrack::unwrap(std::uint16_t sequence) const {
  const std::int64_t newest = next_ - 1;
  return newest - static_cast<std::uint16_t>(static_cast<std::uint16_t>(newest) - sequence);
}

const OutgoingTrack::Run* OutgoingTrack::run_of(std::int64_t index) const {
  for (const Run& run : runs_) {
    if (index >= run.first) return &run;
  }
  return nullptr;
}

std::optional<OutgoingTrack::Original> OutgoingTrack::find(std::uint16_t sequence) const {
  if (!started_) return std::nullopt;
  const std::int64_t index = unwrap(sequence);
  const Run* run = run_of(index);
  if (run == nullptr) return std::nullopt;
  return Original{run->layer, static_cast<std::uint16_t>(index - run->shift)};
}

std::optional<OutgoingTrack::Retransmission> OutgoingTrack::retransmit(const rtp::PacketRef& packet,
                                                                       std::uint16_t sequence) {
  const bool is_same = !rtx_payload_type_ || rtx_ssrc_ == 0;
  if (is_same && packet.packets->is_video) return std::nullopt;
  const std::int64_t index = unwrap(sequence);
  const Run* run = run_of(index);
  Retransmission out{packet.header(), 0, is_same};
  if (run != nullptr) out.header.timestamp += run->later_ticks;
  out.index = is_same ? static_cast<std::uint64_t>(index) : rtx_index_++;
  out.header.ssrc = is_same ? ssrc_ : rtx_ssrc_;
  out.header.payload_type = is_same ? payload_type_ : *rtx_payload_type_;
  out.header.sequence = static_cast<std::uint16_t>(out.index);
  return out;
}

}  // namespace geili::media::webrtc
