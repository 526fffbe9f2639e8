#include "payments/sandbox/sandbox.hpp"

#include "payments/without_calls.hpp"

namespace geili::payments {

SandboxProvider::SandboxProvider(std::string page_url)
    : page_url_(std::move(page_url)),
      capabilities_{.methods = {Method::card, Method::checkout}, .is_practice = true} {}

Result<Call> SandboxProvider::build(const Ask& ask) const {
  if (ask.kind == AskKind::create) {
    if (auto fits = check_ask(capabilities_, ask); !fits) return fail_as(fits);
  }
  BuyerStep buyer;
  if (ask.kind == AskKind::create || ask.kind == AskKind::resume) {
    buyer.redirect_url = page_url_ + ask.reference;
  }
  Answer answer = answer_at_once(ask, std::move(buyer));
  answer.provider_reference = "sandbox-" + ask.reference;
  if (answer.refund) answer.refund->state = RefundState::done;
  return answer;
}

Result<Answer> SandboxProvider::read(const Ask& /*ask*/, const HttpAnswer& /*answer*/) const {
  return no_calls();
}

Result<std::vector<Event>> SandboxProvider::read_webhook(const Webhook& /*webhook*/,
                                                         const Clock& /*clock*/) const {
  return no_webhooks();
}

}  // namespace geili::payments
