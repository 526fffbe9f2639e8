#pragma once
// The media of a WHIP session: packets in, access units out, and the feedback that lets the
// sender find its bit rate and repair its losses. Single-threaded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/rtcp/arrival_log.hpp"
#include "media/rtcp/key_frame_requests.hpp"
#include "media/rtcp/packet.hpp"
#include "media/rtcp/publisher_clock.hpp"
#include "media/rtcp/receiver_estimator.hpp"
#include "media/rtp/abs_send_time.hpp"
#include "media/rtp/track_receiver.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/webrtc/layer_fallback.hpp"
#include "media/webrtc/peer_transport.hpp"

namespace geili::media::webrtc {

struct PublisherFigures {
  std::uint64_t packets = 0;
  std::int64_t packets_lost = 0;
  std::uint64_t packets_recovered = 0;
  std::uint64_t pictures_damaged = 0;
  std::uint64_t key_frame_requests = 0;
  std::uint64_t estimate_bps = 0;
  std::optional<std::int64_t> round_trip_us;
};

class Publisher final : public MediaEnd {
 public:
  static constexpr std::size_t kSourcesMax = 12;

  // Units in decoding order of each track and layer.
  using Sink = std::function<void(SourceUnit unit)>;
  // A literal; the codec or format cannot be taken.
  using Refused = std::function<void(const char* code)>;

  // `transport` outlives the publisher.
  Publisher(std::vector<sdp::NegotiatedMedia> media, PeerTransport& transport, Sink sink,
            Refused refused);

  void on_open(Instant now) override;
  void on_rtp(ByteView packet, Instant now) override;
  void on_rtcp(ByteView datagram, Instant now) override;
  // To be called after each batch of datagrams.
  void after_batch(Instant now);
  // To be called every 10 ms.
  void on_timer(Instant now);
  // Of the picture of `layer`; asked for at most once a second until it comes.
  void want_key_frame(Layer layer) { key_requests_[index_of(layer)].want(); }

  PublisherFigures figures() const;
  // When the last media came; none before any.
  const std::optional<Instant>& heard() const { return heard_; }

 private:
  struct Source {
    std::uint32_t ssrc = 0;
    std::size_t medium = 0;
    Layer layer = Layer::source;
    bool is_rtx = false;
    // Of what is not rtx.
    std::uint8_t payload_type = 0;
    std::unique_ptr<rtp::TrackReceiver> receiver;
    std::uint64_t sr_ntp = 0;
    Instant sr_at;
  };
  Source* find(std::uint32_t ssrc);
  // A source that was not heard before; null when it cannot be placed.
  Source* admit(const rtp::Header& header);
  std::optional<Layer> layer_of(const rtp::Header& header, std::size_t medium, bool is_rtx) const;
  // The source that `rtx` repeats.
  Source* repeated_by(const Source& rtx);
  void set_codec(Source& source, const sdp::Codec& codec);
  void note_arrival(const rtp::PacketView& packet, const Source& source, Instant now);
  void take(Instant now);
  void pass_on(SourceUnit unit, Instant now);
  std::optional<std::int64_t> round_trip_us() const;
  void repair(Instant now);
  void ask_for_key_frames(Instant now);
  void tell_arrivals(Instant now);
  void report(Instant now);
  void on_sender_report(const rtcp::SenderReport& report, Instant now);

  const std::vector<sdp::NegotiatedMedia> media_;
  PeerTransport& transport_;
  const Sink sink_;
  const Refused refused_;
  const std::uint32_t ssrc_;  // ours, in reports
  std::vector<Source> sources_;
  rtcp::PublisherClock clock_;
  rtcp::ArrivalLog arrivals_;
  const bool sender_estimates_;  // by the arrival times it is told
  rtcp::ReceiverEstimator estimator_;
  rtp::AbsSendClock send_clock_;
  std::array<rtcp::KeyFrameRequests, kLayerCount> key_requests_;
  LayerFallback layers_;
  std::vector<SourceUnit> units_;
  std::optional<Instant> heard_;
  Instant reported_;
  Instant key_wanted_;
};

}  // namespace geili::media::webrtc
