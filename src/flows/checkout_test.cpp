#include "flows/checkout.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "flows/test_market.hpp"
#include "orders/order.hpp"

namespace geili::flows {
namespace {

class Checkout : public Market {};

TEST_F(Checkout, WritesTheOrderDown) {
  PlaceOrder request = wish();
  request.lines = {{earrings_, 3}, {necklace_, 2}};
  request.expected_total.minor = 5 * kPrice;
  const auto placed = place(request);
  ASSERT_TRUE(placed);
  EXPECT_FALSE(placed->is_replay);
  const auto order = *read([&](Tx& tx) { return orders::find_by_token(tx, placed->order.token); });
  EXPECT_EQ(order.id, placed->order.id);
  EXPECT_EQ(order.token.size(), 22U);
  EXPECT_EQ(order.shop, shop_);
  EXPECT_EQ(order.show, show_);
  EXPECT_EQ(order.device, request.device);
  EXPECT_EQ(order.number, 1);
  EXPECT_EQ(order.status, orders::OrderStatus::placed);
  EXPECT_EQ(order.total, (Money{5 * kPrice, kCny}));
  EXPECT_EQ(order.buyer.name, "Ana Pérez");
  EXPECT_EQ(order.buyer.country, "CN");
  EXPECT_EQ(order.note, "Ring");
  EXPECT_EQ(order.placed_at, clock_.now());
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[0].product, earrings_);
  EXPECT_EQ(order.lines[0].quantity, 3);
  EXPECT_EQ(order.lines[1].title, "Necklace");
  EXPECT_EQ(order.lines[1].unit_price.minor, kPrice);
  ASSERT_EQ(order.history.size(), 1U);
  EXPECT_EQ(order.history[0].at, clock_.now());
  EXPECT_EQ(left(necklace_), 10);
  EXPECT_EQ(left(earrings_), 97);
}

TEST_F(Checkout, NumbersCountInTheShowElseInTheShop) {
  EXPECT_EQ(place(wish(1))->order.number, 1);
  EXPECT_EQ(place(wish(2))->order.number, 2);
  PlaceOrder outside = wish(3);
  outside.show.reset();
  EXPECT_EQ(place(outside)->order.number, 1);
  outside.idempotency_key = "key-00002";
  EXPECT_EQ(place(outside)->order.number, 2);
  EXPECT_EQ(place(wish(4))->order.number, 3);
}

TEST_F(Checkout, TitleAndPriceStayAsTheyWere) {
  const std::string token = place(wish())->order.token;
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_product(tx, necklace_, {.title = "Other", .price = Money{1, kCny}}, 1, clock_);
  }));
  const auto order = *read([&](Tx& tx) { return orders::find_by_token(tx, token); });
  EXPECT_EQ(order.lines[0].title, "Necklace");
  EXPECT_EQ(order.lines[0].unit_price.minor, kPrice);
}

