#include "catalog/variant.hpp"

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "catalog/shop.hpp"
#include "store/testing/test_store.hpp"

namespace geili::catalog {
namespace {

using store::Tx;
using store::testing::field_of;

const Currency kCny = *Currency::parse("CNY");

class Variants : public store::testing::StoreTest {
 protected:
  void SetUp() override {
    shop_ = write([&](Tx& tx) {
              return create_shop(tx, {.name = "Pearls", .currency = kCny}, clock_);
            })->id;
    chain_ = write([&](Tx& tx) {
               return create_product(tx,
                                     {.shop = shop_,
                                      .title = "Chain",
                                      .description = "Of silver.",
                                      .price = {500, kCny},
                                      .weight_g = 30},
                                     clock_);
             })->id;
  }
  Result<Product> add(std::string name, std::int64_t price_minor = 900, std::int64_t weight_g = 0) {
    return write([&](Tx& tx) {
      return create_variant(
          tx, chain_, {.name = name, .price = {price_minor, kCny}, .weight_g = weight_g}, clock_);
    });
  }
  Product get(ProductId id) {
    return *read([&](Tx& tx) { return find_product(tx, id); });
  }
  Offer offer(ProductId id) {
    return *read([&](Tx& tx) -> Result<Offer> { return *find_offer(tx, id); });
  }
  std::vector<std::string> names() {
    return *read([&](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> names;
      for (const Product& one : variants_of(tx, chain_)) names.push_back(one.variant_name);
      return names;
    });
  }
  Result<Product> order(std::vector<ProductId> variants) {
    return write([&](Tx& tx) { return order_variants(tx, chain_, variants); });
  }
  Result<Product> change(ProductId id, const ProductChange& change) {
    return write([&](Tx& tx) { return change_product(tx, id, change, get_version(tx, id)); });
  }
  static std::int64_t get_version(Tx& tx, ProductId id) { return find_product(tx, id)->version; }
  static std::string fault(const Result<Product>& refused) {
    return refused ? "none" : field_of(refused.error());
  }
  void remove(ProductId id) {
    ASSERT_TRUE(write([&](Tx& tx) { return remove_product(tx, id); }));
  }
  void photograph(ProductId id) {
    ASSERT_TRUE(write([&](Tx& tx) {
      const Bytes webp(3, std::byte{1});
      return add_product_photo(tx, id, {1600, 1200, webp, webp, webp});
    }));
  }

