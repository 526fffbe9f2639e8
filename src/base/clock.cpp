#include "base/clock.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace geili {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Reads exactly `count` digits at `at` and moves past them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
  if (text.size() < at + count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  at += count;
  return value;
}

bool literal(std::string_view text, std::size_t& at, char upper, char lower) {
  if (at >= text.size() || (text[at] != upper && text[at] != lower)) return false;
  ++at;
  return true;
}

// The fraction of a second in microseconds; further digits are dropped.
std::optional<std::int64_t> fraction_us(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  ++at;
  std::int64_t value = 0;
  int seen = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++seen) {
    if (seen < 6) value = value * 10 + (text[at] - '0');
  }
  if (seen == 0 || seen > 12) return std::nullopt;
  for (; seen < 6; ++seen) value *= 10;
  return value;
}

std::optional<int> offset_minutes(std::string_view text, std::size_t& at) {
  if (literal(text, at, 'Z', 'z')) return 0;
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
  const int sign = text[at++] == '-' ? -1 : 1;
  const auto hours = digits(text, at, 2);
  if (!hours || *hours > 23 || !literal(text, at, ':', ':')) return std::nullopt;
  const auto minutes = digits(text, at, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(instant.us)};
  const auto day = std::chrono::floor<days>(time);
  const year_month_day date{day};
  const auto ms_of_day = std::chrono::duration_cast<std::chrono::milliseconds>(time - day).count();
  std::array<char, 40> text{};
  const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                                   int(date.year()), unsigned(date.month()), unsigned(date.day()),
                                   int(ms_of_day / 3'600'000), int(ms_of_day / 60'000 % 60),
                                   int(ms_of_day / 1000 % 60), int(ms_of_day % 1000));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  std::size_t at = 0;
  const auto year = digits(text, at, 4);
  if (!year || *year < 1970 || !literal(text, at, '-', '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !literal(text, at, '-', '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day || !literal(text, at, 'T', 't')) return std::nullopt;
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 23 || !literal(text, at, ':', ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59 || !literal(text, at, ':', ':')) return std::nullopt;
  const auto second = digits(text, at, 2);
  if (!second || *second > 60) return std::nullopt;
  const auto us = fraction_us(text, at);
  if (!us) return std::nullopt;
  const auto offset = offset_minutes(text, at);
  if (!offset || at != text.size()) return std::nullopt;

  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t seconds = sys_days(date).time_since_epoch().count() * std::int64_t{86'400} +
                               *hour * 3600 + *minute * 60 + *second - *offset * 60;
  return Instant{seconds * 1'000'000 + *us};
}

}  // namespace geili
