#pragma once
// One track as all viewers of it get it: packets are made once, numbered once and kept for those
// who missed some.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "media/rtp/packet.hpp"
#include "media/rtp/packetizer.hpp"
#include "media/unit.hpp"

namespace geili::media::rtp {

// The packets of one unit, unencrypted. Immutable, may be read from any thread.
struct SharedPackets {
  std::int64_t first_sequence = 0;  // unwrapped; the low 16 bits are sent
  std::uint32_t timestamp = 0;
  bool is_video = false;
  bool keyframe = false;
  Instant added;
  PayloadList payloads;  // never empty

  std::int64_t end_sequence() const {
    return first_sequence + static_cast<std::int64_t>(payloads.size());
  }
  // What is the same for every viewer; payload type, SSRC and extensions are the viewer's.
  HeaderFields header(std::size_t index) const {
    HeaderFields fields;
    fields.padded = payloads.is_padded(index);
    fields.marker = is_video && index + 1 == payloads.size();
    fields.sequence = static_cast<std::uint16_t>(first_sequence + static_cast<std::int64_t>(index));
    fields.timestamp = timestamp;
    return fields;
  }
};
using SharedPacketsPtr = std::shared_ptr<const SharedPackets>;

struct PacketRef {
  SharedPacketsPtr packets;
  std::size_t index = 0;

  HeaderFields header() const { return packets->header(index); }
  // With its padding.
  ByteView payload() const { return packets->payloads.padded(index); }
};

struct PacketStoreLimits {
  std::int64_t keep_us = 2'000'000;
  // Of packets, for keeping the group of pictures as well; below half the sequence numbers.
  std::int64_t packets_max = 16'384;
};

// Single-threaded.
class PacketStore {
 public:
  // The first numbers are random (RFC 3550 section 5.1).
  PacketStore(std::uint32_t rate_hz, std::uint16_t first_sequence, std::uint32_t first_timestamp,
              PacketStoreLimits limits = {})
      : rate_hz_(rate_hz),
        timestamp_offset_(first_timestamp),
        next_sequence_(first_sequence),
        limits_(limits) {}

  // Errors: those of packetize().
  Result<SharedPacketsPtr> add(const Unit& unit, Instant now);
  // A packet that was sent and is still kept.
  std::optional<PacketRef> find(std::uint16_t sequence) const;
  // What a viewer who joins now is sent first: all since the last key frame, which comes first.
  // Empty when it is not kept any more; audio: always empty.
  std::vector<SharedPacketsPtr> since_key() const;
  // The RTP time of a stream time, for sender reports.
  std::uint32_t timestamp_of(std::int64_t stream_us) const;

  std::size_t units() const { return kept_.size(); }

 private:
  void trim(Instant now);

  std::uint32_t rate_hz_;
  std::uint32_t timestamp_offset_;
  std::int64_t next_sequence_;
  PacketStoreLimits limits_;
  std::deque<SharedPacketsPtr> kept_;
  std::optional<std::int64_t> key_sequence_;  // of the last key frame
};

}  // namespace geili::media::rtp
