#include "flows/simulation/snapshot.hpp"

#include "flows/payment_choice.hpp"
#include "payments/method.hpp"
#include "stock/available_sql.hpp"

namespace geili::flows::simulation {
namespace {

using store::Row;
using store::Tx;

std::int64_t or_none(const Row& row, int column, std::int64_t none = 0) {
  return row.is_null(column) ? none : row.integer(column);
}

void take_stock(Tx& tx, Snapshot& seen) {
  tx.each([&](const Row& row) { seen.available[row.integer(0)] = row.integer(1); },
          "SELECT s.product_id, " GEILI_AVAILABLE " FROM stock s");
  tx.each(
      [&](const Row& row) {
        seen.claims[row.integer(0)] = {.product = row.integer(1),
                                       .quantity = row.integer(2),
                                       .state = row.string(3),
                                       .show = or_none(row, 4),
                                       .device = or_none(row, 5),
                                       .token = row.is_null(6) ? "" : row.string(6),
                                       .parts = row.integer(7),
                                       .bundle_claim = or_none(row, 8),
                                       .deal = or_none(row, 9),
                                       .deal_price_minor = or_none(row, 10),
                                       .claimed_at_us = row.integer(11),
                                       .auction = or_none(row, 12),
                                       .won_price_minor = or_none(row, 13)};
      },
      "SELECT id, product_id, quantity, state, show_id, device_id, token, parts, bundle_claim_id,"
      " deal_id, deal_price_minor, claimed_at, CASE WHEN won_by = 'auction' THEN won_id END,"
      " won_price_minor FROM claim");
  tx.each(
      [&](const Row& row) {
        seen.waits.push_back({row.integer(0), row.integer(1), row.integer(2), row.string(3)});
      },
      "SELECT id, product_id, quantity, state FROM waitlist ORDER BY id");
}

void take_orders(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.orders[row.integer(0)] = {.shop = row.integer(1),
                                       .device = row.integer(2),
                                       .status = row.string(3),
                                       .is_delivered = row.text(4) == "delivery",
                                       .total_minor = row.integer(5),
                                       .buyer = row.string(6),
                                       .shipping_minor = row.integer(7),
                                       .discount_minor = row.integer(8),
                                       .coupon_claim = or_none(row, 9),
                                       .lines = {}};
      },
      "SELECT id, shop_id, device_id, status, fulfilment, total_minor, buyer_name, shipping_minor,"
      " discount_minor, coupon_claim_id FROM shop_order");
  tx.each(
      [&](const Row& row) {
        seen.orders[row.integer(0)].lines.push_back(
            {row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
      },
      "SELECT order_id, product_id, claim_id, quantity, unit_price_minor FROM shop_order_line"
      " ORDER BY order_id, position");
}

void take_money(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.payments.push_back({.id = row.integer(0),
                                 .order = row.integer(1),
                                 .provider = row.string(2),
                                 .is_prepaid = is_prepaid(*payments::parse_method(row.text(3))),
                                 .amount_minor = row.integer(4),
                                 .state = row.string(5),
                                 .received_minor = row.integer(6),
                                 .refunded_minor = row.integer(7),
                                 .late = row.string(8),
                                 .problem = row.optional_string(9).value_or(""),
                                 .key = row.string(10),
                                 .money_reference = row.optional_string(11).value_or("")});
      },
      "SELECT id, order_id, provider, method, amount_minor, state, received_minor,"
      " refunded_minor, late, problem, idempotency_key, money_reference FROM payment ORDER BY id");
  tx.each(
      [&](const Row& row) {
        seen.refunds.push_back({row.integer(0), row.integer(1), row.string(2), row.string(3)});
      },
      "SELECT payment_id, amount_minor, state, money_reference FROM refund ORDER BY id");
  tx.each(
      [&](const Row& row) {
        seen.sales.push_back({std::stoll(row.string(0)), row.integer(1), row.integer(2)});
      },
      "SELECT e.source_id, s.goods_minor + s.goods_tax_minor + s.shipping_minor"
      " + s.shipping_tax_minor, s.goods_back_minor + s.goods_tax_back_minor"
      " + s.shipping_back_minor + s.shipping_tax_back_minor"
      " FROM ledger_sale s JOIN ledger_entry e ON e.number = s.entry_number");
  seen.asks = *tx.integer("SELECT COUNT(*) FROM payment_ask");
}

