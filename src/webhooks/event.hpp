#pragma once
// What a shop's own programs may hear of, as noun.verb.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geili::webhooks {

enum class Event : std::uint8_t {
  order_placed,
  order_paid,
  order_refunded,
  order_cancelled,
  order_packed,
  order_handed_over,
  parcel_shipped,
  parcel_delivered,
  return_asked,
  product_sold_out,
  show_started,
  show_ended,
  payout_paid,
  test,  // of the button alone: nobody chooses it
};
inline constexpr int kChosenEvents = static_cast<int>(Event::test);

std::string_view to_text(Event event);  // "order.placed"
// Of those that are chosen.
std::optional<Event> parse_event(std::string_view text);

// As rows keep them: words with a space between them.
std::string words_of(const std::vector<Event>& events);
std::vector<Event> events_of(std::string_view words);

}  // namespace geili::webhooks
