#pragma once
// A payment provider that keeps its own book of what was paid and given back, does everything once
// by its key, and says what happened as events that are delivered whenever it pleases the
// simulation. It answers Asks; what they look like on the wire is for the tests of payments/.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "flows/simulation/random.hpp"
#include "payments/ask.hpp"

namespace geili::flows::simulation {

// What the buyer has paid in one go.
struct SimMoney {
  std::string reference;
  std::int64_t amount_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t fee_minor = 0;
};

struct SimRefund {
  std::string key;
  std::string money;
  std::int64_t amount_minor = 0;
  bool is_refused = false;
  bool is_pending = false;  // its end is told by an event
};

struct SimPayment {
  std::string reference;  // ours
  std::string provider;
  std::string provider_reference;
  ShopId shop;
  payments::Method method = payments::Method::card;
  Money amount;
  bool is_cancelled = false;
  bool refuses_a_refund = false;  // the next one, for good
  std::vector<SimMoney> money;
  std::vector<SimRefund> refunds;
};

struct SimEvent {
  ShopId shop;
  std::string provider;
  payments::Event event;
};

class SimProvider {
 public:
  explicit SimProvider(Random& random) : random_(random) {}

  // Does what is asked, or has done it before. A refusal is final.
  Result<payments::Answer> answer(const payments::Ask& ask, ShopId shop);
  // The buyer pays what was made, if it may still be paid; false: not now.
  bool pay(SimPayment& payment);
  void decline(SimPayment& payment);
  // Somebody gives money back at the provider's own desk.
  void refund_at_desk(SimPayment& payment, std::int64_t amount_minor);
  // Somebody gives back there all money but this one.
  void refund_others_at_desk(const std::string& reference, const std::string& money);
  // Refunds that were pending come to their end.
  void finish_refunds();

  SimPayment* find(const std::string& reference);
  const SimMoney* find_money(const std::string& reference, const std::string& money);
  std::deque<SimPayment>& payments() { return payments_; }
  std::vector<SimEvent>& events() { return events_; }
  // What nobody but a broken caller would ask; empty: nothing.
  const std::string& fault() const { return fault_; }

 private:
  Result<payments::Answer> create(const payments::Ask& ask, ShopId shop);
  Result<payments::Answer> cancel(SimPayment& payment);
  Result<payments::Answer> refund(SimPayment& payment, const payments::Ask& ask);
  Result<payments::Answer> look_up(const payments::Ask& ask);
  std::vector<payments::Evidence> evidence_of(const SimPayment& payment, const SimMoney& money,
                                              bool tells_fee) const;
  payments::Answer answer_of(const SimPayment& payment) const;
  void tell(const SimPayment& payment, payments::Event event);
  void tell_paid(const SimPayment& payment, const SimMoney& money);
  void tell_refunded(const SimPayment& payment, const SimMoney& money);

  Random& random_;
  std::deque<SimPayment> payments_;  // stay where they are
  std::vector<SimEvent> events_;
  std::int64_t last_id_ = 0;
  std::string fault_;
};

}  // namespace geili::flows::simulation
