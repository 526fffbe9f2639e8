#pragma once
// Who an order goes to, and where.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili::orders {

enum class Fulfilment : std::uint8_t { delivery, pickup };
std::string_view to_text(Fulfilment fulfilment);
std::optional<Fulfilment> parse_fulfilment(std::string_view text);

// Lengths in code points.
inline constexpr std::size_t kBuyerNameMax = 80;
inline constexpr std::size_t kPhoneMin = 5;
inline constexpr std::size_t kPhoneMax = 25;
inline constexpr std::size_t kAddressMax = 500;
inline constexpr std::size_t kPostalCodeMax = 16;

struct Buyer {
  std::string name;
  std::string phone;
  std::string address;      // empty for pick-up
  std::string country;      // ISO 3166-1 alpha-2; empty for pick-up
  std::string postal_code;  // may be empty; the address has it, too
};

// The buyer as it is kept. Fails with invalid-field and every fault: /buyer/name, /buyer/phone, and
// for delivery /buyer/address and /buyer/country.
Result<Buyer> check_buyer(const Buyer& buyer, Fulfilment fulfilment);

}  // namespace geili::orders
