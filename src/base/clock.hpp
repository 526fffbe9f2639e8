#pragma once
// Time as the program knows it. Business rules take a Clock; tests turn a ManualClock.

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace geili {

// UTC, in microseconds since 1970-01-01; stored as int64.
struct Instant {
  std::int64_t us = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant t, std::chrono::microseconds d) { return {t.us + d.count()}; }
  friend Instant operator-(Instant t, std::chrono::microseconds d) { return {t.us - d.count()}; }
  friend std::chrono::microseconds operator-(Instant a, Instant b) {
    return std::chrono::microseconds(a.us - b.us);
  }
};

// RFC 3339 with milliseconds and Z: "2026-11-23T20:15:55.120Z".
std::string to_rfc3339(Instant instant);
// Accepts RFC 3339 date-times (any offset, optional fraction) of the years 1970 to 9999.
std::optional<Instant> parse_rfc3339(std::string_view text);

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return {std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
  }
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start = {1'795'000'000'000'000}) : us_(start.us) {}
  Instant now() const override { return {us_.load()}; }
  void advance(std::chrono::microseconds by) { us_ += by.count(); }

 private:
  std::atomic<std::int64_t> us_;
};

}  // namespace geili
