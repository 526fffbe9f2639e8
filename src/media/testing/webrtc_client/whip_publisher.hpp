#pragma once
// A phone that goes live: sends a clip in real time, again and again, and listens to what the
// server asks for.

#include <array>
#include <cstdint>
#include <optional>

#include "media/rtp/packet_store.hpp"
#include "media/testing/webrtc_client/client_peer.hpp"
#include "media/testing/webrtc_client/media_file.hpp"

namespace geili::media::testing {

struct WhipOptions {
  PeerOptions peer;
  bool answers = true;  // NACK by RTX, PLI and FIR by the clip's next key frame
  // Each so many pictures one carries the time it was sent, see stamp_of(), in a packet more; 0:
  // none.
  unsigned stamps_every = 0;
  // A lower layer of the picture beside it: the same frames, each of a few bytes.
  bool simulcast = false;
};

struct WhipFigures {
  std::uint64_t pictures = 0;
  std::uint64_t keyframes = 0;
  std::uint64_t sounds = 0;
  std::uint64_t packets = 0;
  std::uint64_t nacked = 0;
  std::uint64_t resent = 0;
  std::uint64_t key_requests = 0;
  std::uint64_t feedbacks = 0;  // TWCC
  std::uint64_t told_received = 0;
  std::uint64_t told_lost = 0;
  std::optional<std::uint64_t> estimate_bps;  // the last REMB
  std::optional<rtcp::ReportBlock> video_report;
};

class WhipPublisher final : public ClientPeer {
 public:
  // `clip` has a picture; sound when it has some.
  WhipPublisher(ClientLoop& loop, const dtls::Context& context, ClipPtr clip,
                WhipOptions options = {});

  std::string offer() const override;
  const WhipFigures& figures() const { return figures_; }
  // Nothing is sent until resume(), which begins with a key frame.
  void pause() { paused_ = true; }
  // Of simulcast, the lower layer alone, as browsers do whose network carries no more; the better
  // one comes back with the clip's next key frame.
  void send_source(bool sends) { sends_source_ = sends; }
  void resume();

 private:
  struct Lane {
    Lane(std::uint32_t rate_hz, Sources own);
    AgreedTrack agreed;
    std::string rid;  // of a simulcast layer
    bool accepted = false;
    Sources sources;
    rtp::PacketStore store;
    std::uint64_t rtx_index = 0;
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
  };

  void on_answer(const Agreed& agreed) override;
  void on_open(Instant now) override;
  void on_srtp(std::span<std::byte> packet, Instant at) override;
  void on_rtcp(const std::vector<rtcp::Packet>& packets, Instant at) override;
  void after_batch(Instant now) override { (void)now; }
  void on_tick(Instant now) override;
  std::chrono::milliseconds tick() const override { return std::chrono::milliseconds(2); }

  void send_unit(Lane& out, const Unit& unit, Instant now);
  void send_payload(Lane& lane, const rtp::HeaderFields& fields, std::uint64_t index,
                    ByteView payload, Instant now);
  void resend(const rtcp::Nack& nack, Instant now);
  void skip_to_key_frame(Instant now);
  void send_reports(Instant now);
  void note(const rtcp::TransportFeedback& feedback);
  Lane& lane(Track track) { return lanes_[index_of(track)]; }

  ClipPtr clip_;
  WhipOptions options_;
  static constexpr std::size_t kLowLane = kTrackCount;
  std::array<Lane, kTrackCount + 1> lanes_;
  std::size_t next_ = 0;  // of the clip's units
  Instant zero_;          // when the clip's present turn began
  Instant began_;         // 0 of the stream's time
  Instant report_at_;
  Instant key_sent_;
  std::uint16_t transport_number_ = 0;
  bool paused_ = false;
  bool sends_source_ = true;
  WhipFigures figures_;
};

}  // namespace geili::media::testing
