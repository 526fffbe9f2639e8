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
  std::int64_t time_us(Track track, std::uint32_t timestamp, Instant now);

  enum class Verdict : std::uint8_t {
    used,
    early,    // no packet has come yet to measure it by
    insane,   // far from the packets or without a time
    suspect,  // far from where the track stands; believed when the next report says the same
  };
  // `ntp` and `timestamp` of a sender report.
  Verdict sender_report(Track track, std::uint64_t ntp, std::uint32_t timestamp, Instant now);

  // How far the track still has to move; 0 before its first report.
  std::int64_t to_slew_us(Track track) const;

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
  Lane& lane(Track track) { return lanes_[index_of(track)]; }
  // Takes what the clock is to NTP from where this track stands, and aims the other track.
  void lead_by(Track track, std::int64_t ntp_offset_us);
  bool may_lead(Track track, std::int64_t ntp_offset_us) const;
  Verdict settle_suspect(Track track, std::int64_t ntp_offset_us, std::int64_t report_us,
                         Instant now);

  std::array<Lane, kTrackCount> lanes_;
  std::uint64_t ntp_origin_ = 0;  // of the first report
  std::optional<std::int64_t> clock_minus_ntp_us_;
  Track leader_ = Track::video;  // whose place clock_minus_ntp_us_ was taken from
};

}  // namespace geili::media::rtcp
