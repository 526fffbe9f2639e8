#pragma once
// Cash at the door or at the stall: nobody is called, the seller says when it was paid.

#include "payments/provider.hpp"

namespace geili::payments {

class DeliveryProvider final : public Provider {
 public:
  std::string_view name() const override { return "delivery"; }
  const Capabilities& capabilities() const override;
  Result<Call> build(const Ask& ask) const override;
  Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const override;
  Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                          const Clock& clock) const override;
};

}  // namespace geili::payments
