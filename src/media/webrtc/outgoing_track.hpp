#pragma once
// One track of a viewer on the wire: its own sequence numbers over packets that are shared, through
// changes of the layer they are taken from. Single-threaded.

#include <array>
#include <cstdint>
#include <optional>

#include "media/rtp/packet_store.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/unit.hpp"

namespace geili::media::webrtc {

class OutgoingTrack {
 public:
  // `rtx_ssrc` 0: retransmissions have no stream of their own.
  OutgoingTrack(const sdp::Codec& codec, std::uint32_t ssrc, std::uint32_t rtx_ssrc);

  std::uint32_t ssrc() const { return ssrc_; }
  std::uint8_t payload_type() const { return payload_type_; }
  bool has_started() const { return started_; }
  Layer layer() const { return runs_[0].layer; }

  // The next packets are these, of `layer`: the first of all, or after others than the last sent.
  // False, and nothing is changed, when they are from too long before those.
  bool go_on_with(Layer layer, const rtp::SharedPackets& packets);
  // The whole number (RFC 3711 section 3.3.1) of a packet of the layer, and its header as far as
  // it is the same with every viewer's extensions.
  std::uint64_t index_of(const rtp::SharedPackets& packets, std::size_t at) const;
  rtp::HeaderFields header(const rtp::SharedPackets& packets, std::size_t at) const;
  void sent(const rtp::SharedPackets& packets);

  // What one of the last sequence numbers stands for; none for what was never sent.
  struct Original {
    Layer layer = Layer::source;
    std::uint16_t shared_sequence = 0;
  };
  std::optional<Original> find(std::uint16_t sequence) const;
  // The header of the next retransmission of that packet, and the whole number it goes by.
  struct Retransmission {
    rtp::HeaderFields header;
    std::uint64_t index = 0;
    bool is_same = false;
  };
  // Without a stream for them sound is sent again as it was, to the bit, because under one number
  // nothing else may be encrypted; of a picture there is none then.
  std::optional<Retransmission> retransmit(const rtp::PacketRef& packet, std::uint16_t sequence);

  std::uint32_t packets_sent() const { return packets_; }
  std::uint32_t octets_sent() const { return octets_; }

 private:
  // Own numbers from `first` on are the shared ones plus `shift`.
  struct Run {
    Layer layer = Layer::source;
    std::int64_t first = 0;
    std::int64_t shift = 0;
    // Time never goes back: the first picture of a run comes at least a tick after the last of the
    // run before, and the others with it.
    std::uint32_t later_ticks = 0;
  };
  const Run* run_of(std::int64_t index) const;
  std::int64_t unwrap(std::uint16_t sequence) const;

  std::uint32_t ssrc_;
  std::uint32_t rtx_ssrc_;
  std::uint8_t payload_type_;
  std::optional<std::uint8_t> rtx_payload_type_;
  bool started_ = false;
  std::array<Run, 2> runs_{};  // the newest first
  std::int64_t next_ = 0;      // own number of the next packet
  std::uint32_t last_timestamp_ = 0;
  std::uint64_t rtx_index_;
  std::uint32_t packets_ = 0;
  std::uint32_t octets_ = 0;
};

}  // namespace geili::media::webrtc
