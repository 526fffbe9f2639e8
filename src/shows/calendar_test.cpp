#include "shows/calendar.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace geili::shows {
namespace {

constexpr CalendarWords kWords{.shop_name = "Pearl House", .origin = "https://pearls.example"};

Show show_of(std::string title) {
  return {.id = {12},
          .shop = {1},
          .title = std::move(title),
          .starts_at = *parse_rfc3339("2026-11-29T18:30:00Z"),
          .started_at = {},
          .ended_at = {},
          .pinned = {},
          .version = 3};
}

std::string of(const Show& show) {
  return calendar_of(show, kWords, *parse_rfc3339("2026-11-28T09:00:00.5Z"));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find("\r\n", from);
    if (end == std::string::npos) {
      ADD_FAILURE() << "a line without its end";
      break;
    }
    lines.push_back(text.substr(from, end - from));
    from = end + 2;
  }
  return lines;
}

std::string unfolded(std::string text) {
  for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
  return text;
}

TEST(ShowCalendar, SaysWhenItBeginsAndRemindsBefore) {
  EXPECT_EQ(lines_of(of(show_of("Morning pearls"))),
            (std::vector<std::string>{"BEGIN:VCALENDAR",
                                      "VERSION:2.0",
                                      "PRODID:-//Geili//Shows//EN",
                                      "METHOD:PUBLISH",
                                      "BEGIN:VEVENT",
                                      "UID:show-12@pearls.example",
                                      "DTSTAMP:20261128T090000Z",
                                      "SEQUENCE:2",
                                      "DTSTART:20261129T183000Z",
                                      "DURATION:PT1H",
                                      "SUMMARY:Morning pearls · Pearl House",
                                      "URL:https://pearls.example/shows/12",
                                      "STATUS:CONFIRMED",
                                      "BEGIN:VALARM",
                                      "ACTION:DISPLAY",
                                      "TRIGGER:-PT10M",
                                      "DESCRIPTION:Morning pearls",
                                      "END:VALARM",
                                      "END:VEVENT",
                                      "END:VCALENDAR"}));
}

TEST(ShowCalendar, HasTheTimesThatWereWhenItIsOver) {
  Show show = show_of("Evening");
  show.started_at = *parse_rfc3339("2026-11-29T18:34:10Z");
  show.ended_at = *parse_rfc3339("2026-11-29T19:02:00Z");
  const std::string text = of(show);
  EXPECT_NE(text.find("\r\nDTSTART:20261129T183410Z\r\nDTEND:20261129T190200Z\r\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("DURATION"), std::string::npos);
}

TEST(ShowCalendar, IsCancelledWithoutAnAlarmWhenItWasCalledOff) {
  Show show = show_of("Evening");
  show.status = ShowStatus::ended;
  show.ended_at = *parse_rfc3339("2026-11-28T08:00:00Z");
  const std::string text = of(show);
  EXPECT_NE(text.find("\r\nDTSTART:20261129T183000Z\r\nDURATION:PT1H\r\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"), std::string::npos) << text;
}

TEST(ShowCalendar, NoTitleCanAddALineOrEndAValue) {
  const std::string text = of(show_of("A;B,C\\D\nEND:VEVENT"));
  EXPECT_NE(text.find("SUMMARY:A\\;B\\,C\\\\D\\nEND:VEVENT"), std::string::npos) << text;
  EXPECT_EQ(lines_of(text).size(), 20U);
}

// In four bytes a sign, at every place of the fold.
TEST(ShowCalendar, FoldsLongLinesBetweenSigns) {
  for (std::size_t ahead = 0; ahead < 4; ++ahead) {
    std::string title(ahead, 'x');
    for (int i = 0; i < 100; ++i) title += "\xF0\x9F\xA6\xAA";
    const std::string text = of(show_of(title));
    for (const std::string& line : lines_of(text)) {
      EXPECT_LE(line.size(), 75U);
      EXPECT_TRUE(utf8_length(line)) << line;
    }
    EXPECT_NE(unfolded(text).find("DESCRIPTION:" + title + "\r\n"), std::string::npos);
  }
}

}  // namespace
}  // namespace geili::shows
