#include "webhooks/event.hpp"

#include <array>

namespace geili::webhooks {
namespace {

constexpr std::array<std::string_view, kChosenEvents + 1> kNames{
    "order.placed", "order.paid",        "order.refunded", "order.cancelled",
    "order.packed", "order.handed_over", "parcel.shipped", "parcel.delivered",
    "return.asked", "product.sold_out",  "show.started",   "show.ended",
    "payout.paid",  "webhook.test"};

}  // namespace

std::string_view to_text(Event event) {
  return kNames.at(static_cast<std::size_t>(event));
}

std::optional<Event> parse_event(std::string_view text) {
  for (int i = 0; i < kChosenEvents; ++i) {
    const auto event = static_cast<Event>(i);
    if (to_text(event) == text) return event;
  }
  return std::nullopt;
}

std::string words_of(const std::vector<Event>& events) {
  std::string words;
  for (const Event event : events) {
    if (!words.empty()) words += ' ';
    words += to_text(event);
  }
  return words;
}

std::vector<Event> events_of(std::string_view words) {
  std::vector<Event> events;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    if (const auto event = parse_event(words.substr(0, space))) events.push_back(*event);
    words = space == std::string_view::npos ? "" : words.substr(space + 1);
  }
  return events;
}

}  // namespace geili::webhooks