TEST_F(Checkout, BadRequestsAreRefusedAtTheirField) {
  using Change = std::function<void(PlaceOrder&)>;
  struct Case {
    const char* path;
    Change change;
  };
  const std::vector<Case> cases{
      {"Idempotency-Key", [](auto& r) { r.idempotency_key = ""; }},
      {"Idempotency-Key", [](auto& r) { r.idempotency_key = "short"; }},
      {"Idempotency-Key", [](auto& r) { r.idempotency_key = std::string(65, 'k'); }},
      {"Idempotency-Key", [](auto& r) { r.idempotency_key = "key with spaces"; }},
      {"Idempotency-Key", [](auto& r) { r.idempotency_key = "'; DROP TABLE shop"; }},
      {"/shop_id", [](auto& r) { r.shop = ShopId{99}; }},
      {"/show_id", [](auto& r) { r.show = ShowId{99}; }},
      {"/lines", [](auto& r) { r.lines.clear(); }},
      {"/lines", [](auto& r) { r.lines.resize(21, r.lines[0]); }},
      {"/lines/1/product_id", [](auto& r) { r.lines.push_back(r.lines[0]); }},
      {"/lines/0/quantity", [](auto& r) { r.lines[0].quantity = 0; }},
      {"/lines/0/quantity", [](auto& r) { r.lines[0].quantity = -1; }},
      {"/lines/0/quantity", [](auto& r) { r.lines[0].quantity = 101; }},
      {"/lines/0/quantity", [](auto& r) { r.lines[0].quantity = INT64_MAX; }},
      {"/buyer/name", [](auto& r) { r.buyer.name = " "; }},
      {"/buyer/name", [](auto& r) { r.buyer.name = std::string(81, 'n'); }},
      {"/buyer/name", [](auto& r) { r.buyer.name = "Ana\nBob"; }},
      {"/buyer/name", [](auto& r) { r.buyer.name = "\xff"; }},
      {"/buyer/phone", [](auto& r) { r.buyer.phone = "1234"; }},
      {"/buyer/phone", [](auto& r) { r.buyer.phone = std::string(26, '1'); }},
      {"/buyer/phone", [](auto& r) { r.buyer.phone = "call me"; }},
      {"/buyer/address", [](auto& r) { r.buyer.address = ""; }},
      {"/buyer/address", [](auto& r) { r.buyer.address = std::string(501, 'a'); }},
      {"/buyer/country", [](auto& r) { r.buyer.country = ""; }},
      {"/buyer/country", [](auto& r) { r.buyer.country = "cn"; }},
      {"/buyer/country", [](auto& r) { r.buyer.country = "CHN"; }},
      {"/note", [](auto& r) { r.note = std::string(501, 'n'); }},
      {"/expected_total/currency", [](auto& r) { r.expected_total.currency = kMxn; }},
  };
  for (const Case& c : cases) {
    PlaceOrder request = wish();
    c.change(request);
    const Error error = refused(placing(request));
    EXPECT_EQ(error.code, "invalid-field") << c.path;
    EXPECT_EQ(error.kind, ErrorKind::unprocessable) << c.path;
    EXPECT_EQ(field_of(error), c.path);
  }
}

TEST_F(Checkout, EveryFaultOfTheBuyerIsNamedAtOnce) {
  PlaceOrder request = wish();
  request.buyer = {};
  request.note = "\x02";
  const Error error = refused(placing(request));
  std::string paths;
  for (const auto& field : error.fields) paths += field.path + " ";
  EXPECT_EQ(paths, "/note /buyer/name /buyer/phone /buyer/address /buyer/country ");
}

TEST_F(Checkout, PickupNeedsNoAddressButAShopThatOffersIt) {
  PlaceOrder request = wish();
  request.fulfilment = orders::Fulfilment::pickup;
  request.buyer.address = request.buyer.country = "";
  EXPECT_TRUE(place(request));

  const ShopId far = open_shop("Far", "");
  request.shop = far;
  request.show.reset();
  request.lines = {{list_in(far, "Bowl", 1), 1}};
  request.idempotency_key = "key-00002";
  const Error error = refused(placing(request));
  EXPECT_EQ(error.code, "pickup-unavailable");
  EXPECT_EQ(error.kind, ErrorKind::conflict);
}

TEST_F(Checkout, WhatIsNotForSaleIsRefused) {
  const ProductId removed = list("Gone", 5);
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, removed, clock_); }));
  const ProductId hidden = list("Hidden", 5, true);
  const ProductId foreign = list_in(open_shop("Other", ""), "Foreign", 5);
  for (const ProductId product : {removed, hidden, foreign, ProductId{99}, ProductId{-1}}) {
    PlaceOrder request = wish();
    request.lines = {{necklace_, 1}, {product, 1}};
    request.expected_total.minor = 2 * kPrice;
    const Error error = refused(placing(request));
    EXPECT_EQ(error.code, "product-unavailable");
    EXPECT_EQ(figure_of(error, "product_id"), product.value);
  }
}

TEST_F(Checkout, AHiddenProductIsSoldFromTheBag) {
  const ProductId hidden = list("Hidden", 5, true);
  const ShowId show = schedule({hidden});
  start(show);
  PlaceOrder request = wish();
  request.lines = {{hidden, 1}};
  request.show = show;
  EXPECT_TRUE(place(request));
  request.idempotency_key = "key-00002";
  request.show = show_;  // another bag
  EXPECT_EQ(refused(placing(request)).code, "product-unavailable");
}

TEST_F(Checkout, AShowSellsFromItsStartOn) {
  const ShowId show = schedule({necklace_});
  PlaceOrder request = wish();
  request.show = show;
  EXPECT_EQ(refused(placing(request)).code, "show-status-conflict");
  start(show);
  EXPECT_TRUE(place(request));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show, clock_); }));
  request.idempotency_key = "key-00002";
  EXPECT_TRUE(place(request));

  const ShopId other = open_shop("Other", "");
  request.shop = other;
  request.lines = {{list_in(other, "Bowl", 1), 1}};
  request.idempotency_key = "key-00003";
  EXPECT_EQ(field_of(refused(placing(request))), "/show_id");
}

