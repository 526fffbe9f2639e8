#pragma once
// A viewer: receives, checks and counts; asks again for what is missing.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "media/rtcp/publisher_clock.hpp"
#include "media/rtp/sequence.hpp"
#include "media/rtp/track_receiver.hpp"
#include "media/testing/webrtc_client/client_peer.hpp"

namespace geili::media::testing {

struct WhepOptions {
  PeerOptions peer;
  bool audio = true;
  bool video = true;
  // False: packets are counted by their readable headers, which costs a tenth; RTCP is opened in
  // any case.
  bool decrypts = true;
  bool asks_again = true;                     // NACK, PLI
  std::optional<std::uint64_t> estimate_bps;  // told as REMB each second
};

struct TrackFigures {
  std::uint64_t packets = 0;  // on their first way
  std::uint64_t units = 0;    // pictures that can be decoded, frames of sound
  std::uint64_t keyframes = 0;
  std::int64_t lost = 0;        // packets that did not come the first time
  std::uint64_t recovered = 0;  // of those, by retransmission
  std::uint64_t damaged = 0;    // units that came in part
  std::uint64_t skipped = 0;    // behind a damaged one, up to the next key frame
  std::optional<Instant> first_unit;
  std::optional<Instant> last_unit;
  std::int64_t longest_pause_us = 0;  // between two units
};

struct WhepFigures {
  std::uint64_t unexpected = 0;  // of no source, payload type or track that was agreed on
  std::uint64_t nacked = 0;
  std::uint64_t plis = 0;
  std::uint64_t retransmitted = 0;  // that came as RTX
  std::uint64_t sender_reports = 0;
  std::optional<Instant> first_sender_report;
  // Of the picture's last two sender reports, for the skew of sound and picture.
  std::optional<rtcp::SenderReport> video_report;
  std::optional<rtcp::SenderReport> audio_report;
};

class WhepReceiver final : public ClientPeer {
 public:
  using OnUnit = std::function<void(const SourceUnit& unit, Instant at)>;

  WhepReceiver(ClientLoop& loop, const dtls::Context& context, WhepOptions options = {});

  std::string offer() const override;
  const TrackFigures& track(Track track) const { return lanes_[index_of(track)].figures; }
  const TrackFigures& video() const { return track(Track::video); }
  const TrackFigures& audio() const { return track(Track::audio); }
  const WhepFigures& figures() const { return figures_; }
  // Called with each unit in its order; only while decrypts.
  void on_unit(OnUnit call) { on_unit_ = std::move(call); }
  void ask_for_key_frame();

 private:
  struct Lane {
    AgreedTrack agreed;
    bool accepted = false;
    std::unique_ptr<rtp::TrackReceiver> receiver;
    rtp::SequenceTracker sequences;  // when packets are not opened
    std::optional<rtp::ReceptionStatistics> statistics;
    std::optional<std::uint32_t> last_sr;
    Instant sr_came;
    TrackFigures figures;
  };

  void on_answer(const Agreed& agreed) override;
  void on_open(Instant now) override;
  void on_srtp(std::span<std::byte> packet, Instant at) override;
  void on_rtcp(const std::vector<rtcp::Packet>& packets, Instant at) override;
  void after_batch(Instant now) override;
  void on_tick(Instant now) override;
  std::chrono::milliseconds tick() const override {
    return std::chrono::milliseconds(options_.decrypts ? 20 : 100);
  }

  void prepare(Track track, const std::optional<AgreedTrack>& agreed);
  Lane* lane_of(std::uint32_t ssrc, bool& is_rtx);
  void on_media(Lane& lane, const rtp::PacketView& packet, bool is_rtx, Instant at);
  void take(Lane& lane, Instant now);
  void report(Instant now);
  rtp::ReceptionStatistics* statistics(Lane& lane) {
    return lane.receiver ? &lane.receiver->statistics()
                         : (lane.statistics ? &*lane.statistics : nullptr);
  }

  WhepOptions options_;
  std::array<Lane, kTrackCount> lanes_;
  rtcp::PublisherClock media_clock_{90'000, 48'000};
  std::uint32_t ssrc_ = 1;  // of our reports
  Instant report_at_;
  Instant pli_at_;
  WhepFigures figures_;
  OnUnit on_unit_;
  std::vector<SourceUnit> units_;
};

}  // namespace geili::media::testing
