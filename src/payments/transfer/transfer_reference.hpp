#pragma once
// What a buyer writes beside the sum, so that the seller finds the order: the payment's number in
// 31 signs that nobody confuses, and a check sign. 31 is prime, so that one wrong sign and two that
// changed places are always noticed.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "payments/payment.hpp"

namespace geili::payments {

inline constexpr std::size_t kTransferReferenceMin = 5;  // with the check sign
inline constexpr std::size_t kTransferReferenceMax = 14;

std::string transfer_reference(PaymentId payment);
// As people write it: small letters, spaces and hyphens, O for 0, I and L for 1, S for 5, Z for 2.
std::optional<PaymentId> parse_transfer_reference(std::string_view text);

}  // namespace geili::payments