TEST_F(Checkout, AnotherPriceIsRefusedWithTheRightOne) {
  for (const std::int64_t shown : {std::int64_t{0}, kPrice - 1, kPrice + 1, -kPrice, INT64_MAX}) {
    PlaceOrder request = wish();
    request.expected_total.minor = shown;
    const Error error = refused(placing(request));
    EXPECT_EQ(error.code, "price-changed");
    EXPECT_EQ(figure_of(error, "current_total_minor"), kPrice);
  }
}

TEST_F(Checkout, AnOrderHasALimitInMoney) {
  ASSERT_TRUE(write([&](Tx& tx) {
    return change_product(tx, earrings_, {.price = Money{kMoneyMinorMax, kCny}}, 1, clock_);
  }));
  PlaceOrder request = wish();
  request.lines = {{earrings_, 100}};
  request.expected_total.minor = 100 * kMoneyMinorMax;
  EXPECT_EQ(field_of(refused(placing(request))), "/lines");
}

TEST_F(Checkout, WhatIsSoldOutSaysHowManyAreLeft) {
  PlaceOrder request = wish();
  request.lines = {{earrings_, 1}, {necklace_, 13}};
  request.expected_total.minor = 14 * kPrice;
  const Error error = refused(placing(request));
  EXPECT_EQ(error.code, "sold-out");
  EXPECT_EQ(error.kind, ErrorKind::conflict);
  EXPECT_EQ(figure_of(error, "available"), 12);
  EXPECT_EQ(figure_of(error, "product_id"), necklace_.value);
}

TEST_F(Checkout, ARepeatGetsTheFirstOrder) {
  const auto first = place(wish());
  const std::string before = rows();
  clock_.advance(std::chrono::hours(30));
  const auto again = place(wish());
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_replay);
  EXPECT_EQ(again->order.id, first->order.id);
  EXPECT_EQ(again->order.token, first->order.token);
  EXPECT_EQ(rows(), before);
}

TEST_F(Checkout, ARepeatIsAnsweredEvenWhenNothingIsLeft) {
  PlaceOrder all = wish();
  all.lines[0].quantity = 12;
  all.expected_total.minor = 12 * kPrice;
  const auto first = place(all);
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, necklace_, clock_); }));
  const auto again = place(all);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->order.id, first->order.id);
}

TEST_F(Checkout, AKeyIsForOneRequest) {
  ASSERT_TRUE(place(wish()));
  const std::vector<std::function<void(PlaceOrder&)>> changes{
      [](auto& r) { r.note = "Other"; },
      [](auto& r) { r.lines[0].quantity = 2; },
      [](auto& r) { r.buyer.address = "Road 2"; },
      [](auto& r) { r.buyer.country = "MX"; },
      [](auto& r) { r.show.reset(); },
      [](auto& r) { r.fulfilment = orders::Fulfilment::pickup; },
      [](auto& r) { r.expected_total.minor = 1; },
      [](auto& r) {  // the same letters, cut otherwise
        r.buyer.name = "Ana Pérez+";
        r.buyer.phone = "86 138-0000";
      },
  };
  for (const auto& change : changes) {
    PlaceOrder request = wish();
    change(request);
    const Error error = refused(placing(request));
    EXPECT_EQ(error.code, "idempotency-key-reused");
    EXPECT_EQ(error.kind, ErrorKind::unprocessable);
  }
}

TEST_F(Checkout, AKeyBelongsToItsDevice) {
  const auto ana = place(wish(1));
  PlaceOrder other = wish(2);
  other.buyer.name = "Bao";
  const auto bao = place(other);
  ASSERT_TRUE(bao);
  EXPECT_FALSE(bao->is_replay);
  EXPECT_NE(ana->order.id, bao->order.id);
}

TEST_F(Checkout, ARefusalDoesNotSpendTheKey) {
  PlaceOrder request = wish();
  request.expected_total.minor = 1;
  refused(placing(request));
  request.expected_total.minor = kPrice;
  EXPECT_TRUE(place(request));
}

