#pragma once
// One source of a publisher, from its decrypted packets to units: order, retransmission, access
// units, time.

#include <cstdint>
#include <memory>
#include <vector>

#include "media/rtcp/publisher_clock.hpp"
#include "media/rtp/depacketizer.hpp"
#include "media/rtp/nack_tracker.hpp"
#include "media/rtp/packet.hpp"
#include "media/rtp/reception.hpp"
#include "media/rtp/reorder_buffer.hpp"
#include "media/rtp/sequence.hpp"

namespace geili::media::rtp {

struct TrackReceiverLimits {
  NackLimits nack;
  ReorderLimits reorder;
  // On a long way a packet that is asked for again takes longer: the patience of both grows with
  // the round trip up to this.
  std::int64_t patience_us_max = 1'500'000;
};

// None for AAC, which browsers do not send.
std::unique_ptr<Depacketizer> make_depacketizer(Codec codec);

// Single-threaded.
class TrackReceiver {
 public:
  // `rate_hz`: of the RTP timestamps. `clock` outlives the receiver.
  TrackReceiver(Track track, std::uint32_t rate_hz, std::unique_ptr<Depacketizer> depacketizer,
                rtcp::PublisherClock& clock, TrackReceiverLimits limits = {},
                Layer layer = Layer::source)
      : track_(track),
        layer_(layer),
        depacketizer_(std::move(depacketizer)),
        clock_(clock),
        limits_(limits),
        statistics_(rate_hz),
        nack_(limits.nack),
        reorder_(limits.reorder) {}

  enum class Way : std::uint8_t { first, retransmitted };  // the latter: out of restore_rtx()
  void received(const PacketView& packet, Way way, Instant now);
  // Appends the units that are complete; to be called after each batch of packets and every 20 ms
  // or so. Errors: those of Depacketizer::push.
  Result<void> take(Instant now, std::vector<SourceUnit>& out);
  // The sequence numbers to ask for again; to be called after take().
  std::vector<std::uint16_t> nacks(Instant now, std::int64_t round_trip_us);
  bool needs_key() const { return depacketizer_->needs_key(); }

  ReceptionStatistics& statistics() { return statistics_; }
  const NackTracker& nack() const { return nack_; }
  const ReorderBuffer& reorder() const { return reorder_; }
  const Depacketizer& depacketizer() const { return *depacketizer_; }

 private:
  Track track_;
  Layer layer_;
  std::unique_ptr<Depacketizer> depacketizer_;
  rtcp::PublisherClock& clock_;
  TrackReceiverLimits limits_;
  SequenceTracker sequences_;
  ReceptionStatistics statistics_;
  NackTracker nack_;
  ReorderBuffer reorder_;
};

}  // namespace geili::media::rtp
