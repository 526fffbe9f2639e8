#include "payments/delivery/delivery.hpp"

#include "payments/without_calls.hpp"

namespace geili::payments {

const Capabilities& DeliveryProvider::capabilities() const {
  static const Capabilities kCapabilities{.methods = {Method::on_delivery, Method::at_pickup}};
  return kCapabilities;
}

Result<Call> DeliveryProvider::build(const Ask& ask) const {
  if (ask.kind == AskKind::create) {
    if (auto fits = check_ask(capabilities(), ask); !fits) return fail_as(fits);
  }
  return answer_at_once(ask);
}

Result<Answer> DeliveryProvider::read(const Ask& /*ask*/, const HttpAnswer& /*answer*/) const {
  return no_calls();
}

Result<std::vector<Event>> DeliveryProvider::read_webhook(const Webhook& /*webhook*/,
                                                          const Clock& /*clock*/) const {
  return no_webhooks();
}

}  // namespace geili::payments
