#include "shipping/return_request.hpp"

#include <functional>
#include <string>
#include <vector>

#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

constexpr OrderId kOrder{31};

class Returns : public Shop {
 protected:
  static ReturnLine line(std::int64_t position, std::int64_t quantity, std::int64_t ordered = 3) {
    return {.position = position,
            .product = ProductId{5},
            .title = "Collar",
            .quantity = quantity,
            .unit_price = {10'000, kMxn},
            .ordered = ordered};
  }
  static NewReturn request(std::string key, std::vector<ReturnLine> lines) {
    return {.shop = kShop,
            .order = kOrder,
            .key = std::move(key),
            .wish = ReturnWish::refund,
            .reason = ReturnReason::damaged,
            .note = "Roto",
            .currency = kMxn,
            .lines = std::move(lines)};
  }
  auto asking(NewReturn request) {
    return [=, this](Tx& tx) { return ask_return(tx, request, clock_.now()); };
  }
  ReturnRequest ask(std::int64_t quantity = 1) {
    return must(asking(request("k" + std::to_string(++keys_), {line(0, quantity)})));
  }
  using Step = Result<bool> (*)(Tx&, ShopId, ReturnId, Instant);
  auto step(Step step, ReturnId id, ShopId shop = kShop) {
    return [=, this](Tx& tx) { return step(tx, shop, id, clock_.now()); };
  }
  auto refusing(ReturnId id, std::string answer) {
    return [=, this](Tx& tx) { return refuse_return(tx, kShop, id, answer, clock_.now()); };
  }
  auto refunding(ReturnId id, std::int64_t minor) {
    return [=, this](Tx& tx) { return refund_return(tx, kShop, id, {minor, kMxn}, clock_.now()); };
  }
  auto exchanging(ReturnId id, std::int64_t order) {
    return
        [=, this](Tx& tx) { return exchange_return(tx, kShop, id, OrderId{order}, clock_.now()); };
  }
  ReturnRequest get(ReturnId id) {
    return *read([=](Tx& tx) { return find_return(tx, kShop, id); });
  }
  int keys_ = 0;
};

TEST_F(Returns, GoFromAskedToRefunded) {
  const ReturnRequest asked = ask(2);
  EXPECT_EQ(asked.goods_minor(), 20'000);
  clock_.advance(std::chrono::hours(1));
  for (const bool first : {true, false}) {
    EXPECT_EQ(must(step(approve_return, asked.id)), first);
  }
  for (const bool first : {true, false}) {
    EXPECT_EQ(must(step(receive_return, asked.id)), first);
  }
  for (const bool first : {true, false}) EXPECT_EQ(must(refunding(asked.id, 19'000)), first);
  const ReturnRequest done = get(asked.id);
  EXPECT_EQ(done.refund_minor, 19'000);
  ASSERT_EQ(done.history.size(), 4U);
  EXPECT_EQ(done.history[0].state, ReturnState::asked);
  EXPECT_EQ(done.history[3].state, ReturnState::refunded);
  EXPECT_EQ(done.history[3].at, clock_.now());
  EXPECT_EQ(refused(refunding(asked.id, 20'000)).code, "return-state-conflict");
  EXPECT_EQ(refused(exchanging(asked.id, 40)).code, "return-state-conflict");
}

TEST_F(Returns, GoFromAskedToExchangedOrRefused) {
  const ReturnRequest one = ask();
  must(step(approve_return, one.id));
  must(step(receive_return, one.id));
  for (const bool first : {true, false}) EXPECT_EQ(must(exchanging(one.id, 40)), first);
  EXPECT_EQ(get(one.id).exchange_order, OrderId{40});
  EXPECT_EQ(refused(exchanging(one.id, 41)).code, "return-state-conflict");

  const ReturnRequest two = ask();
  EXPECT_EQ(field_of(refused(refusing(two.id, " "))), "/answer");
  for (const bool first : {true, false}) EXPECT_EQ(must(refusing(two.id, "Usado")), first);
  EXPECT_EQ(get(two.id).answer, "Usado");
  EXPECT_EQ(refused(refusing(two.id, "Otro")).code, "return-state-conflict");
}

TEST_F(Returns, TakeNoStepOutOfTurn) {
  const auto id = ask().id;
  const auto expect_conflicts = [&](std::vector<std::function<Result<bool>(Tx&)>> steps) {
    for (const auto& one : steps) EXPECT_EQ(refused(one).code, "return-state-conflict");
  };
  expect_conflicts({step(receive_return, id), refunding(id, 1), exchanging(id, 40)});
  must(step(approve_return, id));
  expect_conflicts({refusing(id, "x"), refunding(id, 1), exchanging(id, 40)});
  must(step(receive_return, id));
  expect_conflicts({step(approve_return, id), refusing(id, "x")});
  EXPECT_EQ(field_of(refused(refunding(id, -1))), "/amount");
  EXPECT_EQ(field_of(refused([&](Tx& tx) {
              return refund_return(tx, kShop, id, {1, *Currency::parse("EUR")}, clock_.now());
            })),
            "/amount");
  EXPECT_EQ(refused(step(approve_return, id, kOtherShop)).code, "return-not-found");
  EXPECT_EQ(refused(step(approve_return, ReturnId{99})).code, "return-not-found");
}

TEST_F(Returns, AskedTwiceAreOne) {
  const ReturnRequest first = must(asking(request("k", {line(1, 1), line(0, 2)})));
  const ReturnRequest again = must(asking(request("k", {line(0, 2), line(1, 1)})));
  EXPECT_EQ(first.id, again.id);
  EXPECT_EQ(integer("SELECT count(*) FROM return_line"), 2);
  EXPECT_EQ(refused(asking(request("k", {line(0, 1)}))).code, "return-key-reused");
  EXPECT_EQ(again.note, "Roto");
  EXPECT_EQ(again.reason, ReturnReason::damaged);
}

TEST_F(Returns, AreNoMoreThanWasBought) {
  const ReturnRequest two = ask(2);
  const Error error = refused(asking(request("x", {line(0, 2)})));
  EXPECT_EQ(error.code, "return-exceeds-order");
  EXPECT_EQ(figure_of(error, "position"), 0);
  EXPECT_EQ(figure_of(error, "left"), 1);
  ask(1);
  must(refusing(two.id, "No"));
  ask(2);
  EXPECT_EQ(refused(asking(request("y", {line(0, 1)}))).code, "return-exceeds-order");
  // Another line, and another order's.
  must(asking(request("z", {line(1, 3)})));
  NewReturn other = request("k1", {line(0, 3)});
  other.order = OrderId{32};
  must(asking(other));
}

TEST_F(Returns, RefuseWhatDoesNotFit) {
  struct Case {
    std::function<void(NewReturn&)> spoil;
    const char* path;
  };
  for (const Case& c : std::vector<Case>{
           {[](NewReturn& r) { r.key = ""; }, "/key"},
           {[](NewReturn& r) { r.note = std::string(501, 'x'); }, "/note"},
           {[](NewReturn& r) { r.lines.clear(); }, "/lines"},
           {[](NewReturn& r) { r.lines.assign(kReturnLinesMax + 1, r.lines[0]); }, "/lines"},
           {[](NewReturn& r) { r.lines[0].position = -1; }, "/lines/0/position"},
           {[](NewReturn& r) { r.lines.push_back(r.lines[0]); }, "/lines/0/position"},
           {[](NewReturn& r) { r.lines[0].quantity = 0; }, "/lines/0/quantity"},
           {[](NewReturn& r) { r.lines[0].title = "a\nb"; }, "/lines/0/title"},
           {[](NewReturn& r) { r.lines[0].unit_price.minor = -1; }, "/lines/0/unit_price"},
           {[](NewReturn& r) { r.currency = *Currency::parse("EUR"); }, "/lines/0/unit_price"}}) {
    NewReturn spoilt = request("k", {line(0, 1)});
    c.spoil(spoilt);
    EXPECT_EQ(field_of(refused(asking(spoilt))), c.path);
  }
}

TEST_F(Returns, AreListedByState) {
  for (int i = 0; i < 3; ++i) ask();
  const auto first = *read([](Tx& tx) {
    return list_returns(tx, kShop, ReturnState::asked, {.cursor = {}, .limit = 2});
  });
  ASSERT_EQ(first.items.size(), 2U);
  const auto rest = *read([&](Tx& tx) {
    return list_returns(tx, kShop, ReturnState::asked, {.cursor = first.next_cursor, .limit = 2});
  });
  ASSERT_EQ(rest.items.size(), 1U);
  EXPECT_EQ(rest.items[0].lines.size(), 1U);
  const auto none =
      *read([](Tx& tx) { return list_returns(tx, kShop, ReturnState::received, {}); });
  EXPECT_TRUE(none.items.empty());
  const auto all = *read([](Tx& tx) { return list_returns(tx, kShop, std::nullopt, {}); });
  EXPECT_EQ(all.items.size(), 3U);
  const auto of_order = *read([](Tx& tx) -> Result<std::vector<ReturnRequest>> {
    return returns_of_order(tx, kShop, kOrder);
  });
  EXPECT_EQ(of_order.size(), 3U);
  must([](Tx& tx) -> Result<int> {
    erase_returns(tx, kShop);
    return 0;
  });
  EXPECT_EQ(integer("SELECT count(*) FROM return_request"), 0);
}

}  // namespace
}  // namespace geili::shipping
