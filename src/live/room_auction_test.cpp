// Auctions as a room tells them: in bounds, at once, on the bus and on the wire.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "live/bus_json.hpp"
#include "live/event_json.hpp"
#include "live/room.hpp"

namespace geili::live {
namespace {

const Currency kCny = *Currency::parse("CNY");

AuctionTold told() {
  return {.id = AuctionId{9},
          .product = ProductId{5},
          .title = " A \"ring\" ",
          .news = AuctionNews::closed,
          .state = AuctionState::closed,
          .mode = AuctionMode::extend,
          .extend_s = 10,
          .start = {1'000, kCny},
          .step_minor = 100,
          .bids = 2,
          .closes_at = Instant{0},
          .lead = AuctionBid{3, "Ana", 1'100},
          .offer = AuctionOffer{{1, "Luis", 1'000}, OfferState::held}};
}

constexpr std::string_view kOnBus =
    R"({"type":"auction","auction":{"auction_id":"9","product_id":"5","title":"A ring",)"
    R"("news":"closed","state":"closed","mode":"extend","extend_s":10,"currency":"CNY",)"
    R"("start_minor":1000,"step_minor":100,"bids":2,"closes_at_us":7,)"
    R"("lead":{"bid":3,"name":"Ana","minor":1100},)"
    R"("offer":{"bid":1,"name":"Luis","minor":1000,"state":"held"}},"id":90})";

TEST(RoomAuction, IsToldAtOnceAndOnceAndOnlyInBounds) {
  Room room(RoomStart{.epoch = "e", .outbox_id = 1});
  const auto first = room.apply_once(5, TellAuction{told()}, Instant{1});
  ASSERT_TRUE(first);
  EXPECT_EQ(first->lane, Lane::immediate);
  EXPECT_EQ(std::get<AuctionTold>(first->events.at(0)->body).title, "A \"ring\"");
  EXPECT_EQ(room.apply_once(5, TellAuction{told()}, Instant{1}).error().code, "already-told");
  const std::vector<void (*)(AuctionTold&)> bad{
      [](AuctionTold& one) { one.id = {}; },
      [](AuctionTold& one) { one.product = {}; },
      [](AuctionTold& one) { one.title = ""; },
      [](AuctionTold& one) { one.title = std::string(kTitleLengthMax + 1, 'x'); },
      [](AuctionTold& one) { one.start.minor = 0; },
      [](AuctionTold& one) { one.step_minor = 0; },
      [](AuctionTold& one) { one.bids = -1; },
      [](AuctionTold& one) { one.lead->bid = 0; },
      [](AuctionTold& one) { one.lead->minor = kMoneyMinorMax + 1; },
      [](AuctionTold& one) { one.lead->name = std::string(kNameLengthMax + 1, 'x'); },
      [](AuctionTold& one) { one.offer->bid.minor = 0; },
  };
  for (std::size_t i = 0; i < bad.size(); ++i) {
    AuctionTold one = told();
    bad[i](one);
    EXPECT_FALSE(room.apply(TellAuction{one}, Instant{1})) << i;
  }
}

TEST(RoomAuction, IsWrittenForTheWire) {
  std::string out;
  append_event(out, {.seq = 7, .at = Instant{0}, .body = told()});
  EXPECT_EQ(
      out,
      R"({"type":"auction","seq":7,"at":"1970-01-01T00:00:00.000Z","auction":{"id":"9",)"
      R"("product_id":"5","title":" A \"ring\" ","news":"closed","state":"closed","mode":"extend",)"
      R"("extend_s":10,"start":{"minor":1000,"currency":"CNY"},"step":{"minor":100,"currency":"CNY"},)"
      R"("bids":2,"closes_at":"1970-01-01T00:00:00.000Z",)"
      R"("lead":{"bid":3,"name":"Ana","price":{"minor":1100,"currency":"CNY"}},)"
      R"("offer":{"bid":1,"name":"Luis","price":{"minor":1000,"currency":"CNY"},"state":"held"}}})");
}

TEST(RoomAuction, IsReadFromTheBusAsItWasWritten) {
  const auto message = decode_bus_message(kOnBus);
  ASSERT_TRUE(message);
  EXPECT_EQ(encode_bus_message(*message), kOnBus);
}

TEST(RoomAuction, WhatDoesNotFitOnTheBusIsRefused) {
  const std::vector<std::pair<std::string_view, std::string_view>> bad{
      {R"("auction_id":"9")", R"("auction_id":9)"},
      {R"("product_id":"5")", R"("product_id":5)"},
      {R"("title":"A ring",)", ""},
      {R"("news":"closed")", R"("news":"gone")"},
      {R"("state":"closed")", R"("state":"paused")"},
      {R"("mode":"extend")", R"("mode":"dutch")"},
      {R"("currency":"CNY")", R"("currency":"XXX")"},
      {R"("start_minor":1000)", R"("start_minor":"1000")"},
      {R"("bids":2,)", ""},
      {R"("closes_at_us":7)", R"("closes_at_us":7.5)"},
      {R"({"bid":3,"name":"Ana","minor":1100})", "7"},
      {R"("name":"Luis",)", ""},
      {R"("state":"held")", R"("state":"lost")"},
  };
  for (const auto& [from, to] : bad) {
    std::string text(kOnBus);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto message = decode_bus_message(text);
    ASSERT_FALSE(message) << from;
    EXPECT_EQ(message.error().code, "bus-message-invalid");
  }
  EXPECT_FALSE(decode_bus_message(R"({"type":"auction","auction":7})"));
}

}  // namespace
}  // namespace geili::live
