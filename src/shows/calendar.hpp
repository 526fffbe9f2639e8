#pragma once
// A show as an entry of a calendar: iCalendar (RFC 5545), which phones and desktops open by
// themselves.

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "shows/show.hpp"

namespace geili::shows {

struct CalendarWords {
  std::string_view shop_name;
  std::string_view origin;  // "https://example.org"; the show's page is below it
};

// One event with an alarm ten minutes before, in UTF-8 with CRLF lines of at most 75 octets. Of one
// origin it always has the same UID, and SEQUENCE grows with the show's version, so that a calendar
// takes a later copy for the same event. One that was called off is cancelled, without an alarm.
// DTSTAMP is `now`.
std::string calendar_of(const Show& show, const CalendarWords& words, Instant now);

}  // namespace geili::shows