TEST_F(Checkout, TheRoomHearsOfTheSaleAndTheStock) {
  told();
  PlaceOrder request = wish();
  request.lines[0].quantity = 2;
  request.expected_total.minor = 2 * kPrice;
  ASSERT_TRUE(place(request));
  const std::string id = std::to_string(necklace_.value);
  EXPECT_EQ(told(), (std::vector<std::string>{
                        topic() + R"({"type":"sold","number":1,"name":"Ana","product_id":")" + id +
                            R"(","title":"Necklace","quantity":2})",
                        topic() + R"({"type":"stock","product_id":")" + id + R"(","available":10})",
                    }));
}

TEST_F(Checkout, TheRoomHearsTheNameOfTheDevice) {
  const std::array<std::pair<const char*, const char*>, 3> names{
      {{"", "\"name\":\"Ana\""}, {"小安", "\"name\":\"小安\""}, {"A b", "\"name\":\"A b\""}}};
  std::int64_t device = 0;
  for (const auto& [display_name, expected] : names) {
    told();
    PlaceOrder request = wish(++device);
    request.display_name = display_name;
    ASSERT_TRUE(place(request));
    EXPECT_TRUE(told().front().contains(expected)) << expected;
  }
  told();
  PlaceOrder request = wish(++device);
  request.buyer.name.clear();
  for (int i = 0; i < 41; ++i) request.buyer.name += "安";
  ASSERT_TRUE(place(request));
  const std::string heard = told().front();
  const auto from = heard.find("\"name\":\"") + 8;
  EXPECT_EQ(utf8_length(heard.substr(from, heard.find('"', from) - from)), 40U);
}

TEST_F(Checkout, EveryOpenShowWithTheProductHearsOfItsStock) {
  const ShowId next = schedule({necklace_});
  told();
  PlaceOrder outside = wish();
  outside.show.reset();
  ASSERT_TRUE(place(outside));
  const std::string stock = R"({"type":"stock","product_id":")" + std::to_string(necklace_.value) +
                            R"(","available":11})";
  EXPECT_EQ(told(), (std::vector<std::string>{topic() + stock,
                                              "show." + std::to_string(next.value) + " " + stock}));
}

TEST_F(Checkout, ThirteenBuyersRaceForTwelve) {
  std::vector<Result<Placed>> answers(13, fail(ErrorKind::conflict, "none", ""));
  {
    std::vector<std::jthread> buyers;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      buyers.emplace_back([&, i] { answers[i] = place(wish(static_cast<std::int64_t>(i) + 1)); });
    }
  }
  int sold_out = 0;
  std::vector<bool> numbers(13, false);
  for (const auto& answer : answers) {
    if (answer) {
      ASSERT_LE(answer->order.number, 12);
      numbers[static_cast<std::size_t>(answer->order.number)] = true;
      continue;
    }
    ++sold_out;
    EXPECT_EQ(answer.error().code, "sold-out");
    EXPECT_EQ(figure_of(answer.error(), "available"), 0);
  }
  EXPECT_EQ(sold_out, 1);
  EXPECT_EQ(std::count(numbers.begin(), numbers.end(), true), 12);
  EXPECT_EQ(left(necklace_), 0);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM shop_order"), 12);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM claim WHERE released_at IS NULL"), 12);
}

TEST_F(Checkout, OneIntentRacingItselfIsOneOrder) {
  std::vector<OrderId> orders(13);
  {
    std::vector<std::jthread> buyers;
    for (auto& order : orders) buyers.emplace_back([&] { order = place(wish())->order.id; });
  }
  for (const OrderId order : orders) EXPECT_EQ(order, orders[0]);
  EXPECT_EQ(left(necklace_), 11);
}

TEST_F(Checkout, TwoProductsInOppositeOrderNeverOversell) {
  ASSERT_TRUE(write([&](Tx& tx) { return change_stock(tx, earrings_, -88, clock_); }));
  std::vector<std::jthread> buyers;
  for (int i = 1; i <= 20; ++i) {
    buyers.emplace_back([this, i] {
      PlaceOrder request = wish(i);
      request.lines = {{necklace_, 1}, {earrings_, 1}};
      if (i % 2 == 0) std::swap(request.lines[0], request.lines[1]);
      request.expected_total.minor = 2 * kPrice;
      static_cast<void>(place(request));
    });
  }
  buyers.clear();
  EXPECT_EQ(left(necklace_), 0);
  EXPECT_EQ(left(earrings_), 0);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM shop_order"), 12);
}

}  // namespace
}  // namespace geili::flows
