#pragma once
// The media of a WHEP session. A viewer is keys, numbers of its own and an address: the packets
// are shared, and encrypted from the shared bytes into the send slot. Single-threaded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/rtcp/packet.hpp"
#include "media/rtp/packet_store.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/webrtc/peer_transport.hpp"

namespace geili::media::webrtc {

class Viewer;

// Where a viewer's packets come from; outlives it.
class PacketSource {
 public:
  virtual ~PacketSource() = default;
  virtual const rtp::PacketStore& packets(Track track) const = 0;
  // The time on the stream's timeline now; none before its first unit.
  virtual std::optional<std::int64_t> stream_us(Instant now) const = 0;
  // The viewer can be sent to.
  virtual void opened(Viewer& viewer, Instant now) = 0;
  // Nothing that is kept helps this viewer's picture.
  virtual void want_key_frame() = 0;
};

struct ViewerFigures {
  std::uint64_t packets = 0;  // media, without retransmissions
  std::uint64_t retransmitted = 0;
  std::uint64_t not_kept = 0;           // asked for, but no longer there
  std::optional<std::int64_t> round_trip_us;
  double fraction_lost = 0;             // of the picture, by the last report
  std::optional<std::uint64_t> estimate_bps;  // what the viewer's network carries (REMB)
};

class Viewer final : public MediaEnd {
 public:
  // `sending` is what answer_playback() was told; `transport` and `source` outlive the viewer.
  Viewer(const std::vector<sdp::NegotiatedMedia>& media, const sdp::Sending& sending,
         PeerTransport& transport, PacketSource& source);

  void on_open(Instant now) override { source_.opened(*this, now); }
  void on_rtp(ByteView, Instant) override {}
  void on_rtcp(ByteView datagram, Instant now) override;
  // Sender reports; to be called about every 100 ms.
  void on_timer(Instant now);

  // Whether the track was agreed upon.
  bool takes(Track track) const { return tracks_[index_of(track)].has_value(); }
  // The picture has begun: what comes next continues it.
  bool has_picture() const { return takes(Track::video) && tracks_[index_of(Track::video)]->started; }
  const sdp::Codec* video_codec() const { return video_codec_ ? &*video_codec_ : nullptr; }

  // All packets of one unit in one run. Units of a track come in order; the picture starts with a
  // key frame.
  void send(const rtp::SharedPackets& packets, Instant now);

  PeerTransport& transport() { return transport_; }
  const ViewerFigures& figures() const { return figures_; }

 private:
  struct Line {  // one track on the wire
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
    std::uint8_t payload_type = 0;
    std::optional<std::uint8_t> rtx_payload_type;
    std::uint32_t clock_hz = 0;
    bool started = false;
    std::int64_t shift = 0;       // from shared sequence numbers to this viewer's
    std::int64_t first = 0;       // its own number of its first packet
    std::uint64_t rtx_index = 0;  // of the next retransmission
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
  };
  void start(Line& line, const rtp::SharedPackets& packets);
  void resend(const rtcp::Nack& nack, Instant now);
  bool resend(Line& line, const rtp::PacketRef& packet, std::uint16_t sequence, Instant now);
  void on_reports(const std::vector<rtcp::ReportBlock>& reports, Instant now);
  void send_reports(Instant now);

  PeerTransport& transport_;
  PacketSource& source_;
  std::array<std::optional<Line>, kTrackCount> tracks_;
  std::optional<sdp::Codec> video_codec_;
  std::uint8_t abs_send_time_id_ = 0;
  std::string cname_;
  Instant reported_;
  ViewerFigures figures_;
};

}  // namespace geili::media::webrtc
