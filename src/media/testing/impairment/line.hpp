#pragma once
// One direction of a bad network link, without sockets and without a time of its own: what goes in
// comes out later, or not at all. The same seed and the same packets give the same losses, whatever
// the other settings are.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>

#include "base/bytes.hpp"
#include "base/clock.hpp"

namespace geili::media::testing {

struct LineSettings {
  unsigned loss_permille = 0;
  // Mean length of a run of losses (Gilbert-Elliott, all lost while it is bad); 1: each datagram
  // for itself.
  unsigned burst_packets = 1;
  unsigned duplicate_permille = 0;
  unsigned delay_ms = 0;
  unsigned jitter_ms = 0;  // added, evenly spread from none to this
  bool reorder = false;    // jitter may change the order of datagrams
  unsigned rate_kbps = 0;  // 0: without limit
  // In front of the rate; a datagram that does not fit is dropped.
  unsigned queue_bytes = 64 * 1024;

  friend bool operator==(const LineSettings&, const LineSettings&) = default;
};

// A datagram, or a piece of a stream.
struct Parcel {
  std::uint64_t flow = 0;  // the sender's own number
  bool is_stream = false;
  bool is_end = false;  // of a stream; behind its last bytes
  Bytes bytes;
};

struct LineFigures {
  std::uint64_t packets = 0;  // that came, datagrams and segments of streams
  std::uint64_t bytes = 0;
  std::uint64_t forwarded = 0;
  std::uint64_t lost = 0;           // by chance
  std::uint64_t queue_dropped = 0;  // by the queue's limit or the line's own (kParcelsMax)
  std::uint64_t cut_dropped = 0;
  std::uint64_t duplicated = 0;
  std::uint64_t stream_losses = 0;  // segments that came late for it
};

// Single-threaded.
class Line {
 public:
  static constexpr std::size_t kParcelsMax = 32'768;  // under way
  // Of a stream; what a loss holds up.
  static constexpr std::size_t kSegmentBytes = 1'460;

  explicit Line(std::uint64_t seed, LineSettings settings = {})
      : random_(seed), settings_(settings) {}

  // For what comes from now on; what is under way stays, and is not overtaken.
  void set(const LineSettings& settings) { settings_ = settings; }
  const LineSettings& settings() const { return settings_; }

  void send(Parcel datagram, Instant now);

  // Where a stream is: its parcels never overtake each other.
  struct StreamPlace {
    Instant due;  // of its last parcel
  };
  // Never dropped: ask is_full() before. At most kSegmentBytes. One that is lost comes
  // `retransmission` later, and so does all behind it.
  void send_stream(Parcel segment, StreamPlace& place, std::chrono::microseconds retransmission,
                   Instant now);
  // The queue in front of the rate has no room, or too much is under way.
  bool is_full(Instant now) const;

  // What is there by now, in order of time.
  std::optional<Parcel> pop(Instant now);
  // When pop() has more; none when nothing is under way.
  std::optional<Instant> next() const;

  // Datagrams that come or are under way are dropped from now on.
  void cut_datagrams(bool is_cut) { is_cut_ = is_cut; }
  const LineFigures& figures() const { return figures_; }

 private:
  struct Chance {  // drawn for every parcel, so that settings do not shift each other's numbers
    double loss;
    double duplicate;
    double jitter;
  };
  Chance draw();
  double draw_one();
  bool loses(double chance);
  std::int64_t queued_us(Instant now) const;
  std::int64_t cost_us(std::size_t bytes) const;
  Instant leaves(std::size_t bytes, Instant now);
  Instant arrives(std::size_t bytes, double jitter, Instant now);

  std::mt19937_64 random_;
  LineSettings settings_;
  bool is_cut_ = false;
  bool is_bad_ = false;  // within a run of losses
  Instant busy_until_;   // the rate has sent all before
  Instant last_due_;     // of datagrams
  std::multimap<Instant, Parcel> under_way_;
  LineFigures figures_;
};

}  // namespace geili::media::testing
