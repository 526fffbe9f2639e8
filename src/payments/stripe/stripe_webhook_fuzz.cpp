// The first line is a Stripe-Signature, the rest a body. Nobody without the secret is believed, and
// what is signed is read or refused: as a webhook and as an answer.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "payments/stripe/stripe_stub_testing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::payments;
  static const StripeProvider kProvider = stripe_provider();
  const ManualClock clock;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const std::size_t line = text.find('\n');
  const std::string header = text.substr(0, line);
  const std::string body = line == std::string::npos ? "" : text.substr(line + 1);

  const Webhook raw{body, {{"Stripe-Signature", header}}, {}};
  assert(!kProvider.read_webhook(raw, clock));

  const auto events = kProvider.read_webhook(signed_by_stripe(body, clock.now()), clock);
  if (events) {
    for (const Event& event : *events) {
      assert(!event.id.empty() && event.id.size() <= 255);
      assert(event.evidence || event.refund);
      assert(!event.reference.empty() || !event.provider_reference.empty());
    }
  }
  for (const AskKind kind : {AskKind::create, AskKind::refund}) {
    const Ask ask{.kind = kind, .reference = "r", .idempotency_key = "r"};
    const auto answer = kProvider.read(ask, {.status = 200, .body = body});
    if (answer && kind == AskKind::refund) assert(answer->refund);
    (void)kProvider.read(ask, {.status = 402, .body = body});
  }
  return 0;
}
