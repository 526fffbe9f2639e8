#include "payments/transfer/transfer_reference.hpp"

#include <algorithm>
#include <cstdint>

namespace geili::payments {
namespace {

constexpr std::string_view kSigns = "0123456789ABCDEFGHJKMNPQRTUVWXY";
constexpr std::int64_t kBase = 31;
static_assert(kSigns.size() == kBase);

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

char unconfused(char c) {
  switch (upper(c)) {
    case 'O':
      return '0';
    case 'I':
    case 'L':
      return '1';
    case 'S':
      return '5';
    case 'Z':
      return '2';
    default:
      return upper(c);
  }
}

// The sign that makes the sum of place times value zero. The places count from 2, the check sign
// stands at 1.
char check_sign(std::string_view payload) {
  std::int64_t sum = 0;
  std::int64_t place = 2;
  for (auto sign = payload.rbegin(); sign != payload.rend(); ++sign) {
    sum += place++ * static_cast<std::int64_t>(kSigns.find(*sign));
  }
  return kSigns[static_cast<std::size_t>((kBase - sum % kBase) % kBase)];
}

}  // namespace

std::string transfer_reference(PaymentId payment) {
  std::string payload;
  for (std::int64_t rest = payment.value; rest > 0; rest /= kBase) {
    payload += kSigns[static_cast<std::size_t>(rest % kBase)];
  }
  while (payload.size() < kTransferReferenceMin - 1) payload += '0';
  std::ranges::reverse(payload);
  return payload + check_sign(payload);
}

std::optional<PaymentId> parse_transfer_reference(std::string_view text) {
  constexpr std::size_t kTypedMax = 40;
  if (text.size() > kTypedMax) return std::nullopt;
  std::string signs;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    signs += unconfused(c);
    if (kSigns.find(signs.back()) == std::string_view::npos) return std::nullopt;
  }
  if (signs.size() < kTransferReferenceMin || signs.size() > kTransferReferenceMax) {
    return std::nullopt;
  }
  const char check = signs.back();
  signs.pop_back();
  if (check_sign(signs) != check) return std::nullopt;
  constexpr std::int64_t kIdMax = 999'999'999'999'999'999;
  std::int64_t value = 0;
  for (const char c : signs) {
    if (value > kIdMax / kBase) return std::nullopt;
    value = value * kBase + static_cast<std::int64_t>(kSigns.find(c));
  }
  if (value == 0 || value > kIdMax) return std::nullopt;
  // One spelling for one payment: no more zeros in front than it was written with.
  if (transfer_reference(PaymentId{value}).size() != signs.size() + 1) return std::nullopt;
  return PaymentId{value};
}

}  // namespace geili::payments