  ShopId shop_;
  ProductId chain_;
};

TEST_F(Variants, HaveTheirParentsTitleBeforeTheirName) {
  const Product made = *add(" 45 cm, silver ");
  EXPECT_EQ(made.title, "Chain · 45 cm, silver");
  EXPECT_EQ(made.description, "Of silver.");
  EXPECT_EQ(made.kind, ProductKind::variant);
  EXPECT_EQ(made.parent, chain_);
  EXPECT_EQ(offer(made.id).title, "Chain · 45 cm, silver");
  EXPECT_EQ(offer(made.id).parent, chain_);
  EXPECT_EQ(get(chain_).kind, ProductKind::parent);
  EXPECT_EQ(offer(chain_).kind, ProductKind::parent);
}

TEST_F(Variants, GiveTheirParentTheRangeOfTheirPrices) {
  ASSERT_TRUE(add("45 cm", 900));
  ASSERT_TRUE(add("50 cm", 700));
  EXPECT_EQ(get(chain_).price.minor, 700);
  EXPECT_EQ(get(chain_).price_max_minor, 900);
}

TEST_F(Variants, WithoutWeightAndPhotosHaveThoseOfTheirParent) {
  const Product light = *add("45 cm");
  const Product heavy = *add("60 cm", 900, 50);
  EXPECT_EQ(offer(light.id).weight_g, 30);
  EXPECT_EQ(offer(heavy.id).weight_g, 50);
  photograph(chain_);
  const auto of_parent = get(chain_).photos.front().id;
  EXPECT_EQ(get(light.id).photos.front().id, of_parent);
  EXPECT_EQ(offer(light.id).photo, of_parent);
  photograph(light.id);
  EXPECT_NE(get(light.id).photos.front().id, of_parent);
  EXPECT_NE(offer(light.id).photo, of_parent);
  EXPECT_EQ(offer(heavy.id).photo, of_parent);
}

TEST_F(Variants, AreHiddenWithTheirParent) {
  const Product made = *add("45 cm");
  EXPECT_FALSE(offer(made.id).hidden);
  ASSERT_TRUE(change(chain_, {.hidden = true}));
  EXPECT_TRUE(offer(made.id).hidden);
  EXPECT_TRUE(get(made.id).hidden);
}

TEST_F(Variants, StandInTheOrderTheSellerGaveThem) {
  const ProductId first = add("45 cm")->id;
  const ProductId second = add("50 cm")->id;
  ASSERT_TRUE(add("55 cm"));
  EXPECT_EQ(names(), (std::vector<std::string>{"45 cm", "50 cm", "55 cm"}));
  remove(add("60 cm")->id);
  EXPECT_EQ(fault(order({second, first})), "/variant_ids");
  EXPECT_EQ(fault(order({second, first, first})), "/variant_ids/2");
  EXPECT_EQ(fault(order({second, first, chain_})), "/variant_ids/2");
  const ProductId third{second.value + 1};
  ASSERT_TRUE(order({third, first, second}));
  EXPECT_EQ(names(), (std::vector<std::string>{"55 cm", "45 cm", "50 cm"}));
}

TEST_F(Variants, AreNotInListsOfProducts) {
  ASSERT_TRUE(add("45 cm"));
  const auto page =
      read([&](Tx& tx) { return list_products(tx, shop_, Hidden::included, {.limit = 10}); });
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_EQ(page->items.front().id, chain_);
}

TEST_F(Variants, GoWithTheirParent) {
  const ProductId made = add("45 cm")->id;
  remove(chain_);
  EXPECT_TRUE(offer(made).removed);
  EXPECT_TRUE(get(made).removed);
  EXPECT_TRUE(get(chain_).removed);
}

TEST_F(Variants, LeaveAProductThatIsSoldItselfWhenTheLastIsGone) {
  const ProductId first = add("45 cm")->id;
  const ProductId second = add("50 cm")->id;
  remove(first);
  EXPECT_EQ(get(chain_).kind, ProductKind::parent);
  remove(second);
  EXPECT_EQ(get(chain_).kind, ProductKind::single);
  EXPECT_EQ(get(chain_).price.minor, 500);
}

TEST_F(Variants, AreChangedInWhatIsTheirsAlone) {
  const ProductId made = add("45 cm")->id;
  const auto changed =
      change(made, {.price = Money{800, kCny}, .weight_g = 7, .variant_name = "46 cm"});
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->title, "Chain · 46 cm");
  EXPECT_EQ(changed->price.minor, 800);
  EXPECT_EQ(changed->weight_g, 7);
  EXPECT_EQ(get(chain_).title, "Chain");
}

struct BadChange {
  bool of_parent;
  ProductChange change;
  std::string field;
};

TEST_F(Variants, RefuseWhatIsTheOthers) {
  const ProductId made = add("45 cm")->id;
  ASSERT_TRUE(add("50 cm"));
  const std::vector<BadChange> table{
      {false, {.title = "Ring"}, "/title"},
      {false, {.description = "Gold."}, "/description"},
      {false, {.hidden = true}, "/hidden"},
      {false, {.price = Money{-1, kCny}}, "/price/minor"},
      {false, {.weight_g = -1}, "/weight_g"},
      {false, {.variant_name = " "}, "/variant_name"},
      {false, {.variant_name = "50 cm"}, "/variant_name"},
      {false, {.variant_name = std::string(kVariantNameMax + 1, 'x')}, "/variant_name"},
      {true, {.price = Money{1, kCny}}, "/price"},
      {true, {.variant_name = "45 cm"}, "/variant_name"},
  };
  for (const BadChange& one : table) {
    EXPECT_EQ(fault(change(one.of_parent ? chain_ : made, one.change)), one.field);
  }
  EXPECT_EQ(fault(add("45 cm")), "/name");
  EXPECT_EQ(fault(add("")), "/name");
  EXPECT_EQ(fault(add("55 cm", -1)), "/price/minor");
  EXPECT_EQ(fault(add("55 cm", 1, -1)), "/weight_g");
}

TEST_F(Variants, HaveNoVariantsThemselves) {
  const ProductId made = add("45 cm")->id;
  const auto refused = write(
      [&](Tx& tx) { return create_variant(tx, made, {.name = "x", .price = {1, kCny}}, clock_); });
  EXPECT_EQ(refused.error().code, "variants-not-allowed");
  remove(chain_);
  EXPECT_EQ(add("50 cm").error().code, "product-not-found");
}

TEST_F(Variants, AreFiftyAtMost) {
  for (int i = 0; i < kVariantsMax; ++i) ASSERT_TRUE(add("No. " + std::to_string(i)));
  EXPECT_EQ(add("One more").error().code, "variants-limit");
}

}  // namespace
}  // namespace geili::catalog
