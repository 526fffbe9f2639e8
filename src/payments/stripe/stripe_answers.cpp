#include "payments/json.hpp"
#include "payments/stripe/stripe.hpp"
#include "payments/stripe/stripe_form.hpp"
#include "payments/stripe/stripe_objects.hpp"

namespace geili::payments {
namespace {

// The codes of Stripe's own words for what went wrong; nothing that a person typed.
std::unexpected<Error> refused(const JsonValue& body) {
  const JsonValue& error = body.at("error");
  std::string code = error.at("decline_code").string();
  if (code.empty()) code = error.at("code").string();
  if (code.empty()) code = error.at("type").string();
  return fail(ErrorKind::conflict, "provider-refused",
              is_stripe_id(code) ? std::string_view(code) : "unknown");
}

BuyerStep buyer_of(const JsonValue& intent) {
  BuyerStep buyer{.client_secret = Secret<std::string>(intent.at("client_secret").string())};
  const JsonValue& next = intent.at("next_action");
  const JsonValue& oxxo = next.at("oxxo_display_details");
  buyer.voucher_number = oxxo.at("number").string();
  buyer.voucher_url = oxxo.at("hosted_voucher_url").string();
  buyer.redirect_url = next.at("redirect_to_url").at("url").string();
  const JsonValue& transfer = next.at("display_bank_transfer_instructions");
  buyer.transfer_reference = transfer.at("reference").string();
  for (const JsonMember& address : transfer.at("financial_addresses").members) {
    const JsonValue& spei = address.value.at("spei");
    if (spei.at("clabe").string().empty()) continue;
    buyer.account = spei.at("clabe").string();
    buyer.bank_name = spei.at("bank_name").string();
    break;
  }
  return buyer;
}

std::unexpected<Error> malformed() {
  return fail(ErrorKind::invalid, "provider-malformed", "The answer is not of the known shape.");
}

}  // namespace

Result<Answer> StripeProvider::read(const Ask& ask, const HttpAnswer& answer) const {
  auto body = parse_json(answer.body);
  if (!body) return fail_as(body);
  if (answer.status >= 400 && answer.status <= 499) return refused(*body);
  if (answer.status != 200) return malformed();
  const std::string object = body->at("object").string();
  const std::string id = body->at("id").string();
  if (!is_stripe_id(id)) return malformed();
  if (object == "customer" && ask.kind == AskKind::create) {
    return Answer{.reference = ask.reference, .customer_reference = id, .ask_again = true};
  }
  if (object == "refund" && ask.kind == AskKind::refund) {
    return Answer{.reference = ask.reference, .refund = news_of_refund(*body)};
  }
  if (object != "payment_intent" || ask.kind == AskKind::refund) return malformed();
  const std::string reference = body->at("metadata").at("payment").string();
  if (reference != ask.reference) return malformed();
  return Answer{.reference = reference,
                .provider_reference = id,
                .evidence = evidence_of_intent(*body),
                .buyer = buyer_of(*body)};
}

}  // namespace geili::payments
