#pragma once
// Puts the RTP timestamps of a publisher's tracks on one clock, so that sound and picture belong
// together. A track starts at its first packet's arrival and is then slewed to what its sender
// reports say; no packet ever waits for a report.

#include <array>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "media/rtp/sequence.hpp"
#include "media/unit.hpp"

namespace geili::media::rtcp {

// Single-threaded; one for each publication.
class PublisherClock {
 public:
  // Sound keeps its place when the tracks disagree, and the picture moves: ears notice.
  PublisherClock(std::uint32_t video_rate_hz, std::uint32_t audio_rate_hz);

  // Where a timestamp stands on the clock, in microseconds.
  std::int64_t time_us(Track track, std::uint32_t timestamp, Instant now,
                       Layer layer = Layer::source);

  enum class Verdict : std::uint8_t {
    used,
    early,    // no packet has come yet to measure it by
    insane,   // far from the packets or without a time
    suspect,  // far from where the track stands; believed when the next report says the same
  };
  // `ntp` and `timestamp` of a sender report.
  // A lower picture follows the other tracks and leads none.
  Verdict sender_report(Track track, std::uint64_t ntp, std::uint32_t timestamp, Instant now,
                        Layer layer = Layer::source);

  // How far the track still has to move; 0 before its first report.
  std::int64_t to_slew_us(Track track, Layer layer = Layer::source) const;

 private:
  struct Lane {
    std::int64_t rate_hz = 0;
    rtp::TimestampUnwrapper timestamps;
    std::int64_t offset_us = 0;  // clock minus timestamps
    std::int64_t target_us = 0;  // where the offset is going
    Instant slewed;
    std::optional<std::int64_t> ntp_offset_us;  // NTP minus timestamps, by the last report used
    std::optional<std::int64_t> suspect_us;     // the same by a report that was not believed
  };
  static std::size_t lane_index(Track track, Layer layer) {
    return track == Track::video && layer == Layer::low ? kTrackCount : index_of(track);
  }
  Lane& lane(Track track, Layer layer = Layer::source) { return lanes_[lane_index(track, layer)]; }
  // Takes what the clock is to NTP from where this track stands, and aims the others.
  void lead_by(Track track, std::int64_t ntp_offset_us);
  bool may_lead(Track track, std::int64_t ntp_offset_us) const;
  Verdict settle_suspect(Lane& at, std::int64_t ntp_offset_us, std::int64_t report_us, Instant now);

  std::array<Lane, kTrackCount + 1> lanes_;
  std::uint64_t ntp_origin_ = 0;  // of the first report
  std::optional<std::int64_t> clock_minus_ntp_us_;
  Track leader_ = Track::video;  // whose place clock_minus_ntp_us_ was taken from
};

}  // namespace geili::media::rtcp
