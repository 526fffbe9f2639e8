#pragma once
// What holds whatever has happened. Looked at after every step.

#include <cstdint>
#include <map>
#include <string>

#include "base/bytes.hpp"
#include "flows/simulation/snapshot.hpp"
#include "flows/simulation/world.hpp"
#include "ledger/entry.hpp"

namespace geili::flows::simulation {

// Remembers what was seen, since some things only ever go one way. What does not hold is told to
// World::broke().
class Watch {
 public:
  explicit Watch(World& world) : world_(world) {}

  void look();
  // The whole of the books; dearer.
  void look_at_books();

 private:
  void look_at_stock();
  void look_at_orders();
  void look_at_history();
  void look_at_claims();
  void look_at_claim_of(const OrderRow& order, const LineRow& line);
  void look_at_payments();
  void look_at_payment(const PaymentRow& payment);
  void look_at_parcels();
  void look_at_line();
  void look_at_show();
  void look_at_deals();
  void look_at_prices();
  void look_at_auctions();
  void look_at_wins();
  void look_at_bids();
  void look_at_auction_logs(store::Tx& tx);
  void look_at_coupons();
  void look_at_packets();
  void look_at_discounts();
  void look_at_log(store::Tx& tx);
  void look_at_sales();
  void expect(bool holds, std::string_view what, std::int64_t subject);

  World& world_;
  Snapshot seen_;
  std::map<std::int64_t, std::string> status_;      // of orders, as last seen
  std::map<std::int64_t, std::string> wait_state_;  // of the waiting, likewise
  std::int64_t log_position_ = 0;                   // of the show's log, checked so far
  Bytes log_hash_;
  std::map<std::string, std::string> logged_;  // what the log says last, by mark and product
  std::map<std::string, std::string> marks_;   // by token
  std::map<std::int64_t, std::int64_t>
      followed_;  // lines of auctions that were followed by the rules
  std::optional<ledger::Head> head_;
};

}  // namespace geili::flows::simulation
