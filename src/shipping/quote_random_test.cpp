// Random shops and baskets: what must hold of every quote. A failing one names its seed.
#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "shipping/test_shop.hpp"

namespace geili::shipping {
namespace {

constexpr std::uint64_t kSeeds = 1'000;
const Destination kThere{"MX", "", ""};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::int64_t some(std::int64_t least, std::int64_t most) {
    return least +
           static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool once_in(int times) { return some(1, times) == 1; }

  Rate rate() {
    Rate rate = flat(some(0, 9'000));
    rate.id = RateId{7};
    rate.parcel_max_g = some(1'000, 4'000);
    if (!once_in(3)) {
      rate.kind = once_in(2) ? RateKind::weight : RateKind::items;
      rate.brackets.clear();
      Bracket bracket{0, some(0, 3'000)};
      for (auto count = some(1, 4); count > 0; --count) {
        bracket.up_to += rate.kind == RateKind::weight ? some(1, 900) : some(1, 3);
        bracket.price_minor += some(0, 4'000);
        rate.brackets.push_back(bracket);
      }
      rate.step = rate.kind == RateKind::weight ? some(50, 1'000) : some(1, 2);
      rate.step_minor = some(0, 2'000);
    }
    if (once_in(3)) rate.volume_max_cm3 = some(1'000, 4'000);
    return rate;
  }
  std::vector<Item> items(std::int64_t units_max) {
    std::vector<Item> items;
    for (std::int64_t left = some(1, units_max); left > 0;) {
      Item item;
      item.quantity = some(1, std::min<std::int64_t>(left, 3));
      left -= item.quantity;
      item.weight_g = some(1, 1'000);
      item.length_mm = some(0, 100);
      item.width_mm = some(0, 100);
      item.height_mm = some(0, 100);
      item.unit_price_minor = some(0, 20'000);
      items.push_back(item);
    }
    return items;
  }
  std::optional<OpenParcel> open(const Rate& rate) {
    if (once_in(3)) return std::nullopt;
    OpenParcel open{rate.id, {some(1, 3), some(1, 1'000), some(0, 900'000), some(0, 20'000)}, 0};
    open.paid_minor = parcel_price(rate, open.load).value_or(0) + (once_in(4) ? some(0, 500) : 0);
    return open;
  }
  std::mt19937_64& engine() { return engine_; }

 private:
  std::mt19937_64 engine_;
};

ShopShipping shop_with(const Rate& rate) {
  return {.settings = {.currency = kMxn, .origin_country = "MX"},
          .zones = {{ZoneId{1}, "Z", {in("*")}, {rate}}}};
}

Option quoted(const ShopShipping& shipping, const std::vector<Item>& items,
              const std::optional<OpenParcel>& open = {}) {
  const auto made = quote(shipping, kThere, items, open);
  EXPECT_TRUE(made && made->options.size() == 1U);
  return made->options.at(0);
}

// The items with one piece each.
std::vector<Item> pieces_of(const std::vector<Item>& items) {
  std::vector<Item> pieces;
  for (Item item : items) {
    const auto count = std::exchange(item.quantity, 1);
    pieces.insert(pieces.end(), static_cast<std::size_t>(count), item);
  }
  return pieces;
}

Load load_of(const std::vector<Item>& pieces) {
  Load load;
  for (const Item& item : pieces) {
    load = load + Load{1, *item.weight_g, item.length_mm * item.width_mm * item.height_mm,
                       item.unit_price_minor};
  }
  return load;
}

// Tries every way to share pieces out, the open parcel first.
std::int64_t cheapest(const Rate& rate, const std::vector<Item>& pieces, std::size_t next,
                      std::vector<Load>& parcels, const std::optional<OpenParcel>& open,
                      bool joined) {
  if (next == pieces.size()) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < parcels.size(); ++i) {
      if (open && i == 0 && !joined) continue;
      const auto price = parcel_price(rate, parcels[i]);
      if (!price) return INT64_MAX;
      sum += open && i == 0 ? std::max<std::int64_t>(*price - open->paid_minor, 0) : *price;
    }
    return sum;
  }
  std::int64_t best = INT64_MAX;
  for (std::size_t i = 0; i <= parcels.size(); ++i) {
    const std::vector<Load> before = parcels;
    if (i == parcels.size()) parcels.emplace_back();
    parcels[i] = parcels[i] + load_of({pieces[next]});
    best =
        std::min(best, cheapest(rate, pieces, next + 1, parcels, open, joined || (open && i == 0)));
    parcels = before;
  }
  return best;
}

void expect_whole(const Rate& rate, const std::vector<Item>& items, const Option& option,
                  const std::optional<OpenParcel>& open) {
  std::vector<std::int64_t> counts(items.size(), 0);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < option.parcels.size(); ++i) {
    const QuotedParcel& parcel = option.parcels[i];
    for (const auto& [item, count] : parcel.items) counts.at(item) += count;
    EXPECT_TRUE(!parcel.joins || (i == 0 && open));
    const Load load = parcel.joins ? open->load + parcel.load : parcel.load;
    const auto price = parcel_price(rate, load);
    ASSERT_TRUE(price);
    EXPECT_LE(load.weight_g, rate.parcel_max_g);
    EXPECT_EQ(parcel.price_minor,
              parcel.joins ? std::max<std::int64_t>(*price - open->paid_minor, 0) : *price);
    if (rate.free_from_minor && load.goods_minor >= *rate.free_from_minor) {
      EXPECT_EQ(parcel.price_minor, 0);
    }
    sum += parcel.price_minor;
  }
  EXPECT_EQ(sum, option.incremental_minor);
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(counts[i], items[i].quantity);
}

TEST(RandomQuotes, HoldEveryPieceAndKeepTheLimits) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Rate rate = random.rate();
    if (random.once_in(2)) rate.free_from_minor = random.some(1, 40'000);
    const auto items = random.items(30);
    const auto open = random.open(rate);
    const Option option = quoted(shop_with(rate), items, open);
    expect_whole(rate, items, option, open);
    EXPECT_GE(option.incremental_minor, 0);
    EXPECT_LE(option.incremental_minor, option.price_minor);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(RandomQuotes, CostNoMoreThanPiecesApartOrTogether) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Rate rate = random.rate();
    if (random.once_in(2)) rate.free_from_minor = random.some(1, 40'000);
    const ShopShipping shipping = shop_with(rate);
    const auto pieces = pieces_of(random.items(30));
    const std::int64_t combined = quoted(shipping, pieces).price_minor;
    std::int64_t apart = 0;
    for (const Item& piece : pieces) apart += quoted(shipping, {piece}).price_minor;
    EXPECT_LE(combined, apart);
    if (const auto together = parcel_price(rate, load_of(pieces))) {
      EXPECT_LE(combined, *together);
    }
    // However a small basket is shared out among orders.
    if (pieces.size() <= kExactUnitsMax && pieces.size() > 1) {
      const auto middle = pieces.begin() + random.some(1, std::ssize(pieces) - 1);
      EXPECT_LE(combined, quoted(shipping, {pieces.begin(), middle}).price_minor +
                              quoted(shipping, {middle, pieces.end()}).price_minor);
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(RandomQuotes, NeverFallWithAnotherPiece) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    const Rate rate = random.rate();
    const ShopShipping shipping = shop_with(rate);
    const auto open = random.open(rate);
    const auto pieces = pieces_of(random.items(16));
    std::int64_t price = 0;
    std::int64_t incremental = 0;
    for (std::size_t count = 1; count <= pieces.size(); ++count) {
      const std::vector<Item> some(pieces.begin(),
                                   pieces.begin() + static_cast<std::ptrdiff_t>(count));
      const Option option = quoted(shipping, some, open);
      EXPECT_GE(option.price_minor, price) << count;
      EXPECT_GE(option.incremental_minor, incremental) << count;
      price = option.price_minor;
      incremental = option.incremental_minor;
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(RandomQuotes, OfFewPiecesAreTheCheapestThereIs) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Rate rate = random.rate();
    if (random.once_in(2)) rate.free_from_minor = random.some(1, 40'000);
    const auto items = random.items(5);
    const auto open = random.open(rate);
    std::vector<Load> parcels;
    if (open) parcels.push_back(open->load);
    EXPECT_EQ(quoted(shop_with(rate), items, open).incremental_minor,
              cheapest(rate, pieces_of(items), 0, parcels, open, false));
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(RandomQuotes, DoNotDependOnTheOrderOfItems) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    Rate rate = random.rate();
    if (random.once_in(2)) rate.free_from_minor = random.some(1, 40'000);
    const ShopShipping shipping = shop_with(rate);
    auto items = random.items(25);
    const auto open = random.open(rate);
    const Option before = quoted(shipping, items, open);
    std::ranges::shuffle(items, random.engine());
    const Option after = quoted(shipping, items, open);
    EXPECT_EQ(before.price_minor, after.price_minor);
    EXPECT_EQ(before.incremental_minor, after.incremental_minor);
    EXPECT_EQ(before.parcels.size(), after.parcels.size());
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace geili::shipping
