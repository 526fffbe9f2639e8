#include "orders/buyer.hpp"

#include <algorithm>
#include <array>

#include "base/field_errors.hpp"

namespace geili::orders {
namespace {

constexpr std::array<std::string_view, 2> kFulfilments{"delivery", "pickup"};
constexpr std::string_view kPhoneSigns = "+0123456789 ()./-";

bool is_country(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::string_view to_text(Fulfilment fulfilment) {
  return kFulfilments[static_cast<std::size_t>(fulfilment)];
}

std::optional<Fulfilment> parse_fulfilment(std::string_view text) {
  for (std::size_t i = 0; i < kFulfilments.size(); ++i) {
    if (kFulfilments[i] == text) return static_cast<Fulfilment>(i);
  }
  return std::nullopt;
}

Result<Buyer> check_buyer(const Buyer& buyer, Fulfilment fulfilment) {
  FieldErrors faults;
  const std::size_t needed = fulfilment == Fulfilment::delivery ? 1 : 0;
  Buyer kept{
      .name =
          faults.text(buyer.name, {.min_length = 1, .max_length = kBuyerNameMax}, "/buyer/name"),
      .phone = faults.text(buyer.phone, {.min_length = kPhoneMin, .max_length = kPhoneMax},
                           "/buyer/phone"),
      .address =
          faults.text(buyer.address,
                      {.min_length = needed, .max_length = kAddressMax, .lines = Lines::multiple},
                      "/buyer/address"),
      .country = buyer.country,
      .postal_code =
          faults.text(buyer.postal_code, {.max_length = kPostalCodeMax}, "/buyer/postal_code")};
  if (kept.phone.find_first_not_of(kPhoneSigns) != std::string::npos) {
    faults.add("/buyer/phone", "has other signs than digits, spaces and + ( ) . / -");
  }
  if ((needed > 0 || !kept.country.empty()) && !is_country(kept.country)) {
    faults.add("/buyer/country", "is not two capital letters (ISO 3166-1)");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  return kept;
}

}  // namespace geili::orders
