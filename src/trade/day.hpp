#pragma once
// Days of the calendar (UTC), as rates are dated.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace geili::trade {

using Day = std::chrono::sys_days;

inline Day day_of(Instant instant) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(instant.us)));
}

// "2026-11-27" (RFC 3339 full-date), of the years 1970 to 9999.
std::string to_text(Day day);
std::optional<Day> parse_day(std::string_view text);
// "27 November 2026" or "7 November 2026", as the European Central Bank dates its daily file.
std::optional<Day> parse_written_day(std::string_view text);

}  // namespace geili::trade
