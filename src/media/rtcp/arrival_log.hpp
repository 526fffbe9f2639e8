#pragma once
// When the packets of a publisher's session arrived, told back to it every 50 to 100 ms, from which
// it learns how much its network carries.

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "base/clock.hpp"
#include "media/rtcp/transport_feedback.hpp"
#include "media/rtp/sequence.hpp"

namespace geili::media::rtcp {

// Single-threaded; one for each session.
class ArrivalLog {
 public:
  // `number`: of the transport-wide header extension.
  void received(std::uint16_t number, Instant arrival);

  // What is to be sent now, and nothing while it is too early or nothing came. The SSRCs are the
  // caller's to fill in. Feedback that was lost is not repeated, but packets that come late are
  // told with all their neighbours of the last half second.
  std::vector<TransportFeedback> due(Instant now);

 private:
  void forget(Instant now);
  TransportFeedback take(std::int64_t end);

  rtp::SequenceUnwrapper numbers_;
  std::map<std::int64_t, Instant> arrivals_;
  std::int64_t next_ = 0;     // the first that was not told yet
  std::int64_t highest_ = 0;  // that came
  std::size_t untold_ = 0;
  bool started_ = false;
  Instant last_sent_;
  std::uint8_t count_ = 0;
};

}  // namespace geili::media::rtcp
