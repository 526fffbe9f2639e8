#pragma once
// What the store holds at one moment, as the invariants need it: plain rows, by number.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "orders/coupon_rule.hpp"
#include "store/tx.hpp"

namespace geili::flows::simulation {

// 0 stands for none.
struct ClaimRow {
  std::int64_t product = 0;
  std::int64_t quantity = 0;
  std::string state;
  std::int64_t show = 0;
  std::int64_t device = 0;
  std::string token;
  std::int64_t parts = 0;
  std::int64_t bundle_claim = 0;
  std::int64_t deal = 0;
  std::int64_t deal_price_minor = 0;
  std::int64_t claimed_at_us = 0;
  std::int64_t auction = 0;  // it was won in
  std::int64_t won_price_minor = 0;
};

struct AuctionRow {
  std::int64_t show = 0;
  std::int64_t product = 0;
  std::string state;
  std::int64_t unit = 0;  // the claim that sets it apart
  std::int64_t lines = 0;
};

struct AuctionLineRow {
  std::int64_t auction = 0;
  std::string what;
  std::int64_t device = 0;
  std::int64_t amount_minor = 0;
  std::string key;
};

struct DealRow {
  std::int64_t product = 0;
  std::int64_t price_minor = 0;
  std::int64_t units = 0;
  std::int64_t taken = 0;
  std::int64_t units_per_buyer_max = 0;
  std::int64_t starts_at_us = 0;
  std::int64_t stops_at_us = 0;  // from then on; the clock stands still while one is withdrawn
  std::string phase;
};

struct CouponRow {
  orders::CouponOff off;
  std::int64_t units = 0;
  std::int64_t taken = 0;
  std::int64_t per_buyer_max = 0;
};

struct CouponClaimRow {
  std::int64_t coupon = 0;
  std::int64_t device = 0;
  std::int64_t order = 0;  // it is spent on
  std::int64_t worth = 0;  // of its own; 0: what its coupon says
};

struct PacketRow {
  std::int64_t coupon = 0;
  std::int64_t total_minor = 0;
  std::int64_t envelopes = 0;
};
struct EnvelopeRow {
  std::int64_t packet = 0;
  std::int64_t number = 0;
  std::int64_t device = 0;
  std::int64_t amount_minor = 0;
};

struct LineRow {
  std::int64_t product = 0;
  std::int64_t claim = 0;
  std::int64_t quantity = 0;
  std::int64_t unit_price_minor = 0;
};

struct OrderRow {
  std::int64_t shop = 0;
  std::int64_t device = 0;
  std::string status;
  bool is_delivered = false;
  std::int64_t total_minor = 0;
  std::string buyer;
  std::int64_t shipping_minor = 0;
  std::int64_t discount_minor = 0;
  std::int64_t coupon_claim = 0;
  std::vector<LineRow> lines;

  std::int64_t units() const;
  std::int64_t goods_minor() const;
  std::string content() const;  // as content_of()
};

struct PaymentRow {
  std::int64_t id = 0;
  std::int64_t order = 0;
  std::string provider;
  bool is_prepaid = false;
  std::int64_t amount_minor = 0;
  std::string state;
  std::int64_t received_minor = 0;
  std::int64_t refunded_minor = 0;
  std::string late;
  std::string problem;
  std::string key;
  std::string money_reference;

  bool is_open() const { return state == "created" || state == "pending" || state == "authorised"; }
  bool is_sale() const { return received_minor > 0 && (state == "paid" || late == "kept"); }
};

struct RefundRow {
  std::int64_t payment = 0;
  std::int64_t amount_minor = 0;
  std::string state;
  std::string money_reference;
};

struct WaitRow {
  std::int64_t id = 0;
  std::int64_t product = 0;
  std::int64_t quantity = 0;
  std::string state;
};

struct ParcelRow {
  std::string state;
  std::map<std::int64_t, std::int64_t> units;  // by order
};

struct ShowCountRow {
  std::int64_t product = 0;
  std::int64_t taken = 0;
  std::int64_t units_max = -1;  // none
};

struct ReturnedRow {
  std::int64_t request = 0;
  std::int64_t order = 0;
  std::int64_t position = 0;
  std::int64_t quantity = 0;
};

struct SaleRow {
  std::int64_t order = 0;
  std::int64_t sold_minor = 0;
  std::int64_t back_minor = 0;
};

struct Snapshot {
  std::map<std::int64_t, std::int64_t> available;  // by product, bundles and parents included
  std::map<std::int64_t, ClaimRow> claims;
  std::map<std::int64_t, OrderRow> orders;
  std::vector<PaymentRow> payments;
  std::vector<RefundRow> refunds;
  std::vector<WaitRow> waits;
  std::map<std::int64_t, ParcelRow> parcels;
  std::vector<ShowCountRow> show_counts;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> show_buyers;  // product, device
  std::map<std::int64_t, DealRow> deals;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> deal_buyers;  // deal, device
  std::map<std::int64_t, std::int64_t> deals_of;  // that products say they have, where it is not 0
  std::map<std::int64_t, AuctionRow> auctions;
  std::vector<AuctionLineRow> auction_lines;  // of bidders; by auction, in order
  std::map<std::int64_t, CouponRow> coupons;
  std::map<std::int64_t, CouponClaimRow> coupon_claims;
  std::map<std::int64_t, PacketRow> packets;
  std::vector<EnvelopeRow> envelopes;  // by packet and number
  std::vector<ReturnedRow> returned;   // that the seller has received
  std::vector<SaleRow> sales;          // of the books
  std::int64_t asks = 0;
};

Snapshot take_snapshot(store::Tx& tx);

}  // namespace geili::flows::simulation
