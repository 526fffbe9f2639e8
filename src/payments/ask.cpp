#include "payments/ask.hpp"

#include "payments/words.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 8> kEvidence{"pending",  "authorised", "attempt_failed",
                                                    "paid",     "failed",     "cancelled",
                                                    "refunded", "disputed"};
constexpr std::array<std::string_view, 4> kRefundStates{"created", "pending", "done", "failed"};

}  // namespace

std::string_view to_text(EvidenceKind kind) {
  return kEvidence[static_cast<std::size_t>(kind)];
}
std::string_view to_text(RefundState state) {
  return kRefundStates[static_cast<std::size_t>(state)];
}
std::optional<RefundState> parse_refund_state(std::string_view text) {
  return parse_word<RefundState>(kRefundStates, text);
}

}  // namespace geili::payments
