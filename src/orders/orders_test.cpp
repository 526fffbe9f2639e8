#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "orders/order.hpp"
#include "store/testing/test_store.hpp"

namespace geili::orders {
namespace {

using store::Tx;

const Currency kCny = *Currency::parse("CNY");
constexpr ShopId kShop{1};

class Orders : public store::testing::StoreTest {
 protected:
  Order place(std::int64_t device = 1, std::optional<ShowId> show = std::nullopt,
              ShopId shop = kShop) {
    const NewOrder order{.shop = shop,
                         .show = show,
                         .number = ++placed_,
                         .lines = {{.product = ProductId{5},
                                    .title = "Necklace",
                                    .quantity = 2,
                                    .unit_price = {100, kCny},
                                    .photo = PhotoId{3},
                                    .claim = ClaimId{4}}},
                         .total = {200, kCny},
                         .fulfilment = Fulfilment::pickup,
                         .buyer = {.name = "Ana", .phone = "12345"},
                         .note = ""};
    clock_.advance(std::chrono::seconds(1));
    return *write(
        [&](Tx& tx) { return place_order(tx, intent(device, placed_), order, clock_.now()); });
  }
  static Intent intent(std::int64_t device, std::int64_t key, std::byte hash = std::byte{1}) {
    return {DeviceId{device}, "key-" + std::to_string(key), Bytes(32, hash)};
  }
  // The job that brings an order into a status.
  auto setting(Order order, OrderStatus status) {
    return [=, this](Tx& tx) {
      Order changed = order;
      return set_status(tx, changed, status, clock_.now());
    };
  }
  std::string numbers(OrderFilter filter, ShopId shop = kShop) {
    std::string all;
    PageRequest request{.limit = 2};
    do {
      const auto page = *read([&](Tx& tx) { return list_by_shop(tx, shop, filter, request); });
      for (const Order& order : page.items) all += std::to_string(order.number) + " ";
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return all;
  }

  std::int64_t placed_ = 0;
};

TEST_F(Orders, AreReadBackAsTheyWerePlaced) {
  const Order placed = place(7, ShowId{9});
  const Order order = *read([&](Tx& tx) { return find_order(tx, kShop, placed.id); });
  EXPECT_EQ(order.token, placed.token);
  EXPECT_EQ(order.show, ShowId{9});
  EXPECT_EQ(order.device, DeviceId{7});
  ASSERT_EQ(order.lines.size(), 1U);
  EXPECT_EQ(order.lines[0].photo, PhotoId{3});
  EXPECT_EQ(order.lines[0].claim, ClaimId{4});
  EXPECT_EQ(order.fulfilment, Fulfilment::pickup);
  EXPECT_EQ(order.buyer.name, "Ana");
  EXPECT_EQ(order.buyer.country, "");
}

TEST_F(Orders, OfOthersAreNotFound) {
  const Order order = place();
  EXPECT_EQ(refused([&](Tx& tx) { return find_order(tx, ShopId{2}, order.id); }).code,
            "order-not-found");
  EXPECT_EQ(refused([&](Tx& tx) { return find_order(tx, kShop, OrderId{99}); }).code,
            "order-not-found");
  for (const std::string& token : {std::string(), std::string("x"), std::string(22, 'A'),
                                   std::string(1000, 'A'), std::string("%")}) {
    EXPECT_EQ(refused([&](Tx& tx) { return find_by_token(tx, token); }).code, "order-not-found");
  }
}

TEST_F(Orders, AnIntentIsFoundByItsDeviceAndKey) {
  const Order order = place(1);
  const auto find = [](const Intent& intent) {
    return [=](Tx& tx) { return find_by_intent(tx, intent); };
  };
  EXPECT_EQ((*read(find(intent(1, 1))))->id, order.id);
  EXPECT_FALSE(*read(find(intent(2, 1))));
  EXPECT_FALSE(*read(find(intent(1, 2))));
  EXPECT_EQ(refused(find(intent(1, 1, std::byte{2}))).code, "idempotency-key-reused");
  EXPECT_EQ(refused([&](Tx& tx) {
              return place_order(tx, intent(1, 1), {.shop = kShop, .total = {0, kCny}},
                                 clock_.now());
            }).code,
            "request-in-flight");
}

// Every status with every next one: what may follow, what changes nothing, what is refused.
TEST_F(Orders, StatusesFollowEachOther) {
  using enum OrderStatus;
  const std::map<OrderStatus, std::vector<OrderStatus>> paths{{placed, {}},
                                                              {packed, {packed}},
                                                              {handed_over, {packed, handed_over}},
                                                              {cancelled, {cancelled}}};
  const std::map<OrderStatus, std::vector<OrderStatus>> next{{placed, {packed, cancelled}},
                                                             {packed, {handed_over, cancelled}},
                                                             {handed_over, {}},
                                                             {cancelled, {}}};
  for (const auto& [from, path] : paths) {
    for (const OrderStatus to : {placed, packed, handed_over, cancelled}) {
      Order order = place();
      for (const OrderStatus step : path) {
        ASSERT_TRUE(*write(setting(order, step)));
        order = *read([&](Tx& tx) { return find_order(tx, kShop, order.id); });
      }
      const std::string name = std::string(to_text(from)) + " to " + std::string(to_text(to));
      const auto& allowed = next.at(from);
      if (std::find(allowed.begin(), allowed.end(), to) != allowed.end()) {
        EXPECT_EQ(write(setting(order, to)), true) << name;
        const Order after = *read([&](Tx& tx) { return find_order(tx, kShop, order.id); });
        EXPECT_EQ(after.status, to) << name;
        EXPECT_EQ(after.history.back().status, to) << name;
        EXPECT_EQ(after.history.size(), path.size() + 2) << name;
      } else if (from == to) {
        const std::string before = rows();
        EXPECT_EQ(write(setting(order, to)), false) << name;
        EXPECT_EQ(rows(), before) << name;
      } else {
        EXPECT_EQ(refused(setting(order, to)).code, "order-status-conflict") << name;
      }
    }
  }
}

TEST_F(Orders, AStatusIsSetOnTopOfTheOneThatWasRead) {
  const Order order = place();
  ASSERT_TRUE(write(setting(order, OrderStatus::packed)));
  EXPECT_EQ(refused(setting(order, OrderStatus::cancelled)).code, "order-status-conflict");
}

TEST_F(Orders, AShopsListIsItsOwnAndFiltered) {
  const ShowId show{9};
  place(1);                             // 1
  const Order second = place(2, show);  // 2
  place(1, std::nullopt, ShopId{2});    // 3
  place(1, show);                       // 4
  place(3, ShowId{8});                  // 5
  ASSERT_TRUE(write(setting(second, OrderStatus::packed)));
  EXPECT_EQ(numbers({}), "5 4 2 1 ");
  EXPECT_EQ(numbers({}, ShopId{2}), "3 ");
  EXPECT_EQ(numbers({.show = show}), "4 2 ");
  EXPECT_EQ(numbers({.show = show}, ShopId{2}), "");
  EXPECT_EQ(numbers({.status = OrderStatus::placed}), "5 4 1 ");
  EXPECT_EQ(numbers({.status = OrderStatus::packed}), "2 ");
  EXPECT_EQ(numbers({.status = OrderStatus::packed, .show = show}), "2 ");
  EXPECT_EQ(numbers({.status = OrderStatus::cancelled}), "");
}

TEST_F(Orders, ADevicesListIsItsOwn) {
  for (const std::int64_t device : {1, 2, 1, 1}) place(device);
  const auto list = [&](std::string cursor) {
    return [=](Tx& tx) { return list_by_device(tx, DeviceId{1}, {.cursor = cursor, .limit = 2}); };
  };
  const auto first = *read(list(""));
  ASSERT_EQ(first.items.size(), 2U);
  EXPECT_EQ(first.items[0].number, 4);
  EXPECT_EQ(first.items[0].lines.size(), 1U);
  const auto second = *read(list(first.next_cursor));
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].number, 1);
  EXPECT_EQ(second.next_cursor, "");
  EXPECT_EQ(refused(list("!!")).code, "bad-cursor");
  EXPECT_EQ(refused([&](Tx& tx) {
              return list_by_shop(tx, kShop, {}, {.cursor = first.next_cursor});
            }).code,
            "bad-cursor");
}

}  // namespace
}  // namespace geili::orders
