#include "shows/calendar.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"

namespace geili::shows {
namespace {

constexpr std::size_t kLineOctetsMax = 75;  // RFC 5545 section 3.1, without CRLF

// Nobody plans an end; calendars want one.
constexpr std::string_view kPlanned = "PT1H";
constexpr std::string_view kRemindBefore = "-PT10M";

// Folds between code points.
class FoldedLines {
 public:
  void add(std::string_view line) {
    std::size_t room = kLineOctetsMax;
    while (line.size() > room) {
      const std::string_view fits = utf8_prefix(line, room);
      text_.append(fits).append("\r\n ");
      line.remove_prefix(fits.size());
      room = kLineOctetsMax - 1;  // the space counts
    }
    text_.append(line).append("\r\n");
  }
  void add(std::string_view name, std::string_view value) {
    add(std::string(name).append(":").append(value));
  }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

// TEXT, RFC 5545 section 3.3.11.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// "20261129T183000Z"
std::string utc(Instant instant) {
  std::string text = to_rfc3339(instant);
  text.resize(text.find('.'));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + 'Z';
}

std::string_view host_of(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

void add_alarm(FoldedLines& lines, const std::string& title) {
  lines.add("BEGIN:VALARM");
  lines.add("ACTION:DISPLAY");
  lines.add("TRIGGER", kRemindBefore);
  lines.add("DESCRIPTION", title);
  lines.add("END:VALARM");
}

}  // namespace

std::string calendar_of(const Show& show, const CalendarWords& words, Instant now) {
  const std::string id = std::to_string(show.id.value);
  const std::string title = escaped(show.title);
  const bool is_off = is_called_off(show);
  FoldedLines lines;
  lines.add("BEGIN:VCALENDAR");
  lines.add("VERSION:2.0");
  lines.add("PRODID:-//Geili//Shows//EN");
  lines.add("METHOD:PUBLISH");
  lines.add("BEGIN:VEVENT");
  lines.add("UID", "show-" + id + "@" + std::string(host_of(words.origin)));
  lines.add("DTSTAMP", utc(now));
  lines.add("SEQUENCE", std::to_string(std::max<std::int64_t>(show.version - 1, 0)));
  lines.add("DTSTART", utc(show.started_at.value_or(show.starts_at)));
  if (show.ended_at && !is_off) {
    lines.add("DTEND", utc(*show.ended_at));
  } else {
    lines.add("DURATION", kPlanned);
  }
  lines.add("SUMMARY", title + " · " + escaped(words.shop_name));
  lines.add("URL", std::string(words.origin) + "/shows/" + id);
  lines.add("STATUS", is_off ? "CANCELLED" : "CONFIRMED");
  if (!is_off) add_alarm(lines, title);
  lines.add("END:VEVENT");
  lines.add("END:VCALENDAR");
  return std::move(lines).take();
}

}  // namespace geili::shows
