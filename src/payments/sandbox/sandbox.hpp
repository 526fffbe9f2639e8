#pragma once
// A practice provider: a page that looks like a card form, and cards whose last four digits say
// what happens. It moves no money and may not be configured beside a provider that does
// (Providers::make).

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "payments/provider.hpp"
#include "store/tx.hpp"

namespace geili::payments {

class SandboxProvider final : public Provider {
 public:
  // `page_url` is where the form is; the payment's reference is added to it.
  explicit SandboxProvider(std::string page_url);

  std::string_view name() const override { return "sandbox"; }
  const Capabilities& capabilities() const override { return capabilities_; }
  Result<Call> build(const Ask& ask) const override;
  Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const override;
  Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                          const Clock& clock) const override;

 private:
  std::string page_url_;
  Capabilities capabilities_;
};

namespace sandbox {

// What a card does, by its last four digits.
enum class CardKind : std::uint8_t {
  paid,      // 4242
  declined,  // 0002
  late,      // 0077: paid kLateAfter later
  confirms,  // 3220: the buyer confirms at a make-believe bank
};
inline constexpr std::chrono::minutes kLateAfter{5};
inline constexpr std::int64_t kAttemptsMax = 20;

// 12 to 19 digits, spaces and hyphens between them, with the check digit of ISO/IEC 7812-1. Fails
// with card-number-invalid, card-not-of-the-sandbox.
Result<CardKind> card_kind(std::string_view number);

// The buyer has filled in the form. Only the last four digits are kept. The events are for
// take_event(), in the same transaction. Fails with payment-not-found, payment-ended (it was paid
// here before), too-many-attempts, and as card_kind() does.
Result<std::vector<Event>> submit_card(store::Tx& tx, std::string_view reference,
                                       const Secret<std::string>& number, const Clock& clock);
// The buyer's answer at the make-believe bank. Fails with payment-not-found, payment-ended.
Result<std::vector<Event>> confirm(store::Tx& tx, std::string_view reference, bool accepted);
// Late cards whose time has come; each is told once.
std::vector<Event> take_due(store::Tx& tx, const Clock& clock);
// Whether take_due() has any.
bool is_any_due(store::Tx& tx, Instant now);
// Whether the buyer is at the make-believe bank; whether a late card waits for its time.
bool is_confirming(store::Tx& tx, std::string_view reference);
bool is_waiting(store::Tx& tx, std::string_view reference);

}  // namespace sandbox

}  // namespace geili::payments
