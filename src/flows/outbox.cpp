#include "flows/outbox.hpp"

namespace geili::flows {

std::string show_topic(ShowId show) {
  return "show." + std::to_string(show.value);
}

void append(store::Tx& tx, ShowId show, const RoomNotice& notice, Instant now) {
  tx.last("INSERT INTO outbox (topic, payload, created_at) VALUES ($1, $2, $3)", show_topic(show),
          to_json(notice), now);
}

std::int64_t newest_outbox_id(store::Tx& tx) {
  return *tx.integer("SELECT COALESCE(MAX(id), 0) FROM outbox");
}

}  // namespace geili::flows
