#include "flows/simulation/invariants.hpp"

#include <algorithm>
#include <set>

#include "ledger/verify.hpp"
#include "stock/claim_log.hpp"

namespace geili::flows::simulation {
namespace {

using store::Row;
using store::Tx;

bool is_taken(const ClaimRow& claim) {
  return claim.state == "held" || claim.state == "claimed";
}

bool by_provider(const PaymentRow& payment) {
  return payment.provider == "stripe" || payment.provider == "mercado_pago";
}

// What a logged entry means for its claim.
std::string state_by_log(const std::string& what) {
  return what == "confirmed" ? "claimed" : what;
}

}  // namespace

void Watch::expect(bool holds, std::string_view what, std::int64_t subject) {
  if (!holds) world_.broke(std::string(what) + " (" + std::to_string(subject) + ")");
}

void Watch::look() {
  world_.read([&](Tx& tx) -> Result<bool> {
    seen_ = take_snapshot(tx);
    look_at_log(tx);
    look_at_auction_logs(tx);
    const auto uneven = tx.integer(
        "SELECT COUNT(*) FROM (SELECT currency FROM ledger_account GROUP BY currency"
        " HAVING SUM(debits_minor) <> SUM(credits_minor)) AS t");
    expect(*uneven == 0, "the books of a currency do not come to nothing", *uneven);
    return true;
  });
  look_at_stock();
  look_at_orders();
  look_at_history();
  look_at_claims();
  look_at_payments();
  look_at_sales();
  look_at_parcels();
  look_at_line();
  look_at_show();
  look_at_deals();
  look_at_prices();
  look_at_auctions();
  look_at_coupons();
  look_at_packets();
  look_at_discounts();
}

void Watch::look_at_books() {
  world_.read([&](Tx& tx) -> Result<bool> {
    for (const ledger::Finding& finding : ledger::verify(tx, head_)) {
      world_.broke("the books: " + finding.fault + " at " + finding.subject);
    }
    head_ = ledger::head(tx);
    return true;
  });
}

// On hand, held or out: as many as there were. What came back and went on sale again is out no
// more.
void Watch::look_at_stock() {
  std::map<std::int64_t, std::int64_t> out;
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.parts == 0 && is_taken(claim)) out[claim.product] += claim.quantity;
  }
  for (const ReturnedRow& back : seen_.returned) {
    if (!is_restocked(back.request)) continue;
    const LineRow& line =
        seen_.orders.at(back.order).lines.at(static_cast<std::size_t>(back.position));
    const ClaimRow& claim = seen_.claims.at(line.claim);
    if (claim.state != "claimed") continue;
    if (claim.parts == 0) out[claim.product] -= back.quantity;
    for (const auto& [id, part] : seen_.claims) {
      if (part.bundle_claim != line.claim) continue;
      out[part.product] -= part.quantity / claim.quantity * back.quantity;
    }
  }
  for (const auto& [product, was] : world_.supply) {
    const std::int64_t left = seen_.available.at(product.value);
    expect(left >= 0, "stock below zero", product.value);
    expect(left + out[product.value] == was, "units were made or lost of a product", product.value);
  }
}

void Watch::look_at_orders() {
  std::size_t known = 0;
  for (const Intent& intent : world_.intents) known += intent.placed.size();
  expect(known == seen_.orders.size(), "orders that nobody asked for, or lost ones",
         static_cast<std::int64_t>(seen_.orders.size()));
  for (const Promise& promise : world_.promises) {
    const auto found = seen_.orders.find(promise.order.value);
    expect(found != seen_.orders.end(), "an acknowledged order is gone", promise.order.value);
    if (found == seen_.orders.end()) continue;
    const bool is_same = found->second.content() == promise.content &&
                         found->second.device == promise.device.value &&
                         found->second.shop == promise.shop.value;
    expect(is_same, "an acknowledged order is another now", promise.order.value);
  }
}

void Watch::look_at_history() {
  const std::set<std::pair<std::string, std::string>> may_follow{
      {"placed", "packed"},   {"placed", "handed_over"}, {"packed", "handed_over"},
      {"packed", "placed"},   {"placed", "cancelled"},   {"packed", "cancelled"},
      {"cancelled", "placed"}};
  std::set<std::int64_t> paid_late;
  for (const PaymentRow& payment : seen_.payments) {
    if (payment.late == "kept") paid_late.insert(payment.order);
  }
  for (const auto& [id, order] : seen_.orders) {
    std::string& before = status_[id];
    if (!before.empty() && before != order.status) {
      expect(may_follow.contains({before, order.status}), "an order went a way that is none", id);
      expect(before != "cancelled" || paid_late.contains(id), "an order came back unpaid", id);
    }
    before = order.status;
  }
}

