#pragma once
// Sequence numbers and timestamps that do not begin again.

#include <cstdint>
#include <optional>
#include <type_traits>

namespace geili::media::rtp {

// Takes each value as the one nearest to the value before it. The low bits stay those on the wire.
template <class Wire>
class Unwrapper {
 public:
  std::int64_t unwrap(Wire value) {
    last_ = last_ ? peek(value) : std::int64_t{value};
    return *last_;
  }
  // The same without moving on.
  std::int64_t peek(Wire value) const {
    if (!last_) return value;
    const auto step = static_cast<Wire>(value - static_cast<Wire>(*last_));
    return *last_ + static_cast<std::make_signed_t<Wire>>(step);
  }
  std::optional<std::int64_t> last() const { return last_; }

 private:
  std::optional<std::int64_t> last_;
};

using SequenceUnwrapper = Unwrapper<std::uint16_t>;
using TimestampUnwrapper = Unwrapper<std::uint32_t>;

// The validity rules of RFC 3550 appendix A.1 for one source: a number far off is believed only
// when the next one follows it, and the source has then begun anew.
class SequenceTracker {
 public:
  static constexpr std::int64_t kDropoutMax = 3'000;
  static constexpr std::int64_t kMisorderMax = 1'000;

  struct Placed {
    std::int64_t sequence = 0;  // the low 16 bits are the packet's
    bool restarted = false;     // nothing before it is related to it
  };

  // None for a packet that is not to be used.
  std::optional<Placed> place(std::uint16_t sequence) {
    if (!highest_) {
      highest_ = sequence;
      return Placed{sequence, true};
    }
    const auto wire_step =
        static_cast<std::uint16_t>(sequence - static_cast<std::uint16_t>(*highest_));
    const std::int64_t step = static_cast<std::int16_t>(wire_step);
    if (step <= kDropoutMax && step >= -kMisorderMax) {
      suspect_.reset();
      const std::int64_t placed = *highest_ + step;
      if (step > 0) highest_ = placed;
      return Placed{placed, false};
    }
    if (suspect_ != sequence) {
      suspect_ = static_cast<std::uint16_t>(sequence + 1);
      return std::nullopt;
    }
    suspect_.reset();
    highest_ = (*highest_ | 0xFFFF) + 1 + sequence;
    return Placed{*highest_, true};
  }

 private:
  std::optional<std::int64_t> highest_;
  std::optional<std::uint16_t> suspect_;  // what would confirm a restart
};

}  // namespace geili::media::rtp
