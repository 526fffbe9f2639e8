#pragma once
// A transfer to the seller's own account. The buyer gets the account and a reference; the seller
// says when the money is there.

#include <string>

#include "payments/provider.hpp"

namespace geili::payments {

struct TransferSettings {
  std::string bank_name;
  std::string account;  // a CLABE when the currency is MXN
  std::string account_holder;
  std::string currency;
};

class TransferProvider final : public Provider {
 public:
  // Fails with invalid-field at /account, /account_holder, /bank_name, /currency.
  static Result<TransferProvider> make(TransferSettings settings);

  std::string_view name() const override { return "transfer"; }
  const Capabilities& capabilities() const override { return capabilities_; }
  Result<Call> build(const Ask& ask) const override;
  Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const override;
  Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                          const Clock& clock) const override;

 private:
  TransferSettings settings_;
  Capabilities capabilities_;
};

}  // namespace geili::payments