void Watch::look_at_claim_of(const OrderRow& order, const LineRow& line) {
  const auto found = seen_.claims.find(line.claim);
  if (found == seen_.claims.end()) return expect(false, "a line without a claim", line.claim);
  const ClaimRow& claim = found->second;
  expect(claim.product == line.product && claim.quantity == line.quantity,
         "a claim of other goods than its line", line.claim);
  if (order.status == "cancelled") {
    return expect(!is_taken(claim), "a cancelled order keeps its units", line.claim);
  }
  if (order.status == "handed_over") return;
  expect(claim.state == "claimed", "an order without its units", line.claim);
}

void Watch::look_at_claims() {
  std::map<std::int64_t, std::int64_t> lines;  // by claim
  for (const auto& [id, order] : seen_.orders) {
    for (const LineRow& line : order.lines) {
      ++lines[line.claim];
      look_at_claim_of(order, line);
      const bool is_out = order.status == "handed_over" && !world_.goods_back.contains(OrderId{id});
      expect(!is_out || seen_.claims[line.claim].state == "claimed",
             "goods that were handed over are on sale", id);
    }
  }
  std::map<std::int64_t, std::int64_t> parts;  // by the bundle's claim
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.bundle_claim == 0) {
      const std::int64_t wanted = claim.state == "claimed" ? 1 : 0;
      expect(claim.state == "released" || lines[id] == wanted,
             "a claim that is no order's, or that of two", id);
      continue;
    }
    ++parts[claim.bundle_claim];
    expect(claim.state == seen_.claims[claim.bundle_claim].state, "a part has left its bundle", id);
  }
  for (const auto& [id, claim] : seen_.claims) {
    expect(claim.parts == parts[id], "a bundle without all of its parts", id);
  }
}

void Watch::look_at_payment(const PaymentRow& payment) {
  const OrderRow& order = seen_.orders.at(payment.order);
  expect(payment.refunded_minor <= payment.received_minor, "more went back than came", payment.id);
  expect(payment.late != "undecided", "late money waits for nobody", payment.id);
  const bool is_packed = order.status == "packed" || order.status == "handed_over";
  expect(!is_packed || !payment.is_prepaid || payment.received_minor > 0,
         "goods go out that were not paid", payment.order);
  expect(order.status == "cancelled" || payment.is_open() || payment.received_minor > 0,
         "an order stands that nobody will pay", payment.order);
  expect(order.status != "cancelled" || !payment.is_open(), "a cancelled order waits for money",
         payment.order);
  std::int64_t done = 0;
  std::int64_t under_way = 0;
  for (const RefundRow& refund : seen_.refunds) {
    const bool is_of_it =
        refund.payment == payment.id && refund.money_reference == payment.money_reference;
    if (!is_of_it || refund.state == "failed") continue;
    (refund.state == "done" ? done : under_way) += refund.amount_minor;
  }
  const std::int64_t kept =
      payment.received_minor - std::max(done, payment.refunded_minor) - under_way;
  const SimMoney* money = world_.provider.find_money(payment.key, payment.money_reference);
  // What went back at the provider's desk may not have been heard of yet.
  const std::int64_t kept_there =
      money == nullptr ? kept : payment.received_minor - money->refunded_minor - under_way;
  const bool may_keep =
      !payment.problem.empty() || world_.goods_back.contains(OrderId{payment.order});
  expect(order.status != "cancelled" || kept <= 0 || kept_there <= 0 || may_keep,
         "the money of a cancelled order is kept", payment.order);
  if (!by_provider(payment) || payment.received_minor == 0) return;
  if (money == nullptr) return expect(false, "money that never came", payment.id);
  expect(payment.refunded_minor <= money->refunded_minor, "a refund that was never made",
         payment.id);
}

void Watch::look_at_payments() {
  std::set<std::int64_t> opened;
  for (const PaymentRow& payment : seen_.payments) {
    look_at_payment(payment);
    const bool counts = payment.is_open() || payment.is_sale();
    expect(!counts || opened.insert(payment.order).second, "an order is paid twice", payment.order);
  }
}

// The books know the sales that were paid, with what came and what went back.
void Watch::look_at_sales() {
  std::map<std::int64_t, const SaleRow*> by_order;
  for (const SaleRow& sale : seen_.sales) by_order[sale.order] = &sale;
  std::set<std::int64_t> paid;
  for (const PaymentRow& payment : seen_.payments) {
    if (!payment.is_sale()) continue;
    paid.insert(payment.order);
    const auto found = by_order.find(payment.order);
    const bool went_back_at_once =
        found == by_order.end() && payment.refunded_minor == payment.received_minor;
    if (went_back_at_once) continue;
    if (found == by_order.end()) {
      expect(false, "a paid order is not in the books", payment.order);
      continue;
    }
    expect(found->second->sold_minor == payment.received_minor,
           "the books know another price of an order", payment.order);
    expect(found->second->back_minor == payment.refunded_minor,
           "the books know other refunds of an order", payment.order);
  }
  for (const SaleRow& sale : seen_.sales) {
    expect(paid.contains(sale.order), "the books have an order that is not paid", sale.order);
  }
}

