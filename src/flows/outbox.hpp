#pragma once
// What is to be told once the transaction is durable, written in that same transaction.
// outbox_relay.hpp tells it.

#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "flows/room_notice.hpp"
#include "stock/deal.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// "show.12": the bus topic of a show's room.
std::string show_topic(ShowId show);

void append(store::Tx& tx, ShowId show, const RoomNotice& notice, Instant now);

// StockChanged of a product whose stock follows from that of others, a bundle or a parent: the
// figure is read with the commit, so that of several writers the last tells what all have left.
void append_stock(store::Tx& tx, ShowId show, ProductId product, Instant now);

// How many units a deal has left for others, likewise read with the commit.
void append_deal_left(store::Tx& tx, ShowId show, stock::DealId deal, Instant now);

// What the outbox tells up to this id is part of what is read beside it in the same transaction; 0
// while nothing was ever told. A room that begins from such a reading passes over older facts.
std::int64_t newest_outbox_id(store::Tx& tx);

}  // namespace geili::flows
