#include "trade/day.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace geili::trade {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

// Digits alone, at least `least` and at most `most` of them.
std::optional<int> number(std::string_view text, std::size_t least, std::size_t most) {
  const bool fits = text.size() >= least && text.size() <= most &&
                    std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!fits) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Day> day_of(std::optional<int> year, std::optional<int> month,
                          std::optional<int> day) {
  constexpr int kFirstYear = 1970;
  if (!year || !month || !day || *year < kFirstYear) return std::nullopt;
  const chrono::year_month_day date(chrono::year(*year),
                                    chrono::month(static_cast<unsigned>(*month)),
                                    chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string padded(unsigned value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string to_text(Day day) {
  const chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "-" +
         padded(static_cast<unsigned>(date.month())) + "-" +
         padded(static_cast<unsigned>(date.day()));
}

std::optional<Day> parse_day(std::string_view text) {
  constexpr std::size_t kLength = 10;
  if (text.size() != kLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  return day_of(number(text.substr(0, 4), 4, 4), number(text.substr(5, 2), 2, 2),
                number(text.substr(8, 2), 2, 2));
}

std::optional<Day> parse_written_day(std::string_view text) {
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  const auto month = std::ranges::find(kMonths, text.substr(first + 1, last - first - 1));
  if (month == kMonths.end()) return std::nullopt;
  return day_of(number(text.substr(last + 1), 4, 4), static_cast<int>(month - kMonths.begin()) + 1,
                number(text.substr(0, first), 1, 2));
}

}  // namespace geili::trade
