#include "flows/outbox.hpp"

#include "stock/available_sql.hpp"

namespace geili::flows {

std::string show_topic(ShowId show) {
  return "show." + std::to_string(show.value);
}

void append(store::Tx& tx, ShowId show, const RoomNotice& notice, Instant now) {
  tx.last("INSERT INTO outbox (topic, payload, created_at) VALUES ($1, $2, $3)", show_topic(show),
          to_json(notice), now);
}

// As to_json(StockChanged) says it.
void append_stock(store::Tx& tx, ShowId show, ProductId product, Instant now) {
  tx.last(
      "INSERT INTO outbox (topic, payload, created_at)"
      " SELECT $1, '{\"type\":\"stock\",\"product_id\":\"' || CAST(s.product_id AS TEXT)"
      " || '\",\"available\":' || CAST(" GEILI_AVAILABLE
      " AS TEXT) || '}', $3 FROM stock s WHERE s.product_id = $2",
      show_topic(show), product, now);
}

void append_deal_left(store::Tx& tx, ShowId show, stock::DealId deal, Instant now) {
  tx.last(
      "INSERT INTO outbox (topic, payload, created_at)"
      " SELECT $1, '{\"type\":\"deal_left\",\"deal_id\":\"' || CAST(d.id AS TEXT)"
      " || '\",\"left\":' || CAST(d.units - d.taken AS TEXT) || '}', $3 FROM deal d"
      " WHERE d.id = $2",
      show_topic(show), deal, now);
}

std::int64_t newest_outbox_id(store::Tx& tx) {
  return *tx.integer("SELECT COALESCE(MAX(id), 0) FROM outbox");
}

}  // namespace geili::flows
