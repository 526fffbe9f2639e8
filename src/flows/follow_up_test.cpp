// What happens after the sale, and to the goods and shows around it.
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "base/random.hpp"
#include "flows/test_market.hpp"
#include "orders/order.hpp"
#include "shows/bag.hpp"
#include "shows/pins.hpp"
#include "webhooks/endpoint.hpp"

namespace geili::flows {
namespace {

using orders::OrderStatus;

class OrderFlow : public Market {
 protected:
  auto cancelling(std::string token) {
    return [this, token](Tx& tx) { return cancel_order(tx, token, clock_); };
  }
  auto setting(OrderId order, OrderStatus status) {
    return [=, this](Tx& tx) { return set_order_status(tx, shop_, order, status, clock_); };
  }
};

TEST_F(OrderFlow, ACancelledOrderGivesItsUnitsBackOnce) {
  PlaceOrder request = wish();
  request.lines = {{necklace_, 2}, {earrings_, 3}};
  request.expected_total.minor = 5 * kPrice;
  const auto order = place(request)->order;
  told();
  ASSERT_TRUE(write(cancelling(order.token)));
  EXPECT_EQ(left(necklace_), 12);
  EXPECT_EQ(left(earrings_), 100);
  const auto heard = told();
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_TRUE(heard[0].contains(R"("available":12)")) << heard[0];
  const std::string once = rows();
  EXPECT_TRUE(write(cancelling(order.token)));
  EXPECT_TRUE(write(setting(order.id, OrderStatus::cancelled)));
  EXPECT_EQ(rows(), once);
}

TEST_F(OrderFlow, TheBuyerCancelsOnlyWhatIsNotPacked) {
  const auto order = place(wish())->order;
  ASSERT_TRUE(write(setting(order.id, OrderStatus::packed)));
  EXPECT_EQ(refused(cancelling(order.token)).code, "order-status-conflict");
  ASSERT_TRUE(write(setting(order.id, OrderStatus::cancelled)));
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(OrderFlow, WhatIsHandedOverStaysSold) {
  const auto order = place(wish())->order;
  ASSERT_TRUE(write(setting(order.id, OrderStatus::packed)));
  ASSERT_TRUE(write(setting(order.id, OrderStatus::handed_over)));
  for (const auto status : {OrderStatus::placed, OrderStatus::packed, OrderStatus::cancelled}) {
    EXPECT_EQ(refused(setting(order.id, status)).code, "order-status-conflict");
  }
  EXPECT_EQ(refused(cancelling(order.token)).code, "order-status-conflict");
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(OrderFlow, AForeignShopCannotTouchAnOrder) {
  const auto order = place(wish())->order;
  const ShopId other = open_shop("Other", "");
  EXPECT_EQ(refused([&](Tx& tx) {
              return set_order_status(tx, other, order.id, OrderStatus::cancelled, clock_);
            }).code,
            "order-not-found");
  EXPECT_EQ(refused(cancelling("AAAAAAAAAAAAAAAAAAAAAA")).code, "order-not-found");
}

class ProductFlow : public Market {};

TEST_F(ProductFlow, AStockThatDoesNotFitLeavesNoProduct) {
  for (const std::int64_t units : {std::int64_t{-1}, stock::kStockMax + 1}) {
    const Error error = refused([&](Tx& tx) {
      return create_product(tx, {.shop = shop_, .title = "x", .price = {1, kCny}}, units, clock_);
    });
    EXPECT_EQ(field_of(error), "/stock");
  }
}

TEST_F(ProductFlow, RoomsHearOfChangedStockAndProducts) {
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return change_stock(tx, necklace_, 3, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_product(tx, necklace_, {.title = "Longer \"one\"", .price = Money{1, kCny}}, 1,
                          clock_);
  }));
  const auto photo =
      write([&](Tx& tx) {
        return add_product_photo(tx, necklace_, {9, 9, Bytes(1), Bytes(1), Bytes(1)}, clock_);
      })->photos.front();
  const std::string id = std::to_string(necklace_.value);
  const std::string card =
      R"({"type":"product","product":{"product_id":")" + id +
      R"(","title":"Longer \"one\"","price":{"minor":1,"currency":"CNY"},"available":15)";
  EXPECT_EQ(told(), (std::vector<std::string>{
                        topic() + R"({"type":"stock","product_id":")" + id + R"(","available":15})",
                        topic() + card + "}}",
                        topic() + card + R"(,"photo":"/photos/)" + std::to_string(photo.id.value) +
                            R"(/small.webp"}})"}));
}

