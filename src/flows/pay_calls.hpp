#pragma once
// Calls to providers, cut where the network begins: what to send is made in one transaction, what
// came back is settled in another, and nothing is held between them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "flows/pay.hpp"
#include "flows/payment_choice.hpp"
#include "payments/provider.hpp"
#include "payments/to_ask.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Immutable once made; any thread.
struct ProviderCall {
  payments::ToAsk asked;
  std::shared_ptr<const payments::Provider> provider;
  payments::Call call;
};

// What the buyer of an order is to do next; nothing when the money is in. Fails with
// order-not-found, payment-not-found (paid in cash), payment-ended (without money), and as
// payments::make_provider() and Provider::build() do.
Result<std::optional<ProviderCall>> begin_payment(store::Tx& tx, std::string_view order_token,
                                                  const PaymentTerms& terms, const Clock& clock);

// The page a provider sends the buyer to afterwards: what came in is looked up, and the order's
// token returned. Fails with payment-not-found.
Result<std::string> return_from_payment(store::Tx& tx, std::string_view reference,
                                        const Clock& clock);

struct CallEnd {
  payments::BuyerStep buyer;
  std::optional<ProviderCall> next;  // the same Ask goes on: to be carried at once
};
// `said` is what Provider::read() made of the answer, or the answer that needed no call.
Result<CallEnd> settle_call(store::Tx& tx, const ProviderCall& call,
                            const Result<payments::Answer>& said, const PaymentTerms& terms,
                            const Clock& clock);
// The call is made once more at `until`.
Result<void> postpone_call(store::Tx& tx, const ProviderCall& call, Instant until);

// Verified events of a shop's provider. Fails as payments::take_event().
Result<void> take_events(store::Tx& tx, ShopId shop, std::string_view provider,
                         const std::vector<payments::Event>& events, const Clock& clock);

// Whether payment_upkeep() has anything to do; a read.
Result<bool> needs_payment_upkeep(store::Tx& tx, const Clock& clock);
inline constexpr int kCallsAtOnceMax = 16;
// Ends what expired, pays what the practice cards said would be paid later, and leases what is to
// be asked now.
Result<std::vector<ProviderCall>> payment_upkeep(store::Tx& tx, const PaymentTerms& terms,
                                                 const Clock& clock);

}  // namespace geili::flows
