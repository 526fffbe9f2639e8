#include "payments/transfer/transfer.hpp"

#include "base/field_errors.hpp"
#include "payments/transfer/clabe.hpp"
#include "payments/transfer/transfer_reference.hpp"
#include "payments/without_calls.hpp"

namespace geili::payments {
namespace {

constexpr TextRule kNameRule{.min_length = 1, .max_length = 80};
constexpr TextRule kAccountRule{.min_length = 4, .max_length = 40};

}  // namespace

Result<TransferProvider> TransferProvider::make(TransferSettings settings) {
  FieldErrors faults;
  settings.bank_name = faults.text(settings.bank_name, kNameRule, "/bank_name");
  settings.account_holder = faults.text(settings.account_holder, kNameRule, "/account_holder");
  settings.account = faults.text(settings.account, kAccountRule, "/account");
  if (!Currency::parse(settings.currency)) faults.add("/currency", "is not a known currency");
  if (settings.currency == "MXN" && !is_clabe(settings.account)) {
    faults.add("/account", "is not a CLABE: 18 digits of which the last checks the others");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  TransferProvider made;
  made.capabilities_ = {
      .methods = {Method::transfer}, .currencies = {settings.currency}, .moves_real_money = true};
  made.settings_ = std::move(settings);
  return made;
}

Result<Call> TransferProvider::build(const Ask& ask) const {
  if (ask.kind == AskKind::create) {
    if (auto fits = check_ask(capabilities_, ask); !fits) return fail_as(fits);
  }
  BuyerStep buyer;
  if (ask.kind == AskKind::create || ask.kind == AskKind::resume) {
    buyer.bank_name = settings_.bank_name;
    buyer.account = settings_.account;
    buyer.account_holder = settings_.account_holder;
    buyer.transfer_reference = transfer_reference(ask.payment);
  }
  return answer_at_once(ask, std::move(buyer));
}

Result<Answer> TransferProvider::read(const Ask& /*ask*/, const HttpAnswer& /*answer*/) const {
  return no_calls();
}

Result<std::vector<Event>> TransferProvider::read_webhook(const Webhook& /*webhook*/,
                                                          const Clock& /*clock*/) const {
  return no_webhooks();
}

}  // namespace geili::payments