void Watch::look_at_parcels() {
  std::map<std::int64_t, std::int64_t> units;  // by order
  for (const auto& [id, parcel] : seen_.parcels) {
    expect(parcel.state != "cancelled" || parcel.units.empty(), "a cancelled parcel is not empty",
           id);
    for (const auto& [order_id, count] : parcel.units) {
      units[order_id] += count;
      const OrderRow& order = seen_.orders.at(order_id);
      expect(order.status != "cancelled" && order.is_delivered,
             "a parcel holds what is not to be sent", id);
      expect(parcel.state == "open" || order.status != "placed",
             "a parcel is closed over an order that is not packed", id);
    }
  }
  for (const auto& [id, order] : seen_.orders) {
    const bool is_sent = order.is_delivered && order.status != "cancelled";
    expect(units[id] == (is_sent ? order.units() : 0), "not all of an order lies in parcels", id);
  }
}

// Nobody waits for what is there, and whoever was offered something was the next.
void Watch::look_at_line() {
  for (const WaitRow& wait : seen_.waits) {
    std::string& before = wait_state_[wait.id];
    const bool is_new_offer = wait.state == "offered" && before != "offered";
    before = wait.state;
    if (wait.state == "waiting") {
      expect(wait.quantity > seen_.available.at(wait.product), "somebody waits for what is there",
             wait.id);
    }
    if (!is_new_offer) continue;
    for (const WaitRow& other : seen_.waits) {
      const bool was_first = other.id < wait.id && other.product == wait.product &&
                             other.state == "waiting" && other.quantity <= wait.quantity;
      expect(!was_first, "somebody was passed over in the line", other.id);
    }
  }
}

void Watch::look_at_show() {
  std::map<std::int64_t, std::int64_t> taken;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> by_buyer;
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.show == 0 || !is_taken(claim)) continue;
    taken[claim.product] += claim.quantity;
    by_buyer[{claim.product, claim.device}] += claim.quantity;
  }
  for (const ShowCountRow& count : seen_.show_counts) {
    expect(count.taken == taken[count.product], "the show has counted wrong", count.product);
    expect(count.units_max < 0 || count.taken <= count.units_max, "the show sold more than it may",
           count.product);
  }
  for (const auto& [of, units] : seen_.show_buyers) {
    expect(units <= by_buyer[of], "a buyer is charged with units of others", of.second);
  }
}

// Never more units at a deal's price than it has, nor for one buyer than each gets; and what comes
// back can be had again.
void Watch::look_at_deals() {
  std::map<std::int64_t, std::int64_t> taken;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> by_buyer;
  std::set<std::pair<std::int64_t, std::int64_t>> were_in;  // deals, and who was in them by now
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.deal == 0) continue;
    const DealRow& deal = seen_.deals.at(claim.deal);
    expect(claim.product == deal.product && claim.deal_price_minor == deal.price_minor,
           "a claim has another price than its deal", id);
    const bool is_in_time =
        claim.claimed_at_us >= deal.starts_at_us && claim.claimed_at_us < deal.stops_at_us;
    const bool is_new = were_in.insert({claim.deal, claim.device}).second;
    expect(is_in_time || !is_new, "a claim came to a deal that did not run", id);
    expect(claim.state != "held" || deal.phase != "settled", "a deal is settled over a hold", id);
    if (!is_taken(claim)) continue;
    taken[claim.deal] += claim.quantity;
    by_buyer[{claim.deal, claim.device}] += claim.quantity;
  }
  std::map<std::int64_t, std::int64_t> unsettled;
  for (const auto& [id, deal] : seen_.deals) {
    expect(deal.taken == taken[id], "a deal has counted wrong", id);
    expect(deal.taken <= deal.units, "more is sold at the price of a deal than it has", id);
    if (deal.phase != "settled") ++unsettled[deal.product];
  }
  // What is held for a winner counts as one, too: who prices the product asks for it.
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.auction != 0 && claim.bundle_claim == 0 && claim.state == "held") {
      ++unsettled[claim.product];
    }
  }
  expect(unsettled == seen_.deals_of, "a product does not know its deals",
         static_cast<std::int64_t>(unsettled.size()));
  for (const auto& [of, units] : by_buyer) {
    expect(units <= seen_.deals.at(of.first).units_per_buyer_max,
           "a buyer has more of a deal than each gets", of.first);
    expect(seen_.deal_buyers[of] == units, "a deal has counted wrong for a buyer", of.first);
  }
}

