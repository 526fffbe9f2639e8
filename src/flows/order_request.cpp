#include "flows/order_request.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/field_errors.hpp"
#include "shipping/country.hpp"

namespace geili::flows {
namespace {

bool is_key(std::string_view key) {
  const auto is_sign = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return key.size() >= kIdempotencyKeyMin && key.size() <= kIdempotencyKeyMax &&
         std::ranges::all_of(key, is_sign);
}

void check_lines(FieldErrors& faults, const std::vector<PlaceOrder::Line>& lines) {
  if (lines.empty()) faults.add("/lines", "is empty");
  if (lines.size() > orders::kLinesMax) {
    faults.add("/lines", "has more than 20 lines");
    return;
  }
  std::unordered_set<ProductId> seen;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string path = "/lines/" + std::to_string(i);
    if (!seen.insert(lines[i].product).second) faults.add(path + "/product_id", "is there twice");
    if (lines[i].quantity < 1 || lines[i].quantity > orders::kLineQuantityMax) {
      faults.add(path + "/quantity", "is not between 1 and 100");
    }
  }
}

}  // namespace

Result<orders::NewOrder> check_order_request(const PlaceOrder& request) {
  FieldErrors faults;
  if (!is_key(request.idempotency_key)) {
    faults.add("Idempotency-Key", "is not 8 to 64 letters, digits, _ and -");
  }
  check_lines(faults, request.lines);
  orders::NewOrder order{
      .shop = request.shop,
      .show = request.show,
      .lines = {},
      .total = {0, request.expected_total.currency},
      .fulfilment = request.fulfilment,
      .note = faults.text(request.note, {.max_length = orders::kNoteMax, .lines = Lines::multiple},
                          "/note")};
  auto buyer = orders::check_buyer(request.buyer, request.fulfilment);
  if (buyer) {
    order.buyer = *std::move(buyer);
  } else {
    for (const auto& field : buyer.error().fields) faults.add(field.path, field.message);
  }
  if (request.fulfilment == orders::Fulfilment::delivery && order.buyer.country.size() == 2 &&
      !shipping::is_country(order.buyer.country)) {
    faults.add("/buyer/country", "is not a country of ISO 3166-1");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  return order;
}

}  // namespace geili::flows
