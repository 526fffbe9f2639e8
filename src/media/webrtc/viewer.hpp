#pragma once
// The media of a WHEP session. A viewer is keys, numbers of its own and an address: the packets
// are shared, and encrypted from the shared bytes into the send slot. Single-threaded.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/rtcp/packet.hpp"
#include "media/rtp/packet_store.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/webrtc/layer_choice.hpp"
#include "media/webrtc/outgoing_track.hpp"
#include "media/webrtc/peer_transport.hpp"

namespace geili::media::webrtc {

class Viewer;

// Where a viewer's packets come from; outlives it.
class PacketSource {
 public:
  virtual ~PacketSource() = default;
  // `layer` is of the picture.
  virtual const rtp::PacketStore& packets(Track track, Layer layer) const = 0;
  // The time on the stream's timeline now; none before its first unit.
  virtual std::optional<std::int64_t> stream_us(Instant now) const = 0;
  // What of the choice between the layers is the same for all whose decoders take both.
  virtual LayerConditions layers(Instant now) const = 0;
  // The viewer can be sent to.
  virtual void opened(Viewer& viewer, Instant now) = 0;
  // Nothing that is kept helps a viewer's picture.
  virtual void want_key_frame(Layer layer) = 0;
};

struct ViewerFigures {
  std::uint64_t packets = 0;  // media, without retransmissions
  std::uint64_t retransmitted = 0;
  std::uint64_t not_kept = 0;  // asked for, but no longer there
  std::uint64_t layer_changes = 0;
  std::optional<std::int64_t> round_trip_us;
  double fraction_lost = 0;                   // of the picture, by the last report
  std::optional<std::uint64_t> estimate_bps;  // what the viewer's network carries (REMB)
};

class Viewer final : public MediaEnd {
 public:
  // `sending` is what answer_playback() was told; `transport` and `source` outlive the viewer.
  Viewer(const std::vector<sdp::NegotiatedMedia>& media, const sdp::Sending& sending,
         PeerTransport& transport, PacketSource& source);

  void on_open(Instant now) override;
  void on_rtp(ByteView, Instant) override {}
  void on_rtcp(ByteView datagram, Instant now) override;
  // Sender reports, and the choice of the layer; to be called about every 100 ms.
  void on_timer(Instant now);

  // Whether the track was agreed upon.
  bool takes(Track track) const { return tracks_[index_of(track)].has_value(); }
  // The picture has begun: what comes next continues it.
  bool has_picture() const {
    return takes(Track::video) && tracks_[index_of(Track::video)]->has_started();
  }
  const sdp::Codec* video_codec() const { return video_codec_ ? &*video_codec_ : nullptr; }
  // Whether the decoder takes the lower picture; not until told.
  void set_low_fits(bool fits) { low_fits_ = fits; }

  // The layer that the viewer gets, and the one it is to get from a key frame on.
  Layer layer() const {
    return has_picture() ? tracks_[index_of(Track::video)]->layer() : choice_.chosen();
  }
  Layer wanted_layer() const { return choice_.chosen(); }

  // All packets of a unit, or of a picture and the sound that goes with it, in one run. Units of a
  // track come in order; the picture starts, and changes its layer, with a key frame.
  struct Part {
    const rtp::SharedPackets* packets = nullptr;
    Layer layer = Layer::source;
  };
  void send(std::span<const Part> parts, Instant now);

  PeerTransport& transport() { return transport_; }
  const ViewerFigures& figures() const { return figures_; }

 private:
  std::optional<OutgoingTrack>& track_of(const rtp::SharedPackets& packets) {
    return tracks_[index_of(packets.is_video ? Track::video : Track::audio)];
  }
  // Whether the track may be sent these now.
  bool prepare(const Part& part, bool& starts);
  void write(OutgoingTrack& track, const rtp::SharedPackets& packets, Instant now);
  void resend(const rtcp::Nack& nack, Instant now);
  bool resend(OutgoingTrack& track, const rtp::PacketRef& packet, std::uint16_t sequence,
              Instant now);
  void on_reports(const std::vector<rtcp::ReportBlock>& reports, Instant now);
  void choose_layer(Instant now);
  void send_reports(Instant now);
  // Adds the time of sending to the header.
  void seal(rtp::HeaderFields fields, std::uint64_t index, ByteView payload, Instant sent);

  PeerTransport& transport_;
  PacketSource& source_;
  std::array<std::optional<OutgoingTrack>, kTrackCount> tracks_;
  std::optional<sdp::Codec> video_codec_;
  std::uint8_t abs_send_time_id_ = 0;
  bool low_fits_ = false;
  LayerChoice choice_;
  std::string cname_;
  Instant opened_;
  Instant reported_;
  ViewerFigures figures_;
};

}  // namespace geili::media::webrtc
