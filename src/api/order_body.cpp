#include "api/order_body.hpp"

#include "api/decode.hpp"

namespace geili::api {

flows::PlaceOrder read_order(net::ObjectReader& body) {
  flows::PlaceOrder order{.expected_total = read_money(body, "expected_total")};
  order.shop = ShopId{body.id("shop_id")};
  body.objects("lines", 1, orders::kLinesMax, [&](net::ObjectReader& line) {
    order.lines.push_back({.product = ProductId{line.id("product_id")},
                           .quantity = line.integer("quantity", 1, orders::kLineQuantityMax)});
  });
  order.fulfilment = read_word(body, "fulfilment", orders::parse_fulfilment);
  order.note =
      body.optional_text("note", {.max_length = orders::kNoteMax, .lines = Lines::multiple})
          .value_or("");
  if (const auto rate = body.optional_id("shipping_rate_id")) order.rate = shipping::RateId{*rate};
  if (const auto point = body.optional_id("pickup_point_id")) {
    order.pickup_point = shipping::PickupPointId{*point};
  }
  if (const auto coupon = body.optional_id("coupon_id"))
    order.coupon = orders::CouponClaimId{*coupon};
  if (body.has("payment_method")) {
    order.payment_method = read_word(body, "payment_method", payments::parse_method);
  }
  return order;
}

void name_buyer(flows::PlaceOrder& order, const identity::Device& device) {
  order.device = device.id;
  order.display_name = device.display_name.value_or("");
}

}  // namespace geili::api