TEST_F(ProductFlow, WhatIsInNoBagIsToldToNobody) {
  const ProductId bowl = list("Bowl", 1);
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return change_stock(tx, bowl, 3, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return change_product(tx, bowl, {.title = "x"}, 1, clock_); }));
  EXPECT_TRUE(told().empty());
}

TEST_F(ProductFlow, ARemovedProductLeavesTheBagAndThePin) {
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, show_, necklace_, clock_); }));
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  EXPECT_EQ(told(), std::vector{topic() + R"({"type":"unpinned"})"});
  EXPECT_EQ(
      *read([&](Tx& tx) -> Result<std::vector<ProductId>> { return shows::bag_of(tx, show_); }),
      std::vector{earrings_});
  EXPECT_EQ(refused([&](Tx& tx) { return change_stock(tx, necklace_, 1, clock_); }).code,
            "product-not-found");
  EXPECT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  EXPECT_TRUE(told().empty());
}

class ShowFlow : public Market {
 protected:
  auto changing(ShowChange change, std::int64_t version) {
    return [=, this](Tx& tx) { return change_show(tx, show_, change, version, clock_); };
  }
  std::int64_t version() {
    return read([&](Tx& tx) { return shows::find_show(tx, show_); })->version;
  }
};

TEST_F(ShowFlow, ABagHoldsTheShopsOwnProductsAlone) {
  const ProductId foreign = list_in(open_shop("Other", ""), "Foreign", 5);
  const ProductId removed = list("Gone", 5);
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, removed, clock_); }));
  for (const ProductId product : {foreign, removed, ProductId{99}}) {
    const std::vector<ProductId> bag{necklace_, product};
    EXPECT_EQ(field_of(refused(changing({.bag = bag}, version()))), "/product_ids/1");
    EXPECT_EQ(field_of(refused([&](Tx& tx) {
                return create_show(tx, {{.shop = shop_, .title = "x", .starts_at = {}}, bag});
              })),
              "/product_ids/1");
  }
  EXPECT_EQ(field_of(refused(changing({.bag = std::vector(2, necklace_)}, version()))),
            "/product_ids/1");
  EXPECT_EQ(field_of(refused(changing({.bag = std::vector(201, necklace_)}, version()))),
            "/product_ids");
  EXPECT_EQ(refused([&](Tx& tx) {
              return create_show(tx, {{.shop = ShopId{99}, .title = "x", .starts_at = {}}, {}});
            }).code,
            "shop-not-found");
}

TEST_F(ShowFlow, AStaleVersionChangesNothing) {
  const Error error =
      refused(changing({.show = {.title = "Other"}, .bag = {{necklace_}}}, version() - 1));
  EXPECT_EQ(error.code, "version-mismatch");
}

TEST_F(ShowFlow, TheRoomHearsWhatJoinsTheBagAndThatThePinIsGone) {
  const ProductId bowl = list("Bowl", 4);
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, show_, necklace_, clock_); }));
  told();
  ASSERT_TRUE(write(changing({.bag = {{bowl, earrings_}}}, version())));
  const auto heard = told();
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_TRUE(heard[0].contains(R"("type":"product")") && heard[0].contains("Bowl")) << heard[0];
  EXPECT_TRUE(heard[1].contains(R"("type":"bag")")) << heard[1];
  EXPECT_EQ(heard[2], topic() + R"({"type":"unpinned"})");
}

