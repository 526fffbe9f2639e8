#pragma once
// What happens in the market, one thing at a time, whoever does it.

#include <optional>

#include "flows/simulation/world.hpp"

namespace geili::flows::simulation {

// One of all that follows, by chance.
void take_step(World& world);

// Buyers.
void buy(World& world);
void buy_basket(World& world);
void ask_again(World& world);  // the same intent once more
void reuse_key(World& world);  // for something else
void hold_goods(World& world);
void give_up_hold(World& world);
void join_line(World& world);
void leave_the_line(World& world);
void cancel_by_buyer(World& world);
void amend(World& world);
void want_return(World& world);
void take_some_coupon(World& world);
void bid_in_some_auction(World& world);
void bid_again(World& world);
void order_what_was_won(World& world);
// The order is to be made with a coupon that its buyer has; the sum is as it was shown without it.
void use_some_coupon(World& world, PlaceOrder& order);

// Money.
void open_payment_page(World& world);
void pay_at_provider(World& world);
void come_back_from_provider(World& world);
void hear_event(World& world);  // any of those that wait, some of them twice
void carry_call(World& world);  // any that is under way, which may be lost
void look_after_payments(World& world);
void confirm_by_seller(World& world);
void refund(World& world);
void refund_at_desk(World& world);
void refuse_next_refund(World& world);

// Sellers, the co-operative and the house.
void change_status(World& world);
void move_parcel(World& world);
void hand_parcel_over(World& world);
void handle_return(World& world);
void restock(World& world);
void change_bundle(World& world);
void limit_show(World& world);
void announce_some_deal(World& world);
void withdraw_some_deal(World& world);
void look_after_the_deals(World& world);
void open_some_auction(World& world);
void close_some_auction(World& world);
void call_off_some_auction(World& world);
void look_after_the_auctions(World& world);
void give_out_coupon(World& world);
void withdraw_some_coupon(World& world);
void give_red_packet(World& world);
void open_some_envelope(World& world);
void end_some_packet(World& world);
void look_after_the_packets(World& world);
void sweep_holds(World& world);
void settle_with_provider(World& world);
void pay_out(World& world);
void let_time_pass(World& world);
void crash(World& world);

// Any order there is.
std::optional<orders::Order> some_order(World& world);
// Those of the whole store, in order.
std::vector<orders::Order> all_orders(World& world);

}  // namespace geili::flows::simulation
