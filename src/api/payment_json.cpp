#include "api/payment_json.hpp"

#include "api/encode.hpp"

namespace geili::api {

namespace json = boost::json;

json::object buyer_payment_json(const flows::OrderPayment& view) {
  const Currency currency = view.amount.currency;
  json::object out{{"method", json::string_view(payments::to_text(view.method))},
                   {"state", json::string_view(flows::to_text(view.state))},
                   {"amount", to_json(view.amount)},
                   {"refunded", to_json(Money{view.refunded_minor, currency})},
                   {"returning", to_json(Money{view.returning_minor, currency})},
                   {"was_late", view.has_late_money}};
  if (view.payment && view.payment->pay_until) {
    out["pay_until"] = instant_json(*view.payment->pay_until);
  }
  if (!view.transfer_reference.empty()) out["transfer_reference"] = view.transfer_reference;
  return out;
}

json::object seller_payment_json(const flows::OrderPayment& view) {
  json::object out = buyer_payment_json(view);
  if (view.payment) {
    out["provider"] = view.payment->provider;
    if (!view.payment->problem.empty()) out["problem"] = view.payment->problem;
  }
  return out;
}

}  // namespace geili::api