TEST_F(ShowFlow, TheRoomHearsOfAnotherOrderOfTheBag) {
  const auto id = [](ProductId product) { return std::to_string(product.value); };
  const auto put = [&](std::vector<ProductId> bag) {
    ASSERT_TRUE(write(changing({.bag = std::move(bag)}, version())));
  };
  put({necklace_, earrings_});
  told();
  put({necklace_, earrings_});
  EXPECT_TRUE(told().empty()) << "nothing is another";
  put({earrings_, necklace_});
  EXPECT_EQ(told(), std::vector{topic() + R"({"type":"bag","product_ids":[")" + id(earrings_) +
                                R"(",")" + id(necklace_) + R"("]})"});
  put({earrings_});
  EXPECT_EQ(told(),
            std::vector{topic() + R"({"type":"bag","product_ids":[")" + id(earrings_) + R"("]})"});
  put({earrings_, necklace_});
  const auto joined = told();
  ASSERT_EQ(joined.size(), 1U) << "who is there reads the bag again";
  EXPECT_TRUE(joined[0].contains(R"("type":"product")")) << joined[0];
}

TEST_F(ShowFlow, TheRoomHearsPinsOnceAndEveryStatus) {
  told();
  const auto pinning = [&](Tx& tx) { return pin(tx, show_, earrings_, clock_); };
  const auto unpinning = [&](Tx& tx) { return unpin(tx, show_, clock_); };
  ASSERT_TRUE(write(pinning));
  ASSERT_TRUE(write(pinning));
  ASSERT_TRUE(write(unpinning));
  ASSERT_TRUE(write(unpinning));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(
      told(),
      (std::vector<std::string>{
          topic() + R"({"type":"pinned","product":{"product_id":")" +
              std::to_string(earrings_.value) +
              R"(","title":"Earrings","price":{"minor":28800,"currency":"CNY"},"available":100}})",
          topic() + R"({"type":"unpinned"})", topic() + R"({"type":"status","status":"ended"})"}));
  EXPECT_EQ(refused(pinning).code, "show-ended");
  EXPECT_EQ(refused([&](Tx& tx) { return start_show(tx, show_, clock_); }).code,
            "show-status-conflict");
}

TEST_F(ShowFlow, WhoWaitsHearsThatAShowIsCalledOffAndNoProgramThatItEnded) {
  const crypto::Sealer sealer{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
  ASSERT_TRUE(write([&](Tx& tx) {
    return webhooks::create_endpoint(tx, shop_,
                                     {"https://example.com/hook",
                                      "",
                                      {webhooks::Event::show_started, webhooks::Event::show_ended}},
                                     sealer, clock_.now());
  }));
  const auto messages = [&] {
    return *read([](Tx& tx) -> Result<std::int64_t> {
      return tx.integer("SELECT count(*) FROM webhook_message").value_or(0);
    });
  };
  const ShowId planned = schedule({necklace_});
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, planned, necklace_, clock_); }));
  told();
  ASSERT_TRUE(write([&](Tx& tx) { return call_off_show(tx, planned, clock_); }));
  EXPECT_EQ(told(), std::vector{"show." + std::to_string(planned.value) +
                                R"( {"type":"status","status":"ended"})"});
  EXPECT_EQ(messages(), 0);
  const auto pins =
      *read([&](Tx& tx) -> Result<std::vector<shows::Pin>> { return shows::pins_of(tx, planned); });
  ASSERT_EQ(pins.size(), 1U);
  EXPECT_EQ(pins[0].unpinned_at, clock_.now());
  const auto again = refused([&](Tx& tx) { return call_off_show(tx, planned, clock_); });
  EXPECT_EQ(again.code, "show-status-conflict");
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  EXPECT_EQ(messages(), 1) << "of the show that was live";
}

TEST_F(ShowFlow, ALiveShowIsNotCalledOff) {
  told();
  EXPECT_EQ(refused([&](Tx& tx) { return call_off_show(tx, show_, clock_); }).code,
            "show-status-conflict");
  EXPECT_TRUE(told().empty());
}

