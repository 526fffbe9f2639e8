#include "media/rtcp/publisher_clock.hpp"

#include <algorithm>
#include <cstdlib>

#include "media/rtcp/ntp.hpp"
#include "media/ticks.hpp"

namespace geili::media::rtcp {
namespace {

constexpr std::int64_t kReportFromPacketSMax = 3;
constexpr std::int64_t kSkewUsMax = 2'000'000;  // between tracks, that networks and encoders cause
constexpr std::int64_t kSameUs = 100'000;       // two reports that agree
constexpr std::int64_t kSlewDivisor = 50;       // 20 ms a second
// Timestamps that have run away from the time of day so far are a new beginning.
constexpr std::int64_t kAstrayUs = 3'600'000'000;

Track other(Track track) {
  return track == Track::video ? Track::audio : Track::video;
}

}  // namespace

PublisherClock::PublisherClock(std::uint32_t video_rate_hz, std::uint32_t audio_rate_hz) {
  lane(Track::video).rate_hz = video_rate_hz;
  lane(Track::audio).rate_hz = audio_rate_hz;
  lane(Track::video, Layer::low).rate_hz = video_rate_hz;
}

std::int64_t PublisherClock::time_us(Track track, std::uint32_t timestamp, Instant now,
                                     Layer layer) {
  Lane& at = lane(track, layer);
  const bool is_first = !at.timestamps.last();
  std::int64_t stamp_us = us_of(at.timestamps.unwrap(timestamp), at.rate_hz);
  if (is_first || std::abs(stamp_us + at.offset_us - now.us) > kAstrayUs) {
    Lane anew;
    anew.rate_hz = at.rate_hz;
    stamp_us = us_of(anew.timestamps.unwrap(timestamp), at.rate_hz);
    anew.offset_us = anew.target_us = now.us - stamp_us;
    anew.slewed = now;
    at = anew;
    return now.us;
  }
  const std::int64_t step_us = std::max<std::int64_t>(0, (now - at.slewed).count() / kSlewDivisor);
  if (step_us > 0) {
    at.offset_us += std::clamp(at.target_us - at.offset_us, -step_us, step_us);
    at.slewed = now;
  }
  return stamp_us + at.offset_us;
}

std::int64_t PublisherClock::to_slew_us(Track track, Layer layer) const {
  const Lane& at = lanes_[lane_index(track, layer)];
  return at.target_us - at.offset_us;
}

bool PublisherClock::may_lead(Track track, std::int64_t ntp_offset_us) const {
  const Lane& follower = lanes_[index_of(other(track))];
  if (!follower.ntp_offset_us) return true;
  const std::int64_t clock_minus_ntp_us = lanes_[index_of(track)].offset_us - ntp_offset_us;
  const std::int64_t target_us = *follower.ntp_offset_us + clock_minus_ntp_us;
  return std::abs(target_us - follower.offset_us) <= kSkewUsMax;
}

void PublisherClock::lead_by(Track track, std::int64_t ntp_offset_us) {
  Lane& leader = lane(track);
  leader_ = track;
  leader.target_us = leader.offset_us;
  clock_minus_ntp_us_ = leader.offset_us - ntp_offset_us;
  for (Lane& follower : lanes_) {
    if (&follower == &leader || !follower.ntp_offset_us) continue;
    const std::int64_t target_us = *follower.ntp_offset_us + *clock_minus_ntp_us_;
    if (std::abs(target_us - follower.offset_us) <= kSkewUsMax) {
      follower.target_us = target_us;
    } else {
      follower.ntp_offset_us.reset();
    }
  }
}

PublisherClock::Verdict PublisherClock::sender_report(Track track, std::uint64_t ntp,
                                                      std::uint32_t timestamp, Instant now,
                                                      Layer layer) {
  Lane& at = lane(track, layer);
  if (!at.timestamps.last()) return Verdict::early;
  const std::int64_t ticks = at.timestamps.peek(timestamp);
  const std::int64_t from_packet = std::abs(ticks - *at.timestamps.last());
  if (ntp == 0 || from_packet > kReportFromPacketSMax * at.rate_hz) return Verdict::insane;
  const bool may_lead_at_all = layer == Layer::source;
  if (!may_lead_at_all && !clock_minus_ntp_us_) return Verdict::early;
  if (!clock_minus_ntp_us_) ntp_origin_ = ntp;
  const std::int64_t report_us = us_of(ticks, at.rate_hz);
  const std::int64_t ntp_offset_us = ntp_distance_us(ntp, ntp_origin_) - report_us;

  const bool takes_lead = may_lead_at_all && (!clock_minus_ntp_us_ ||
                                              (track == Track::audio && leader_ == Track::video));
  const bool fits =
      takes_lead ? may_lead(track, ntp_offset_us)
                 : std::abs(ntp_offset_us + *clock_minus_ntp_us_ - at.offset_us) <= kSkewUsMax;
  if (!fits) return settle_suspect(at, ntp_offset_us, report_us, now);
  if (takes_lead) lead_by(track, ntp_offset_us);
  at.target_us = ntp_offset_us + *clock_minus_ntp_us_;
  at.ntp_offset_us = ntp_offset_us;
  at.suspect_us.reset();
  return Verdict::used;
}

// A far report that is repeated: either the timestamps have jumped, and the report brings the track
// back to the time of day, or the sender's time of day was set.
PublisherClock::Verdict PublisherClock::settle_suspect(Lane& at, std::int64_t ntp_offset_us,
                                                       std::int64_t report_us, Instant now) {
  const bool repeated = at.suspect_us && std::abs(ntp_offset_us - *at.suspect_us) <= kSameUs;
  at.suspect_us = ntp_offset_us;
  if (!repeated || !clock_minus_ntp_us_) return Verdict::suspect;
  const std::int64_t target_us = ntp_offset_us + *clock_minus_ntp_us_;
  const std::int64_t off_after = std::abs(report_us + target_us - now.us);
  const std::int64_t off_before = std::abs(report_us + at.offset_us - now.us);
  if (off_after < off_before) {
    at.offset_us = at.target_us = target_us;
  } else if (&at == &lane(leader_)) {
    lead_by(leader_, ntp_offset_us);
  } else {
    return Verdict::suspect;
  }
  at.ntp_offset_us = ntp_offset_us;
  at.suspect_us.reset();
  return Verdict::used;
}

}  // namespace geili::media::rtcp