// A line costs what was bid for it, what its deal does, or what the product does.
void Watch::look_at_prices() {
  for (const auto& [id, order] : seen_.orders) {
    for (const LineRow& line : order.lines) {
      const ClaimRow& claim = seen_.claims.at(line.claim);
      const std::int64_t right = claim.auction != 0 ? claim.won_price_minor
                                 : claim.deal != 0
                                     ? claim.deal_price_minor
                                     : world_.good(ProductId{line.product}).price_minor;
      expect(line.unit_price_minor == right, "a line has another price than its claim", id);
    }
  }
}

// Never more coupons than there are, nor for one buyer than each gets, and none spent twice.
void Watch::look_at_coupons() {
  std::map<std::int64_t, std::int64_t> taken;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> by_buyer;
  for (const auto& [id, claim] : seen_.coupon_claims) {
    ++taken[claim.coupon];
    ++by_buyer[{claim.coupon, claim.device}];
    if (claim.order == 0) continue;
    const OrderRow& order = seen_.orders.at(claim.order);
    expect(order.status != "cancelled" && order.coupon_claim == id && order.device == claim.device,
           "a coupon is spent on an order that does not have it", id);
  }
  for (const auto& [id, coupon] : seen_.coupons) {
    expect(coupon.taken == taken[id], "a coupon has counted wrong", id);
    expect(coupon.taken <= coupon.units, "more coupons are out than there are", id);
  }
  for (const auto& [of, count] : by_buyer) {
    expect(count <= seen_.coupons.at(of.first).per_buyer_max,
           "a buyer has more of a coupon than each gets", of.first);
  }
}

// The envelopes of a red packet are numbered without a gap, are its coupon's claims, and together
// never more than its sum, which all of them are.
void Watch::look_at_packets() {
  std::map<std::int64_t, std::int64_t> opened;
  std::map<std::int64_t, std::int64_t> sums;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> worths;  // by coupon and device
  for (const auto& [id, claim] : seen_.coupon_claims) {
    worths[{claim.coupon, claim.device}] = claim.worth;
  }
  for (const EnvelopeRow& envelope : seen_.envelopes) {
    const PacketRow& packet = seen_.packets.at(envelope.packet);
    expect(envelope.number == ++opened[envelope.packet], "an envelope is missing", envelope.packet);
    expect(worths[{packet.coupon, envelope.device}] == envelope.amount_minor,
           "an envelope is worth something else than it held", envelope.packet);
    sums[envelope.packet] += envelope.amount_minor;
  }
  for (const auto& [id, packet] : seen_.packets) {
    expect(seen_.coupons.at(packet.coupon).taken == opened[id], "a red packet counted wrong", id);
    expect(opened[id] < packet.envelopes ? sums[id] < packet.total_minor
                                         : sums[id] == packet.total_minor,
           "a red packet gave away another sum", id);
  }
}

// An order is worth its goods less what its coupon's rule takes off, and shipping.
void Watch::look_at_discounts() {
  for (const auto& [id, order] : seen_.orders) {
    expect(order.total_minor == order.goods_minor() - order.discount_minor + order.shipping_minor,
           "an order does not come to its total", id);
    if (order.coupon_claim == 0) {
      expect(order.discount_minor == 0, "something is taken off without a coupon", id);
      continue;
    }
    const CouponClaimRow& claim = seen_.coupon_claims.at(order.coupon_claim);
    orders::CouponOff off = seen_.coupons.at(claim.coupon).off;
    if (claim.worth != 0) off.amount_minor = claim.worth;
    expect(order.status == "cancelled" || claim.order == id, "an order has lost its coupon", id);
    expect(order.discount_minor == orders::discount_minor(off, order.goods_minor()),
           "a coupon takes off something else than it says", id);
  }
}

void Watch::look_at_log(Tx& tx) {
  const auto entries = stock::read_log(tx, world_.show, log_position_);
  const auto broken = stock::broken_at(log_hash_, world_.show, entries);
  expect(!broken, "the log of claims is broken", broken.value_or(0));
  for (const stock::Logged& entry : entries) {
    expect(entry.position == ++log_position_, "the log of claims has a gap", entry.position);
    log_hash_ = entry.hash;
    logged_[entry.mark + std::to_string(entry.product.value)] = to_text(entry.what);
  }
  std::size_t told = 0;
  for (const auto& [id, claim] : seen_.claims) {
    if (claim.show != world_.show.value) continue;
    ++told;
    std::string& mark = marks_[claim.token];
    if (mark.empty()) mark = stock::claim_mark(claim.token);
    const auto found = logged_.find(mark + std::to_string(claim.product));
    expect(found != logged_.end() && state_by_log(found->second) == claim.state,
           "the log tells something else of a claim", id);
  }
  expect(told == logged_.size(), "the log tells of claims that are not there",
         static_cast<std::int64_t>(logged_.size()));
}

}  // namespace geili::flows::simulation