void take_goods_under_way(Tx& tx, Snapshot& seen) {
  tx.each([&](const Row& row) { seen.parcels[row.integer(0)].state = row.string(1); },
          "SELECT id, state FROM parcel");
  tx.each(
      [&](const Row& row) { seen.parcels[row.integer(0)].units[row.integer(1)] = row.integer(2); },
      "SELECT parcel_id, order_id, units FROM parcel_order");
  tx.each(
      [&](const Row& row) {
        seen.returned.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
      },
      "SELECT r.id, r.order_id, l.position, l.quantity FROM return_request r"
      " JOIN return_line l ON l.return_id = r.id"
      " WHERE r.state IN ('received', 'refunded', 'exchanged')");
}

void take_show(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.show_counts.push_back({row.integer(0), row.integer(1), or_none(row, 2, -1)});
      },
      "SELECT product_id, taken, units_max FROM show_stock");
  tx.each(
      [&](const Row& row) { seen.show_buyers[{row.integer(0), row.integer(1)}] = row.integer(2); },
      "SELECT product_id, device_id, taken FROM show_buyer");
}

void take_deals(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.deals[row.integer(0)] = {.product = row.integer(1),
                                      .price_minor = row.integer(2),
                                      .units = row.integer(3),
                                      .taken = row.integer(4),
                                      .units_per_buyer_max = row.integer(5),
                                      .starts_at_us = row.integer(6),
                                      .stops_at_us = row.integer(7),
                                      .phase = row.string(8)};
      },
      "SELECT id, product_id, price_minor, units, taken, units_per_buyer_max, starts_at,"
      " COALESCE(withdrawn_at + 1, ends_at), phase FROM deal");
  tx.each(
      [&](const Row& row) { seen.deal_buyers[{row.integer(0), row.integer(1)}] = row.integer(2); },
      "SELECT deal_id, device_id, taken FROM deal_buyer");
  tx.each([&](const Row& row) { seen.deals_of[row.integer(0)] = row.integer(1); },
          "SELECT id, deals FROM product WHERE deals <> 0");
}

void take_auctions(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.auctions[row.integer(0)] = {row.integer(1), row.integer(2), row.string(3),
                                         row.integer(4), row.integer(5)};
      },
      "SELECT id, show_id, product_id, state, unit_claim_id, line_count FROM auction");
  tx.each(
      [&](const Row& row) {
        seen.auction_lines.push_back({row.integer(0), row.string(1), row.integer(2), row.integer(3),
                                      row.optional_string(4).value_or("")});
      },
      "SELECT auction_id, what, device_id, amount_minor, idempotency_key FROM auction_line"
      " WHERE device_id IS NOT NULL ORDER BY auction_id, position");
}

void take_coupons(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.coupons[row.integer(0)] = {.off = {.percent = row.integer(1),
                                                .amount_minor = row.integer(2),
                                                .min_order_minor = row.integer(3)},
                                        .units = row.integer(4),
                                        .taken = row.integer(5),
                                        .per_buyer_max = row.integer(6)};
      },
      "SELECT id, percent, amount_minor, min_order_minor, units, taken, per_buyer_max FROM coupon");
  tx.each(
      [&](const Row& row) {
        seen.coupon_claims[row.integer(0)] = {row.integer(1), row.integer(2), or_none(row, 3),
                                              or_none(row, 4)};
      },
      "SELECT id, coupon_id, device_id, order_id, amount_minor FROM coupon_claim");
}

void take_packets(Tx& tx, Snapshot& seen) {
  tx.each(
      [&](const Row& row) {
        seen.packets[row.integer(0)] = {row.integer(1), row.integer(2), row.integer(3)};
      },
      "SELECT id, coupon_id, total_minor, envelopes FROM red_packet");
  tx.each(
      [&](const Row& row) {
        seen.envelopes.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
      },
      "SELECT packet_id, number, device_id, amount_minor FROM red_envelope"
      " ORDER BY packet_id, number");
}

}  // namespace

std::int64_t OrderRow::goods_minor() const {
  std::int64_t sum = 0;
  for (const LineRow& line : lines) sum += line.quantity * line.unit_price_minor;
  return sum;
}

std::int64_t OrderRow::units() const {
  std::int64_t sum = 0;
  for (const LineRow& line : lines) sum += line.quantity;
  return sum;
}

std::string OrderRow::content() const {
  std::string text = buyer + " pays " + std::to_string(total_minor);
  for (const LineRow& line : lines) {
    text += ", " + std::to_string(line.quantity) + " of " + std::to_string(line.product) + " for " +
            std::to_string(line.unit_price_minor);
  }
  return text;
}

Snapshot take_snapshot(Tx& tx) {
  Snapshot seen;
  take_stock(tx, seen);
  take_orders(tx, seen);
  take_money(tx, seen);
  take_goods_under_way(tx, seen);
  take_show(tx, seen);
  take_deals(tx, seen);
  take_auctions(tx, seen);
  take_coupons(tx, seen);
  take_packets(tx, seen);
  return seen;
}

}  // namespace geili::flows::simulation
