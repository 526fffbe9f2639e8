#include "payments/transfer/clabe.hpp"

#include <array>
#include <cstddef>

namespace geili::payments {
namespace {

constexpr std::size_t kChecked = 17;
constexpr std::array<int, 3> kWeights{3, 7, 1};

}  // namespace

std::optional<char> clabe_check_digit(std::string_view first_17) {
  if (first_17.size() != kChecked) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < kChecked; ++i) {
    if (first_17[i] < '0' || first_17[i] > '9') return std::nullopt;
    sum += (first_17[i] - '0') * kWeights[i % kWeights.size()] % 10;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_clabe(std::string_view text) {
  return text.size() == kChecked + 1 && clabe_check_digit(text.substr(0, kChecked)) == text.back();
}

}  // namespace geili::payments