TEST_F(ShowFlow, EveryPinIsRememberedFromItsBeginningToItsEnd) {
  const Instant start = clock_.now();
  const auto at = [&](int s) { return start + std::chrono::seconds(s); };
  const auto after_a_second = [&](auto change) {
    ASSERT_TRUE(write([&](Tx& tx) { return change(tx); }));
    clock_.advance(std::chrono::seconds(1));
  };
  const auto pinning = [&](ProductId product) {
    return [=, this](Tx& tx) { return pin(tx, show_, product, clock_); };
  };
  const std::vector<ProductId> bag_without{necklace_};
  after_a_second(pinning(necklace_));
  after_a_second(pinning(necklace_));
  after_a_second(pinning(earrings_));
  after_a_second([&](Tx& tx) {
    const auto version = shows::find_show(tx, show_)->version;
    return change_show(tx, show_, {.bag = bag_without}, version, clock_);
  });
  after_a_second(pinning(necklace_));
  after_a_second([&](Tx& tx) { return unpin(tx, show_, clock_); });
  after_a_second(pinning(necklace_));
  after_a_second([&](Tx& tx) { return end_show(tx, show_, clock_); });
  const auto pins =
      *read([&](Tx& tx) -> Result<std::vector<shows::Pin>> { return shows::pins_of(tx, show_); });
  std::vector<std::tuple<ProductId, Instant, std::optional<Instant>>> seen;
  for (const shows::Pin& pin : pins) {
    seen.emplace_back(pin.product, pin.pinned_at, pin.unpinned_at);
  }
  const decltype(seen) expected{{necklace_, at(0), at(2)},
                                {earrings_, at(2), at(3)},
                                {necklace_, at(4), at(5)},
                                {necklace_, at(6), at(7)}};
  EXPECT_EQ(seen, expected);
}

TEST_F(ShowFlow, APinEndsWithItsProduct) {
  ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, show_, necklace_, clock_); }));
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  const auto pins =
      *read([&](Tx& tx) -> Result<std::vector<shows::Pin>> { return shows::pins_of(tx, show_); });
  ASSERT_EQ(pins.size(), 1U);
  EXPECT_EQ(pins[0].unpinned_at, clock_.now());
}

TEST_F(ShowFlow, ACoverGrowsTheVersion) {
  const auto before = version();
  ASSERT_TRUE(write(
      [&](Tx& tx) { return set_show_cover(tx, show_, {9, 9, Bytes(1), Bytes(1), Bytes(1)}); }));
  EXPECT_EQ(version(), before + 1);
  EXPECT_EQ(refused([&](Tx& tx) {
              return set_show_cover(tx, ShowId{99}, {9, 9, Bytes(1), Bytes(1), Bytes(1)});
            }).code,
            "show-not-found");
}

// Any history of sales, cancellations and changes: what is left and what is sold come to what was
// put in.
TEST_F(OrderFlow, NoHistoryLosesOrMakesUnits) {
  std::mt19937 random(20'261'123);
  const auto pick = [&](int count) {
    return static_cast<int>(random() % static_cast<unsigned>(count));
  };
  std::vector<orders::Order> placed;
  std::int64_t put_in = 12;
  for (int step = 0; step < 600; ++step) {
    switch (pick(5)) {
      case 0: {
        const std::int64_t delta = pick(9) - 4;
        if (write([&](Tx& tx) { return change_stock(tx, necklace_, delta, clock_); }))
          put_in += delta;
        break;
      }
      case 1:
        if (!placed.empty()) {
          const auto& order =
              placed[static_cast<std::size_t>(pick(static_cast<int>(placed.size())))];
          static_cast<void>(write(cancelling(order.token)));
        }
        break;
      case 2:
        if (!placed.empty()) {
          const auto& order =
              placed[static_cast<std::size_t>(pick(static_cast<int>(placed.size())))];
          static_cast<void>(write(setting(order.id, static_cast<OrderStatus>(pick(4)))));
        }
        break;
      default: {
        PlaceOrder request = wish(pick(3) + 1, "key-" + std::to_string(1000 + pick(150)));
        request.lines = {{necklace_, pick(3) + 1}};
        request.expected_total.minor = kPrice * request.lines[0].quantity;
        if (auto result = place(request); result && !result->is_replay)
          placed.push_back(result->order);
      }
    }
    const std::int64_t sold = integer(
        "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM shop_order_line l JOIN "
        "shop_order o ON o.id = "
        "l.order_id"
        " WHERE o.status <> 'cancelled'");
    const std::int64_t claimed = integer(
        "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM claim WHERE released_at IS NULL");
    ASSERT_EQ(left(necklace_) + sold, put_in) << "after step " << step;
    ASSERT_EQ(claimed, sold) << "after step " << step;
    ASSERT_GE(left(necklace_), 0);
  }
  EXPECT_GT(placed.size(), 50U);
}

}  // namespace
}  // namespace geili::flows
