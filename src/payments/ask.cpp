#include "payments/ask.hpp"

#include "store/names.hpp"

namespace geili::payments {
namespace {

constexpr std::array<std::string_view, 5> kAskKinds{"create", "resume", "look_up", "cancel",
                                                    "refund"};
constexpr std::array<std::string_view, 8> kEvidence{"pending",  "authorised", "attempt_failed",
                                                    "paid",     "failed",     "cancelled",
                                                    "refunded", "disputed"};
constexpr std::array<std::string_view, 4> kRefundStates{"created", "pending", "done", "failed"};

}  // namespace

std::string_view to_text(AskKind kind) {
  return store::name_of(kAskKinds, kind);
}
std::optional<AskKind> parse_ask_kind(std::string_view text) {
  return store::parse_name<AskKind>(kAskKinds, text);
}
std::string_view to_text(EvidenceKind kind) {
  return store::name_of(kEvidence, kind);
}
std::string_view to_text(RefundState state) {
  return store::name_of(kRefundStates, state);
}
std::optional<RefundState> parse_refund_state(std::string_view text) {
  return store::parse_name<RefundState>(kRefundStates, text);
}

}  // namespace geili::payments
