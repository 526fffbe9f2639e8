#pragma once
// What a shop's own programs are told (webhooks/message.hpp), in the transaction of the deed. Each
// looks whether anybody listens, and does no more when nobody does.

#include <cstdint>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "ledger/payout.hpp"
#include "orders/order.hpp"
#include "payments/payment.hpp"
#include "shipping/parcel.hpp"
#include "shipping/return_request.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"
#include "webhooks/message.hpp"

namespace geili::flows {

using Listeners = std::vector<webhooks::Listener>;

void tell_order(store::Tx& tx, webhooks::Event event, const orders::Order& order, Instant now);
// To those who are known already.
void tell_order(store::Tx& tx, const Listeners& listeners, webhooks::Event event,
                const orders::Order& order, Instant now);
// order.paid and order.refunded; `amount_minor` of this time.
void tell_money(store::Tx& tx, webhooks::Event event, const orders::Order& order,
                const payments::Payment& payment, std::int64_t amount_minor, Instant now);
// order.packed, order.handed_over, order.cancelled: of the status that the order has now.
void tell_order_status(store::Tx& tx, const orders::Order& order, Instant now);
void tell_parcel(store::Tx& tx, webhooks::Event event, const shipping::Parcel& parcel, Instant now);
void tell_return(store::Tx& tx, const shipping::ReturnRequest& request, const orders::Order& order,
                 Instant now);
// Which ones: flows/sold_out.hpp.
void tell_sold_out(store::Tx& tx, const Listeners& listeners, ShopId shop, ProductId product,
                   Instant now);
// show.started, show.ended: of the status that the show has now.
void tell_show(store::Tx& tx, const shows::Show& show, Instant now);
// For each line that is paid now and was not before.
void tell_payouts(store::Tx& tx, const ledger::PayoutBatch& before,
                  const ledger::PayoutBatch& after, Instant now);

}  // namespace geili::flows
