#include <chrono>

#include "flows/auction.hpp"
#include "flows/simulation/actions.hpp"

namespace geili::flows::simulation {
namespace {

using store::Tx;

std::vector<shows::Auction> open_auctions(World& world) {
  return world.read([&](Tx& tx) -> Result<std::vector<shows::Auction>> {
    return shows::open_auctions_of(tx, world.show);
  });
}

void bid_once(World& world, std::string_view what, const shows::NewBid& wish, bool was_accepted) {
  const auto ran = world.run(what, [&](Tx& tx) { return bid(tx, wish, world.clock); });
  if (ran.seen && !was_accepted) world.bids.push_back(wish);
  if (was_accepted && !ran.seen && !is_of_the_store(ran.seen.error())) {
    world.broke("a bid that was accepted is refused: " + World::told(ran.seen.error()));
  }
}

}  // namespace

void open_some_auction(World& world) {
  std::vector<Good> shown;
  for (const Good& good : world.goods) {
    if (good.is_shown) shown.push_back(good);
  }
  const Good good = world.random.pick(shown);
  const OpenAuction auction{.show = world.show,
                            .product = good.product,
                            .start = {world.random.between(1, 3) * 1'000, world.currency},
                            .step_minor = world.random.between(1, 5) * 100,
                            .length_s = world.random.between(10, 600),
                            .mode = world.random.one_in(3) ? shows::AuctionMode::sudden_death
                                                           : shows::AuctionMode::extend,
                            .extend_s = world.random.between(3, 60)};
  (void)world.run("open an auction",
                  [&](Tx& tx) { return open_auction(tx, auction, world.clock); });
}

// Mostly enough, now and then too little, and now and then what was bid before.
void bid_in_some_auction(World& world) {
  const auto open = open_auctions(world);
  if (open.empty()) return;
  const shows::Auction& auction = open.front();
  const auto lead = world.read([&](Tx& tx) -> Result<std::optional<shows::Bid>> {
    return shows::lead_of(tx, auction.terms.auction);
  });
  const std::int64_t least_minor = shows::least_bid_minor(
      auction.terms, lead ? std::optional(lead->amount_minor) : std::nullopt);
  const DeviceId device{1 + world.random.below(kDevices)};
  bid_once(
      world, "bid",
      {.auction = auction.terms.auction,
       .device = device,
       .name = "Buyer " + std::to_string(device.value),
       .amount_minor = least_minor + world.random.between(-1, 4) * auction.terms.step_minor / 2,
       .idempotency_key = world.next_key()},
      false);
}

void bid_again(World& world) {
  if (world.bids.empty()) return;
  shows::NewBid wish = world.random.pick(world.bids);
  if (!world.random.one_in(4)) return bid_once(world, "send a bid once more", wish, true);
  ++wish.amount_minor;
  const auto ran =
      world.run("use a bid's key for another", [&](Tx& tx) { return bid(tx, wish, world.clock); });
  if (ran.done) world.broke("a key was used for two bids");
}

void close_some_auction(World& world) {
  const auto open = open_auctions(world);
  if (open.empty()) return;
  (void)world.run("close an auction", [&](Tx& tx) {
    return close_auction(tx, open.front().terms.auction, world.clock);
  });
}

void call_off_some_auction(World& world) {
  const auto open = open_auctions(world);
  if (open.empty()) return;
  (void)world.run("call an auction off", [&](Tx& tx) {
    return cancel_auction(tx, open.front().terms.auction, world.clock);
  });
}

void look_after_the_auctions(World& world) {
  (void)world.run("look after the auctions",
                  [&](Tx& tx) -> Result<bool> { return close_due_auctions(tx, world.clock); });
}

}  // namespace geili::flows::simulation
