#pragma once
// What the bus tells a room. Topic show.<id>; the payload is one JSON object:
//   {"id":77,"type":"sold","number":12,"name":"Ana","product_id":"5","title":"Necklace","quantity":1}
//   {"id":78,"type":"stock","product_id":"5","available":3}
//   {"id":79,"type":"product","product":{CARD}}     {"id":80,"type":"pinned","product":{CARD}}
//   {"id":81,"type":"unpinned"}                     {"id":82,"type":"hidden","hidden_seq":41}
//   {"id":83,"type":"status","status":"live"}       {"id":84,"type":"video","video":"away"}
//   {"id":90,"type":"co_host","video":"live"}
//   {"id":86,"type":"deal_announced","deal":{DEAL}}
//   {"id":87,"type":"deal_left","deal_id":"3","left":4}
//   {"id":88,"type":"deal_ended","deal_id":"3","product_id":"5","reason":"over"}
//   {"id":85,"type":"chat_changed"}
//   {"id":89,"type":"draw","draw":{…}}
//   {"id":90,"type":"auction","auction":{…}}
//   {"id":90,"type":"coupon","coupon_id":"7","left":50}
//   {"id":91,"type":"taken","name":"Ana","product_id":"5","number":12,"quantity":3}
//   {"id":92,"type":"red_packet","packet":{…}}
//   {"id":93,"type":"packet_left","packet_id":"7","left":3}
// `id` is the outbox row's: a repeat of it is passed over. Without it (what no outbox holds)
// nothing is. CARD is ProductCard of api/live-events.yaml, DEAL its Deal with the times as
// starts_at_us and ends_at_us. Unknown members are ignored: nodes of
// two versions may meet.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "live/commands.hpp"

namespace geili::live {

std::string show_topic(ShowId show);

struct BusMessage {
  std::int64_t outbox_id = 0;  // 0: none
  Command command;
};

// Fails with bus-message-invalid. Commands that only viewers give are not read from the bus.
Result<BusMessage> decode_bus_message(std::string_view json);
// Asserts that the command is one of the above.
std::string encode_bus_message(const BusMessage& message);

}  // namespace geili::live
