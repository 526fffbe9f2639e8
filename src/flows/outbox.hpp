#pragma once
// What is to be told once the transaction is durable, written in that same transaction.
// outbox_relay.hpp tells it.

#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "flows/room_notice.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// "show.12": the bus topic of a show's room.
std::string show_topic(ShowId show);

void append(store::Tx& tx, ShowId show, const RoomNotice& notice, Instant now);

}  // namespace geili::flows
