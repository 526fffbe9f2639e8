#pragma once
// For the tests of auctions and prizes: the market, with one ring in the bag.

#include <string>
#include <vector>

#include "flows/auction.hpp"
#include "flows/hold.hpp"
#include "flows/test_pay.hpp"
#include "flows/variant.hpp"
#include "flows/won.hpp"

namespace geili::flows {

using std::chrono::minutes;
using std::chrono::seconds;

class Auction : public Pay {
 protected:
  void SetUp() override {
    Pay::SetUp();
    ring_ = list("Ring", 1);
    show_ = schedule({necklace_, ring_});
    start(show_);
    told();
  }

  OpenAuction wish_auction() const {
    return {.show = show_, .product = ring_, .start = {1'000, kCny}, .step_minor = 100};
  }
  auto opening(OpenAuction auction) {
    return [=, this](Tx& tx) { return open_auction(tx, auction, clock_); };
  }
  shows::AuctionId open() {
    auto opened = write(opening(wish_auction()));
    EXPECT_TRUE(opened) << opened.error().code;
    return opened->terms.auction;
  }
  void bids(shows::AuctionId auction, std::int64_t device, std::int64_t amount_minor) {
    auto accepted = write([&](Tx& tx) {
      return bid(tx,
                 {auction, DeviceId{device}, "Ana", amount_minor,
                  "key-" + std::to_string(++keys_ + 10'000)},
                 clock_);
    });
    ASSERT_TRUE(accepted) << accepted.error().code;
  }
  bool close_due() {
    return *write([&](Tx& tx) -> Result<bool> { return close_due_auctions(tx, clock_); });
  }
  void close(shows::AuctionId auction) {
    ASSERT_TRUE(write([&](Tx& tx) { return close_auction(tx, auction, clock_); }));
  }
  void expire() {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  }
  AuctionView view(shows::AuctionId auction) {
    return *read([&](Tx& tx) -> Result<AuctionView> {
      return view_auction(tx, *shows::find_auction(tx, auction));
    });
  }
  std::int64_t winner(shows::AuctionId auction) {
    const auto offer = view(auction).offer;
    return offer && offer->state != OfferState::lapsed ? offer->bid.device.value : 0;
  }
  PlaceOrder order_of(std::int64_t device, ProductId product, std::int64_t total_minor,
                      std::int64_t quantity = 1) {
    PlaceOrder order = wish(device, "key-" + std::to_string(++keys_ + 10'000));
    order.lines = {{product, quantity}};
    order.expected_total.minor = total_minor;
    return order;
  }
  std::string code_of(const Result<Placed>& placed) { return placed ? "" : placed.error().code; }
  std::int64_t deals_counted(ProductId product) {
    return *read([&](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT deals FROM product WHERE id = $1", product);
    });
  }
  std::vector<std::string> news() {
    std::vector<std::string> all;
    for (const std::string& line : told()) {
      const auto at = line.find(R"("news":")");
      if (at == std::string::npos) continue;
      const auto from = at + 8;
      all.push_back(line.substr(from, line.find('"', from) - from));
    }
    return all;
  }

  // One ring and one necklace, alone in a new show.
  ProductId set_in_new_show() {
    const ProductId set =
        write([&](Tx& tx) {
          return create_bundle(tx, {.shop = shop_, .title = "Set", .price = {kPrice, kCny}},
                               {{ring_, 1}, {necklace_, 1}}, clock_);
        })->id;
    show_ = schedule({set});
    start(show_);
    return set;
  }
  // It takes more rings from now on than there are.
  void change(ProductId set) {
    const auto version = read([&](Tx& tx) { return catalog::find_product(tx, set); })->version;
    ASSERT_TRUE(write([&](Tx& tx) {
      return change_parts(tx, set, {{ring_, 2}, {necklace_, 1}}, version, clock_);
    }));
  }

  ProductId ring_;
  int keys_ = 0;
};

}  // namespace geili::flows
