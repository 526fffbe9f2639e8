#include "shipping/parcel.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::Tx;
using store::testing::field_of;

const Address kHome{"Ana Hernández", "+52 951 123 4567", "Calle del Lago 12\n68000 Oaxaca", "MX"};

class Parcels : public Shop {
 protected:
  void SetUp() override {
    set_up();
    rate_ = make({in("MX")}, {by_weight()}).rates[0];
  }
  // Quotes one piece and puts it where it belongs, as a checkout does.
  auto buying(std::int64_t order, std::int64_t weight_g = 300, DeviceId buyer = kAna,
              Address to = kHome, std::optional<ShowId> show = kShow, std::int64_t pieces = 1) {
    return [=, this](Tx& tx) -> Result<std::vector<Parcel>> {
      const auto open = find_open_parcel(tx, kShop, show, buyer, rate_.id, to);
      const auto shipping = load_shipping(tx, kShop);
      auto quoted =
          quote(*shipping, {"MX", "", "68000"},
                {{.quantity = pieces, .weight_g = weight_g, .unit_price_minor = 5'000}}, open);
      if (!quoted) return fail_as(quoted);
      const Option& option = quoted->options.at(0);
      auto added = add_order(tx, dispatch(order, option, buyer, to, show), clock_.now());
      if (!added) return fail_as(added);
      return parcels_of_order(tx, kShop, OrderId{order});
    };
  }
  static Dispatch dispatch(std::int64_t order, const Option& option, DeviceId buyer,
                           const Address& to, std::optional<ShowId> show) {
    return {.shop = kShop,
            .show = show,
            .buyer = buyer,
            .order = OrderId{order},
            .order_number = order - 100,
            .to = to,
            .currency = kMxn,
            .rate = option.rate,
            .carrier = option.carrier,
            .service = option.service,
            .parcels = option.parcels};
  }
  Parcel buy(std::int64_t order, std::int64_t weight_g = 300, DeviceId buyer = kAna,
             Address to = kHome) {
    return must(buying(order, weight_g, buyer, std::move(to))).at(0);
  }
  using Step = Result<bool> (*)(Tx&, ShopId, ParcelId, Instant);
  auto step(Step step, ParcelId id, ShopId shop = kShop) {
    return [=, this](Tx& tx) { return step(tx, shop, id, clock_.now()); };
  }
  auto shipping(ParcelId id, Handover handover) {
    return [=, this](Tx& tx) { return ship_parcel(tx, kShop, id, handover, clock_.now()); };
  }
  auto correcting(ParcelId id, Handover handover) {
    return [=, this](Tx& tx) { return correct_handover(tx, kShop, id, handover, clock_.now()); };
  }
  auto moving(std::int64_t order, ParcelId from, ParcelId to) {
    return
        [=, this](Tx& tx) { return move_order(tx, kShop, OrderId{order}, from, to, clock_.now()); };
  }
  auto merging(ParcelId from, ParcelId into) {
    return [=, this](Tx& tx) { return merge_parcels(tx, kShop, from, into, clock_.now()); };
  }
  auto splitting(ParcelId from, std::vector<OrderId> orders) {
    return [=, this](Tx& tx) { return split_parcel(tx, kShop, from, orders, clock_.now()); };
  }
  auto removing(std::int64_t order) {
    return [=, this](Tx& tx) { return remove_order(tx, kShop, OrderId{order}, clock_.now()); };
  }
  Parcel get(ParcelId id) {
    return *read([=](Tx& tx) { return find_parcel(tx, kShop, id); });
  }
  std::vector<PostageLeft> left(ParcelId id) {
    return *read([=](Tx& tx) -> Result<std::vector<PostageLeft>> { return postage_left(tx, id); });
  }
  // "1:101,102 2:103": the orders of each parcel that is not cancelled.
  std::string boxes() {
    std::string text;
    const auto page = *read([](Tx& tx) { return list_parcels(tx, kShop, {}, {}); });
    for (const Parcel& parcel : page.items) {
      if (parcel.state == ParcelState::cancelled) continue;
      if (!text.empty()) text += " ";
      text += std::to_string(parcel.number);
      for (const ParcelOrder& order : parcel.orders) {
        text += (&order == parcel.orders.data() ? ":" : ",") + std::to_string(order.order.value);
      }
    }
    return text;
  }
  Rate rate_;
};

TEST_F(Parcels, GatherABuyersOrdersOfAShow) {
  const Parcel first = buy(101);
  EXPECT_EQ(first.shipping_paid_minor(), 9'000);
  const Parcel second = buy(102, 200);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.shipping_paid_minor(), 9'000);
  const Parcel third = buy(103, 100);
  EXPECT_EQ(third.shipping_paid_minor(), 12'000);
  EXPECT_EQ(third.load(), (Load{3, 600, 0, 15'000}));
  EXPECT_EQ(third.orders.at(2).number, 3);
  EXPECT_EQ(third.to, kHome);
  // Other buyers, other addresses and other shows have boxes of their own.
  buy(104, 300, kLuis);
  Address office = kHome;
  office.lines = "Av. Juárez 1\n68000 Oaxaca";
  buy(105, 300, kAna, office);
  Address typed_again = kHome;
  typed_again.lines = "calle del  lago 12 68000 Oaxaca";
  buy(106, 100, kAna, typed_again);
  EXPECT_EQ(boxes(), "1:101,102,103,106 2:104 3:105");
  must(buying(107, 300, kAna, kHome, ShowId{5}));
  must(buying(108, 300, kAna, kHome, std::nullopt));
  must(buying(109, 300, kAna, kHome, std::nullopt));
  EXPECT_EQ(boxes(), "1:101,102,103,106 2:104 3:105 1:107 1:108 2:109");
}

TEST_F(Parcels, HoldAnOrderOnce) {
  const Parcel first = buy(101);
  const std::string before = rows();
  EXPECT_EQ(buy(101).id, first.id);
  EXPECT_EQ(rows(), before);
}

TEST_F(Parcels, ABoxThatIsPackedTakesNoMore) {
  const Parcel first = buy(101);
  must(step(pack_parcel, first.id));
  const Parcel second = buy(102, 100);
  EXPECT_NE(second.id, first.id);
  EXPECT_EQ(second.shipping_paid_minor(), 9'000);
  // The older one is opened again; the newer one still takes what follows.
  must(step(reopen_parcel, first.id));
  EXPECT_EQ(buy(103, 100).id, second.id);
  must(step(pack_parcel, second.id));
  must(step(pack_parcel, first.id));
  must(step(reopen_parcel, first.id));
  EXPECT_EQ(buy(104, 100).id, first.id);
}

TEST_F(Parcels, QuotedForABoxThatWasPackedMeanwhileIsRefused) {
  const Parcel first = buy(101);
  const auto quoted = *read([&](Tx& tx) {
    return quote(*load_shipping(tx, kShop), {"MX", "", ""}, {{.weight_g = 100}},
                 find_open_parcel(tx, kShop, kShow, kAna, rate_.id, kHome));
  });
  must(step(pack_parcel, first.id));
  const Error error = refused([&](Tx& tx) {
    return add_order(tx, dispatch(102, quoted.options.at(0), kAna, kHome, kShow), clock_.now());
  });
  EXPECT_EQ(error.code, "parcel-not-open");
}

TEST_F(Parcels, ALargeOrderLiesInSeveral) {
  buy(101, 4'000);
  const auto parcels = must(buying(102, 3'000, kAna, kHome, kShow, 2));
  ASSERT_EQ(parcels.size(), 2U);
  EXPECT_EQ(boxes(), "1:101 2:102 3:102");
  EXPECT_EQ(buy(103, 100).number, 3);  // the newest takes what follows
  EXPECT_TRUE(must(removing(102)));
  EXPECT_EQ(boxes(), "1:101 3:103");
  EXPECT_FALSE(must(removing(102)));
}

TEST_F(Parcels, TellPostageOnceOfAnOrderThatComesBackAndIsCancelledAgain) {
  const ParcelId first = buy(101).id;
  EXPECT_EQ(buy(102, 100).id, first);
  EXPECT_TRUE(must(removing(101)));
  EXPECT_EQ(left(first).size(), 1U);
  EXPECT_EQ(buy(101).id, first);
  EXPECT_TRUE(left(first).empty()) << "it lies there again";
  EXPECT_TRUE(must(removing(101)));
  ASSERT_EQ(left(first).size(), 1U);
  EXPECT_EQ(left(first)[0].shipping_minor, 9'000);
}

TEST_F(Parcels, KeepInMindWhatPostageLeftWithACancelledOrder) {
  const ParcelId first = buy(101).id;
  EXPECT_EQ(buy(102, 100).id, first);
  EXPECT_TRUE(must(removing(102)));
  EXPECT_TRUE(left(first).empty()) << "it had paid nothing";
  EXPECT_EQ(buy(103, 100).id, first);
  EXPECT_TRUE(must(removing(101)));
  ASSERT_EQ(left(first).size(), 1U);
  EXPECT_EQ(left(first)[0].order, OrderId{101});
  EXPECT_EQ(left(first)[0].shipping_minor, 9'000);
  EXPECT_EQ(get(first).shipping_paid_minor(), 0);
  EXPECT_EQ(buy(104).id, first);
  EXPECT_EQ(get(first).shipping_paid_minor(), 9'000) << "who joins next is quoted by what is paid";
  EXPECT_TRUE(must(removing(103)));
  EXPECT_TRUE(must(removing(104)));
  EXPECT_EQ(get(first).state, ParcelState::cancelled);
}

TEST_F(Parcels, GoFromOpenToDelivered) {
  const ParcelId id = buy(101).id;
  const Handover handover{"DHL", " AB 12 ", 480};
  const Handover kept{"DHL", "AB 12", 480};
  EXPECT_EQ(refused(shipping(id, handover)).code, "parcel-state-conflict");
  clock_.advance(std::chrono::hours(1));
  for (const bool first : {true, false}) EXPECT_EQ(must(step(pack_parcel, id)), first);
  for (const bool first : {true, false}) EXPECT_EQ(must(shipping(id, handover)), first);
  EXPECT_EQ(refused(shipping(id, {"DHL", "AB 13", 480})).code, "parcel-already-shipped");
  EXPECT_EQ(get(id).tracking_number, "AB 12");
  EXPECT_TRUE(must(correcting(id, {"DHL", "AB 13", std::nullopt})));
  EXPECT_FALSE(must(correcting(id, {"DHL", "AB 13", std::nullopt})));
  for (const bool first : {true, false}) EXPECT_EQ(must(step(deliver_parcel, id)), first);
  EXPECT_EQ(refused(correcting(id, kept)).code, "parcel-state-conflict");
  for (const bool first : {true, false}) EXPECT_EQ(must(step(take_parcel_back, id)), first);
  const Parcel parcel = get(id);
  EXPECT_EQ(parcel.tracking_number, "AB 13");
  ASSERT_EQ(parcel.history.size(), 5U);
  EXPECT_EQ(parcel.history[0].state, ParcelState::open);
  EXPECT_EQ(parcel.history[4].state, ParcelState::returned);
  EXPECT_EQ(parcel.history[4].at, clock_.now());
}

TEST_F(Parcels, TakeNoStepOutOfTurn) {
  using enum ParcelState;
  const std::vector<std::pair<Step, ParcelState>> steps{{reopen_parcel, open},
                                                        {pack_parcel, packed},
                                                        {deliver_parcel, delivered},
                                                        {take_parcel_back, returned},
                                                        {cancel_parcel, cancelled}};
  const std::vector<std::pair<ParcelState, std::vector<ParcelState>>> may{
      {open, {packed, cancelled}},
      {packed, {open, cancelled}},
      {shipped, {delivered, returned}},
      {delivered, {returned}},
      {returned, {}},
      {cancelled, {}}};
  for (const auto& [state, next] : may) {
    for (const auto& [one, wanted] : steps) {
      const ParcelId id = buy(101).id;
      must([&](Tx& tx) -> Result<std::int64_t> {
        return tx.exec("UPDATE parcel SET state = $2, takes_more = 0 WHERE id = $1", id,
                       to_text(state));
      });
      if (wanted == state) {
        EXPECT_FALSE(must(step(one, id)));
      } else if (std::ranges::find(next, wanted) != next.end()) {
        EXPECT_TRUE(must(step(one, id)));
      } else {
        EXPECT_EQ(refused(step(one, id)).code, "parcel-state-conflict")
            << to_text(state) << " " << to_text(wanted);
      }
      must([&](Tx& tx) -> Result<int> {
        erase_parcels(tx, kShop);
        return 0;
      });
    }
  }
  EXPECT_EQ(refused(step(pack_parcel, ParcelId{999})).code, "parcel-not-found");
  EXPECT_EQ(refused(step(pack_parcel, buy(101).id, kOtherShop)).code, "parcel-not-found");
}

TEST_F(Parcels, AreSplitMovedAndMerged) {
  const ParcelId first = buy(101).id;
  buy(102, 100);
  buy(103, 200);
  const Parcel split = must(splitting(first, {OrderId{103}}));
  EXPECT_EQ(boxes(), "1:101,102 2:103");
  EXPECT_EQ(must(splitting(first, {OrderId{103}})).id, split.id);
  EXPECT_EQ(get(first).shipping_paid_minor() + get(split.id).shipping_paid_minor(), 12'000);
  EXPECT_EQ(buy(104, 100).id, first);
  for (const bool now : {true, false}) EXPECT_EQ(must(moving(102, first, split.id)), now);
  EXPECT_EQ(boxes(), "1:101,104 2:102,103");
  for (const bool now : {true, false}) EXPECT_EQ(must(merging(split.id, first)), now);
  EXPECT_EQ(boxes(), "1:101,102,103,104");
  EXPECT_EQ(get(split.id).state, ParcelState::cancelled);
  EXPECT_EQ(get(first).load().weight_g, 700);
}

TEST_F(Parcels, APartOfAnOrderIsSplitOff) {
  const ParcelId first = must(buying(101, 300, kAna, kHome, kShow, 3)).at(0).id;
  const auto splitting_off = [&](Load part, std::int64_t shipping_minor) {
    return [=, this](Tx& tx) {
      return split_order(tx, kShop, first, OrderId{101}, part, shipping_minor, clock_.now());
    };
  };
  for (const Load& bad : {Load{3, 300, 0, 5'000}, Load{0, 300, 0, 5'000}, Load{1, 900, 0, 5'000},
                          Load{1, 300, 1, 5'000}, Load{1, 300, 0, 15'001}}) {
    EXPECT_EQ(field_of(refused(splitting_off(bad, 0))), "/part");
  }
  EXPECT_EQ(field_of(refused(splitting_off({1, 300, 0, 5'000}, 12'001))), "/shipping_minor");
  const Parcel part = must(splitting_off({1, 300, 0, 5'000}, 4'000));
  EXPECT_EQ(part.load(), (Load{1, 300, 0, 5'000}));
  EXPECT_EQ(get(first).load(), (Load{2, 600, 0, 10'000}));
  EXPECT_EQ(get(first).shipping_paid_minor(), 8'000);
  must(merging(part.id, first));
  EXPECT_EQ(get(first).load(), (Load{3, 900, 0, 15'000}));
  EXPECT_EQ(get(first).shipping_paid_minor(), 12'000);
}

TEST_F(Parcels, MoveOnlyWhereTheyMay) {
  const ParcelId first = buy(101).id;
  buy(102, 100);
  const ParcelId other = buy(103, 300, kLuis).id;
  Address luis = kHome;
  luis.recipient = "Luis";
  const ParcelId elsewhere = buy(104, 300, kLuis, luis).id;
  EXPECT_EQ(refused(moving(101, first, elsewhere)).code, "parcel-address-differs");
  EXPECT_EQ(refused(merging(first, elsewhere)).code, "parcel-address-differs");
  EXPECT_EQ(refused(moving(109, first, other)).code, "order-not-in-parcel");
  EXPECT_EQ(refused(moving(101, first, ParcelId{99})).code, "parcel-not-found");
  EXPECT_EQ(refused(splitting(first, {})).code, "parcel-split-all");
  EXPECT_EQ(refused(splitting(first, {OrderId{101}, OrderId{102}})).code, "parcel-split-all");
  EXPECT_EQ(refused(splitting(first, {OrderId{104}})).code, "order-not-in-parcel");
  must(step(pack_parcel, other));
  EXPECT_EQ(refused(moving(101, first, other)).code, "parcel-not-open");
  EXPECT_EQ(refused(moving(103, other, first)).code, "parcel-not-open");
  EXPECT_EQ(refused(merging(other, first)).code, "parcel-not-open");
  EXPECT_EQ(refused(splitting(other, {OrderId{103}})).code, "parcel-not-open");
  must(step(pack_parcel, first));
  must(shipping(first, {"DHL", "", std::nullopt}));
  EXPECT_EQ(refused(removing(101)).code, "parcel-state-conflict");
}

TEST_F(Parcels, RefuseWhatDoesNotFit) {
  struct Case {
    std::function<void(Dispatch&)> spoil;
    const char* path;
  };
  Option option;
  option.rate = rate_.id;
  option.parcels = {{.load = {1, 1, 0, 1}, .price_minor = 0, .joins = false, .items = {}}};
  for (const Case& c : std::vector<Case>{
           {[](Dispatch& d) { d.to.recipient = ""; }, "/to/recipient"},
           {[](Dispatch& d) { d.to.phone = std::string(26, '1'); }, "/to/phone"},
           {[](Dispatch& d) { d.to.lines = " \n "; }, "/to/lines"},
           {[](Dispatch& d) { d.to.country = "ZZ"; }, "/to/country"},
           {[](Dispatch& d) { d.carrier = "a\nb"; }, "/carrier"},
           {[](Dispatch& d) { d.parcels.clear(); }, "/parcels"},
           {[](Dispatch& d) { d.parcels.assign(kParcelsMax + 1, d.parcels[0]); }, "/parcels"}}) {
    Dispatch spoilt = dispatch(101, option, kAna, kHome, kShow);
    c.spoil(spoilt);
    EXPECT_EQ(field_of(refused([&](Tx& tx) { return add_order(tx, spoilt, clock_.now()); })),
              c.path);
  }
  const ParcelId id = buy(101).id;
  must(step(pack_parcel, id));
  EXPECT_EQ(field_of(refused(shipping(id, {"", "T1", std::nullopt}))), "/carrier");
  EXPECT_EQ(field_of(refused(shipping(id, {"DHL", "<>", std::nullopt}))), "/tracking_number");
  EXPECT_EQ(field_of(refused(shipping(id, {"DHL", "", 0}))), "/weighed_g");
}

TEST_F(Parcels, HoldNoMoreOrdersThanTheyMay) {
  rate_.brackets = {{kWeightMaxG, 100}};
  rate_.parcel_max_g = kWeightMaxG;
  const ParcelId first = must(buying(1'000, 1)).at(0).id;
  must([&](Tx& tx) -> Result<int> {
    for (std::int64_t order = 1; order < static_cast<std::int64_t>(kParcelOrdersMax); ++order) {
      EXPECT_TRUE(buying(1'000 + order, 1)(tx));
    }
    return 0;
  });
  EXPECT_EQ(get(first).orders.size(), kParcelOrdersMax);
  EXPECT_EQ(refused(buying(9'999, 1)).code, "parcel-full");
}

TEST_F(Parcels, AreListedInPages) {
  for (std::int64_t order = 101; order <= 103; ++order) buy(order, 300, DeviceId{order});
  must(step(pack_parcel, ParcelId{2}));
  const auto list = [&](ParcelFilter filter, PageRequest page) {
    return *read([&](Tx& tx) { return list_parcels(tx, kShop, filter, page); });
  };
  const auto first = list({kShow, ParcelState::open}, {.cursor = {}, .limit = 1});
  ASSERT_EQ(first.items.size(), 1U);
  EXPECT_EQ(first.items[0].number, 1);
  const auto next = list({kShow, ParcelState::open}, {.cursor = first.next_cursor, .limit = 1});
  EXPECT_EQ(next.items.at(0).number, 3);
  EXPECT_TRUE(next.next_cursor.empty());
  EXPECT_TRUE(list({ShowId{9}, {}}, {}).items.empty());
  EXPECT_EQ(list({{}, ParcelState::packed}, {}).items.at(0).number, 2);
  EXPECT_EQ(list({}, {}).items.size(), 3U);
}

TEST_F(Parcels, ForgetAnAddressWhenTheyAreDone) {
  const ParcelId id = buy(101).id;
  const auto erasing = [](Tx& tx) -> Result<int> {
    auto erased = erase_buyer_addresses(tx, kAna);
    if (!erased) return fail_as(erased);
    return 0;
  };
  EXPECT_EQ(refused(erasing).code, "parcel-in-progress");
  must(step(pack_parcel, id));
  must(shipping(id, {"DHL", "", std::nullopt}));
  must(erasing);
  EXPECT_EQ(get(id).to, (Address{"", "", "", "MX"}));
  EXPECT_EQ(rows().find("Lago"), std::string::npos);
  EXPECT_EQ(rows().find("lago"), std::string::npos);
}

}  // namespace
}  // namespace geili::shipping
