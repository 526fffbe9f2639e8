// Random evenings of a show: buyers buy, boxes are packed, split and merged. Whatever happens,
// every piece lies in one box and every payment is where its piece is. A failing evening names its
// seed.
#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "shipping/parcel.hpp"
#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

using store::Tx;

constexpr std::uint64_t kSeeds = 1'000;
constexpr int kSteps = 25;

struct Sums {
  std::int64_t units = 0;
  std::int64_t weight_g = 0;
  std::int64_t goods_minor = 0;
  std::int64_t paid_minor = 0;
  friend bool operator==(const Sums&, const Sums&) = default;
};

class Evening {
 public:
  Evening(Tx& tx, std::uint64_t seed, RateId rate, Instant now)
      : tx_(tx), random_(seed), shipping_(*load_shipping(tx, kShop)), rate_(rate), now_(now) {}

  void play() {
    for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) {
      take_step();
      check();
    }
  }

 private:
  std::int64_t some(std::int64_t least, std::int64_t most) {
    return least +
           static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1));
  }
  static Address address(std::int64_t which) {
    return {"Ana", "", "Calle " + std::to_string(which), "MX"};
  }
  ParcelId any() { return parcels_.empty() ? ParcelId{} : parcels_[random_() % parcels_.size()]; }

  void remember(ParcelId parcel) {
    if (std::ranges::find(parcels_, parcel) == parcels_.end()) parcels_.push_back(parcel);
  }

  void buy() {
    const DeviceId buyer{some(1, 2)};
    const Address to = address(some(1, 2));
    const Item item{
        .quantity = some(1, 4), .weight_g = some(50, 2'000), .unit_price_minor = some(0, 9'000)};
    const auto open = find_open_parcel(tx_, kShop, kShow, buyer, rate_, to);
    const auto quoted = quote(shipping_, {"MX", "", ""}, {item}, open);
    const Option& option = quoted->options.at(0);
    const OrderId order{++orders_};
    const auto added = add_order(tx_,
                                 {.shop = kShop,
                                  .show = kShow,
                                  .buyer = buyer,
                                  .order = order,
                                  .order_number = order.value,
                                  .to = to,
                                  .currency = kMxn,
                                  .rate = rate_,
                                  .carrier = "C",
                                  .service = "",
                                  .parcels = option.parcels},
                                 now_);
    ASSERT_TRUE(added) << added.error().code;
    expected_[order] = {item.quantity, item.quantity * *item.weight_g,
                        item.quantity * item.unit_price_minor, option.incremental_minor};
    // Together never costs more than apart.
    EXPECT_LE(option.incremental_minor, option.price_minor);
    for (const Parcel& parcel : parcels_of_order(tx_, kShop, order)) {
      remember(parcel.id);
      EXPECT_EQ(parcel.to, to);
      EXPECT_LE(parcel.load().weight_g, 5'000);
    }
  }

  void split() {
    const ParcelId from = any();
    const auto parcel = find_parcel(tx_, kShop, from);
    if (!parcel || parcel->orders.empty()) return;
    const auto made = split_parcel(tx_, kShop, from, {parcel->orders.front().order}, now_);
    if (made) remember(made->id);
  }

  void take_step() {
    switch (some(1, 8)) {
      case 1:
        (void)pack_parcel(tx_, kShop, any(), now_);
        break;
      case 2:
        (void)reopen_parcel(tx_, kShop, any(), now_);
        break;
      case 3:
        split();
        break;
      case 4:
        (void)merge_parcels(tx_, kShop, any(), any(), now_);
        break;
      case 5: {
        const OrderId order{some(1, std::max<std::int64_t>(orders_, 1))};
        (void)move_order(tx_, kShop, order, any(), any(), now_);
        break;
      }
      case 6:
        if (some(1, 4) == 1) {
          const OrderId order{some(1, std::max<std::int64_t>(orders_, 1))};
          if (remove_order(tx_, kShop, order, now_)) expected_.erase(order);
        }
        break;
      default:
        buy();
    }
  }

  void check() {
    std::map<OrderId, Sums> found;
    tx_.each(
        [&](const store::Row& row) {
          Sums& sums = found[row.id<OrderId>(0)];
          sums.units += row.integer(1);
          sums.weight_g += row.integer(2);
          sums.goods_minor += row.integer(3);
          sums.paid_minor += row.integer(4);
        },
        "SELECT o.order_id, o.units, o.weight_g, o.goods_minor, o.shipping_paid_minor"
        " FROM parcel_order o JOIN parcel p ON p.id = o.parcel_id WHERE p.state <> 'cancelled'");
    EXPECT_TRUE(found == expected_);
    EXPECT_FALSE(
        tx_.integer("SELECT 1 FROM parcel_order o JOIN parcel p ON p.id = o.parcel_id"
                    " WHERE p.state = 'cancelled'"));
    EXPECT_FALSE(
        tx_.integer("SELECT 1 FROM parcel p WHERE state = 'open' AND NOT EXISTS"
                    " (SELECT 1 FROM parcel_order o WHERE o.parcel_id = p.id)"));
    EXPECT_FALSE(tx_.integer("SELECT 1 FROM parcel WHERE takes_more = 1 AND state <> 'open'"));
  }

  Tx& tx_;
  std::mt19937_64 random_;
  ShopShipping shipping_;
  RateId rate_;
  Instant now_;
  std::map<OrderId, Sums> expected_;
  std::int64_t orders_ = 0;
  std::vector<ParcelId> parcels_;
};

using RandomParcels = Shop;

TEST_F(RandomParcels, LoseNoPieceAndNoPayment) {
  set_up();
  const RateId rate = make({in("MX")}, {by_weight()}).rates[0].id;
  for (std::uint64_t seed = 1; seed <= kSeeds && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    must([&](Tx& tx) -> Result<int> {
      erase_parcels(tx, kShop);
      Evening(tx, seed, rate, clock_.now()).play();
      return 0;
    });
  }
}

}  // namespace
}  // namespace geili::shipping
