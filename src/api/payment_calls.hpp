#pragma once
// Carries calls to payment providers. No transaction is open while one is under way.

#include <boost/asio/awaitable.hpp>

#include "api/context.hpp"
#include "flows/pay_calls.hpp"
#include "payments/provider.hpp"

namespace geili::api {

// On the executor of the coroutine that waits.
boost::asio::awaitable<payments::HttpAnswer> send(payments::Transport* transport,
                                                  payments::HttpRequest request);

// Carries a call and settles what came back; what must be asked again is written down for it.
// Fails with payment-provider-busy (it will be asked again), provider-refused, provider-malformed,
// and as flows::settle_call(). `context` outlives the coroutine.
boost::asio::awaitable<Result<payments::BuyerStep>> carry(const Context* context,
                                                          flows::ProviderCall call);

// One round of what a running server does by itself about payments: ends what expired and begins
// the calls that are due, each in a coroutine of its own. False when there was nothing to do.
boost::asio::awaitable<bool> payment_round(const Context* context);

}  // namespace geili::api
