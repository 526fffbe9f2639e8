#pragma once
// The segments and parts that a playlist shows, with their bytes. Media sequence numbers begin at
// the second of the stream's birth, so that they go on rising when the program is restarted.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace geili::media::llhls {

using SharedBytes = std::shared_ptr<const std::string>;

struct Part {
  std::int64_t duration_us = 0;
  bool independent = false;
  bool gap = false;
  SharedBytes body;  // null for a gap, and once no playlist names the part any more
};

struct PartNumber {
  std::uint64_t segment = 0;
  std::size_t part = 0;
};

struct Segment {
  std::uint64_t number = 0;  // media sequence number
  std::uint64_t init = 0;    // number of its init segment
  bool discontinuity = false;
  bool complete = false;
  Instant captured;  // UTC of its first sample
  std::int64_t duration_us = 0;
  std::vector<Part> parts;
  SharedBytes body;  // once complete
};

// Single-threaded.
class Window {
 public:
  static constexpr std::size_t kSegmentsListed = 12;
  static constexpr std::size_t kSegmentsKept = 16;  // some more, for requests that are under way

  explicit Window(std::uint64_t first_number, std::uint64_t discontinuity_sequence = 0)
      : next_number_(first_number), discontinuity_sequence_(discontinuity_sequence) {}

  // The segments from here on begin with this init segment. Players are told of a discontinuity
  // (RFC 8216bis section 4.4.4.3) but where times and tracks go on.
  void set_init(std::string init, bool is_discontinuity = true);
  void add_part(Part part, Instant captured);
  // Completes the segment that is under way, if any.
  void end_segment();
  void end() { ended_ = true; }

  bool is_ended() const { return ended_; }
  // Whether there is a playlist: the first segment tells the target duration.
  bool is_ready() const { return target_s_ > 0; }
  // For a window that follows another one, which knows it already.
  void set_target_s(std::int64_t target_s) { target_s_ = target_s; }
  std::int64_t target_s() const { return target_s_; }
  // As listed, oldest first; the last may be under way.
  const std::deque<Segment>& segments() const { return segments_; }
  // Index of the first one listed.
  std::size_t first_listed() const;
  std::uint64_t discontinuity_sequence() const { return discontinuity_sequence_; }
  // Discontinuities up to and with the segment of that number: one that is listed, or the next.
  std::uint64_t discontinuities_at(std::uint64_t number) const;
  // Where the next part goes.
  std::uint64_t next_segment() const;
  std::size_t next_part() const;
  std::uint64_t parts_count() const { return parts_count_; }
  // The newest part; none before the first.
  std::optional<PartNumber> last_part() const;
  // None when no longer or not yet there.
  const Segment* find(std::uint64_t number) const;
  SharedBytes init(std::uint64_t number) const;

 private:
  Segment& open_segment(Instant captured);
  void forget();

  std::deque<Segment> segments_;
  std::map<std::uint64_t, SharedBytes> inits_;  // by the number of the first segment that uses it
  std::uint64_t init_ = 0;
  std::uint64_t next_number_;
  std::uint64_t discontinuity_sequence_ = 0;
  std::uint64_t parts_count_ = 0;
  std::int64_t target_s_ = 0;
  bool discontinuity_pending_ = false;
  bool ended_ = false;
};

}  // namespace geili::media::llhls
