#include <array>
#include <functional>
#include <string>
#include <vector>

#include "catalog/embedding.hpp"
#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "store/testing/test_store.hpp"

namespace geili::catalog {
namespace {

using store::Tx;
using store::testing::field_of;

const Currency kCny = *Currency::parse("CNY");
const Currency kMxn = *Currency::parse("MXN");

class Catalog : public store::testing::StoreTest {
 protected:
  Shop open_shop(std::string name = "Pearls", Currency currency = kCny) {
    return *write([&](Tx& tx) {
      return create_shop(tx, {.name = name, .pickup = "At the gate", .currency = currency}, clock_);
    });
  }
  Product list(ShopId shop, std::string title = "Necklace", bool hidden = false) {
    return *write([&](Tx& tx) {
      return create_product(
          tx, {.shop = shop, .title = title, .price = {28'800, kCny}, .hidden = hidden}, clock_);
    });
  }
  Product get(ProductId id) {
    return *read([&](Tx& tx) { return find_product(tx, id); });
  }
  static Picture picture(int width = 1600) {
    return {width, 1200, Bytes(3, std::byte{1}), Bytes(4, std::byte{2}), Bytes(5, std::byte{3})};
  }
};

std::string letters(std::size_t count) {
  return std::string(count, 'x');
}

TEST_F(Catalog, AShopIsKeptAsGiven) {
  const Shop made = *write([&](Tx& tx) {
    return create_shop(tx,
                       {.name = " 珍珠之家 ",
                        .village = "Pearl Village",
                        .description = "One\ntwo",
                        .pickup = "Gate",
                        .currency = kCny,
                        .demo = true},
                       clock_);
  });
  const Shop shop = *read([&](Tx& tx) { return find_shop(tx, made.id); });
  EXPECT_EQ(shop.name, "珍珠之家");
  EXPECT_EQ(shop.village, "Pearl Village");
  EXPECT_EQ(shop.description, "One\ntwo");
  EXPECT_EQ(shop.pickup, "Gate");
  EXPECT_EQ(shop.currency, kCny);
  EXPECT_TRUE(shop.demo);
  EXPECT_EQ(shop.version, 1);
  EXPECT_FALSE(shop.cover);
}

TEST_F(Catalog, BadShopsAreRefusedWithEveryFault) {
  const auto error = refused([&](Tx& tx) {
    return create_shop(tx,
                       {.name = "",
                        .village = letters(121),
                        .description = letters(2001),
                        .pickup = "\x01",
                        .currency = kCny},
                       clock_, "/shop");
  });
  EXPECT_EQ(error.code, "invalid-field");
  ASSERT_EQ(error.fields.size(), 4U);
  EXPECT_EQ(error.fields[0].path, "/shop/name");
  EXPECT_EQ(error.fields[3].path, "/shop/pickup");
}

TEST_F(Catalog, AShopIsChangedByTheVersionThatWasRead) {
  const ShopId id = open_shop().id;
  const auto change = [&](ShopChange change, std::int64_t version) {
    return [=](Tx& tx) { return change_shop(tx, id, change, version); };
  };
  const Shop changed = *write(change({.pickup = ""}, 1));
  EXPECT_EQ(changed.pickup, "");
  EXPECT_EQ(changed.name, "Pearls");
  EXPECT_EQ(changed.version, 2);
  const auto stale = refused(change({.name = "Other"}, 1));
  EXPECT_EQ(stale.code, "version-mismatch");
  EXPECT_EQ(stale.kind, ErrorKind::precondition);
  EXPECT_EQ(field_of(refused(change({.name = "\u202e"}, 2))), "/name");
  EXPECT_EQ(refused([](Tx& tx) { return change_shop(tx, ShopId{99}, {}, 1); }).code,
            "shop-not-found");
}

TEST_F(Catalog, ACoverReplacesTheOneBefore) {
  const ShopId id = open_shop().id;
  const auto set = [&](Tx& tx) { return set_shop_cover(tx, id, picture(700)); };
  ASSERT_TRUE(write(set));
  const Shop shop = *write(set);
  EXPECT_EQ(shop.cover->width, 700);
  EXPECT_EQ(shop.version, 3);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM photo_variant"), 3);
  EXPECT_EQ(refused([](Tx& tx) { return set_shop_cover(tx, ShopId{99}, picture()); }).code,
            "shop-not-found");
}

TEST_F(Catalog, ShopsComeInPages) {
  std::vector<std::string> names;
  for (const char* name : {"a", "b", "c", "d", "e"}) open_shop(name);
  PageRequest request{.limit = 2};
  do {
    const auto page = *read([&](Tx& tx) { return list_shops(tx, request); });
    EXPECT_LE(page.items.size(), 2U);
    for (const Shop& shop : page.items) names.push_back(shop.name);
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "c", "d", "e"}));
}

TEST_F(Catalog, BadPagesAreRefused) {
  const ShopId shop = open_shop().id;
  for (int i = 0; i < 3; ++i) list(shop);
  const auto page =
      *read([&](Tx& tx) { return list_products(tx, shop, Hidden::included, {.limit = 1}); });
  const std::string other = page.next_cursor;  // good, but of another list
  std::string turned = to_cursor("shops", std::array<std::int64_t, 1>{7});
  turned[0] = turned[0] == 'A' ? 'B' : 'A';
  for (const std::string& cursor : {other, turned, std::string("x"), std::string("../../etc"),
                                    std::string(5000, 'A'), std::string("AAAAAAAAAAAAAAAA")}) {
    const auto error = refused([&](Tx& tx) { return list_shops(tx, {.cursor = cursor}); });
    EXPECT_EQ(error.code, "bad-cursor") << cursor;
    EXPECT_EQ(error.kind, ErrorKind::invalid);
  }
  for (const int limit : {-1, 0, 101, 1'000'000}) {
    EXPECT_EQ(field_of(refused([&](Tx& tx) { return list_shops(tx, {.limit = limit}); })), "limit");
  }
}

TEST_F(Catalog, BadProductsAreRefused) {
  const ShopId shop = open_shop().id;
  const NewProduct good{.shop = shop, .title = "Necklace", .price = {1, kCny}};
  const auto with = [&](auto change) {
    NewProduct product = good;
    change(product);
    return product;
  };
  struct Case {
    NewProduct product;
    std::string path;
  };
  const std::vector<Case> cases{
      {with([](auto& p) { p.title = ""; }), "/title"},
      {with([](auto& p) { p.title = "   "; }), "/title"},
      {with([](auto& p) { p.title = letters(121); }), "/title"},
      {with([](auto& p) { p.title = "a\nb"; }), "/title"},
      {with([](auto& p) { p.title = "\xc3\x28"; }), "/title"},
      {with([](auto& p) { p.title = std::string("a\0b", 3); }), "/title"},
      {with([](auto& p) { p.description = letters(4001); }), "/description"},
      {with([](auto& p) { p.price.minor = -1; }), "/price/minor"},
      {with([](auto& p) { p.price.minor = kMoneyMinorMax + 1; }), "/price/minor"},
      {with([](auto& p) { p.price.minor = INT64_MIN; }), "/price/minor"},
      {with([](auto& p) { p.price.currency = kMxn; }), "/price/currency"},
  };
  for (const Case& c : cases) {
    const auto error = refused([&](Tx& tx) { return create_product(tx, c.product, clock_); });
    EXPECT_EQ(error.code, "invalid-field");
    EXPECT_EQ(field_of(error), c.path);
  }
  const auto nowhere = with([](auto& p) { p.shop = ShopId{99}; });
  EXPECT_EQ(refused([&](Tx& tx) { return create_product(tx, nowhere, clock_); }).code,
            "shop-not-found");
}

TEST_F(Catalog, TheEndsOfTheRangesFit) {
  const ShopId shop = open_shop().id;
  for (const std::int64_t minor : {std::int64_t{0}, kMoneyMinorMax}) {
    const auto product = write([&](Tx& tx) {
      return create_product(tx,
                            {.shop = shop,
                             .title = letters(120),
                             .description = letters(4000),
                             .price = {minor, kCny}},
                            clock_);
    });
    ASSERT_TRUE(product);
    EXPECT_EQ(get(product->id).price.minor, minor);
  }
}

TEST_F(Catalog, AProductIsChangedByTheVersionThatWasRead) {
  const ProductId id = list(open_shop().id).id;
  const auto change = [&](const ProductChange& change, std::int64_t version) {
    return [=](Tx& tx) { return change_product(tx, id, change, version); };
  };
  ASSERT_TRUE(write(change({.price = Money{5, kCny}, .hidden = true}, 1)));
  const Product product = get(id);
  EXPECT_EQ(product.price.minor, 5);
  EXPECT_EQ(product.title, "Necklace");
  EXPECT_TRUE(product.hidden);
  EXPECT_EQ(product.version, 2);
  EXPECT_EQ(refused(change({.title = "Other"}, 1)).code, "version-mismatch");
  EXPECT_EQ(refused(change({.title = "Other"}, 3)).code, "version-mismatch");
  EXPECT_EQ(field_of(refused(change({.title = ""}, 2))), "/title");
  EXPECT_EQ(field_of(refused(change({.price = Money{-5, kCny}}, 2))), "/price/minor");
  EXPECT_EQ(field_of(refused(change({.price = Money{5, kMxn}}, 2))), "/price/currency");
}

TEST_F(Catalog, ARemovedProductIsReadButNotChanged) {
  const ShopId shop = open_shop().id;
  const ProductId id = list(shop).id;
  const auto remove = [&](Tx& tx) { return remove_product(tx, id); };
  ASSERT_TRUE(write(remove));
  const std::string once = rows();
  EXPECT_TRUE(write(remove));
  EXPECT_EQ(rows(), once);
  EXPECT_TRUE(get(id).removed);
  EXPECT_TRUE(
      read([&](Tx& tx) { return list_products(tx, shop, Hidden::included, {}); })->items.empty());
  const std::vector<std::function<Result<Product>(Tx&)>> changes{
      [&](Tx& tx) { return change_product(tx, id, {.title = "Other"}, 2); },
      [&](Tx& tx) { return add_product_photo(tx, id, picture()); },
      [&](Tx& tx) { return remove_product_photo(tx, id, PhotoId{1}); },
  };
  for (const auto& change : changes) EXPECT_EQ(refused(change).code, "product-not-found");
  EXPECT_EQ(refused([](Tx& tx) { return remove_product(tx, ProductId{99}); }).code,
            "product-not-found");
}

TEST_F(Catalog, AShopsProductsAreItsOwnAndNewestFirst) {
  const ShopId shop = open_shop().id;
  const ShopId other = open_shop("Other").id;
  for (const char* title : {"a", "b", "c"}) list(shop, title);
  list(shop, "secret", true);
  list(other, "foreign");
  const auto titles = [&](Hidden hidden) {
    std::string all;
    PageRequest request{.limit = 2};
    do {
      const auto page = *read([&](Tx& tx) { return list_products(tx, shop, hidden, request); });
      for (const Product& product : page.items) all += product.title + " ";
      request.cursor = page.next_cursor;
    } while (!request.cursor.empty());
    return all;
  };
  EXPECT_EQ(titles(Hidden::left_out), "c b a ");
  EXPECT_EQ(titles(Hidden::included), "secret c b a ");
  EXPECT_EQ(
      refused([](Tx& tx) { return list_products(tx, ShopId{99}, Hidden::included, {}); }).code,
      "shop-not-found");
}

TEST_F(Catalog, PhotosKeepTheirOrderAndTheirLimit) {
  const ShopId shop = open_shop().id;
  const ProductId id = list(shop).id;
  const ProductId other = list(shop, "Other").id;
  for (int i = 1; i <= 12; ++i) {
    ASSERT_TRUE(write([&](Tx& tx) { return add_product_photo(tx, id, picture(i)); }));
  }
  const auto error = refused([&](Tx& tx) { return add_product_photo(tx, id, picture()); });
  EXPECT_EQ(error.code, "photos-limit");
  const Product full = get(id);
  ASSERT_EQ(full.photos.size(), 12U);
  EXPECT_EQ(full.photos.front().width, 1);
  EXPECT_EQ(full.photos.back().width, 12);
  EXPECT_EQ(full.version, 13);

  const PhotoId first = full.photos.front().id;
  EXPECT_EQ(refused([&](Tx& tx) { return remove_product_photo(tx, other, first); }).code,
            "photo-not-found");
  ASSERT_TRUE(write([&](Tx& tx) { return remove_product_photo(tx, id, first); }));
  ASSERT_TRUE(write([&](Tx& tx) { return add_product_photo(tx, id, picture(13)); }));
  EXPECT_EQ(get(id).photos.front().width, 2);
  EXPECT_EQ(get(id).photos.back().width, 13);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM photo_variant"), 36);
}

TEST_F(Catalog, APhotosBytesAreBehindItsAddress) {
  const ProductId id = list(open_shop().id).id;
  const PhotoId photo =
      write([&](Tx& tx) { return add_product_photo(tx, id, picture()); })->photos.front().id;
  EXPECT_EQ(photo_address(photo, PhotoSize::medium),
            "/photos/" + std::to_string(photo.value) + "/medium.webp");
  const auto bytes = [&](PhotoId of, PhotoSize size) {
    return read([=](Tx& tx) { return photo_bytes(tx, of, size); });
  };
  EXPECT_EQ(bytes(photo, PhotoSize::small), Bytes(3, std::byte{1}));
  EXPECT_EQ(bytes(photo, PhotoSize::large), Bytes(5, std::byte{3}));
  EXPECT_EQ(bytes(PhotoId{99}, PhotoSize::large).error().code, "photo-not-found");
  EXPECT_EQ(parse_photo_size("large"), PhotoSize::large);
  EXPECT_FALSE(parse_photo_size("huge"));
}

TEST_F(Catalog, AnOfferShowsTheFirstPhoto) {
  const ShopId shop = open_shop().id;
  const ProductId id = list(shop).id;
  const auto offer = [&] {
    return *read([&](Tx& tx) -> Result<std::optional<Offer>> { return find_offer(tx, id); });
  };
  EXPECT_FALSE(offer()->photo);
  const auto photo =
      write([&](Tx& tx) { return add_product_photo(tx, id, picture()); })->photos.front();
  ASSERT_TRUE(write([&](Tx& tx) { return add_product_photo(tx, id, picture()); }));
  EXPECT_EQ(offer()->photo, photo.id);
  EXPECT_EQ(offer()->shop, shop);
  EXPECT_EQ(offer()->price_minor, 28'800);
}

TEST_F(Catalog, AShopNamesTheSitesThatMayShowIt) {
  const Shop shop = open_shop();
  const auto set = [&](std::vector<std::string> origins) {
    return write([&](Tx& tx) { return set_embed_origins(tx, shop.id, origins); });
  };
  const auto kept = [&] {
    return *read([&](Tx& tx) -> Result<std::vector<std::string>> {
      return embed_origins(tx, shop.id);
    });
  };
  EXPECT_TRUE(kept().empty());
  const std::vector<std::string> once{"https://b.example", "https://a.example:8443"};
  EXPECT_EQ(*set({"https://B.example/", "https://a.example:8443", "https://b.example"}), once);
  EXPECT_EQ(kept(), once);
  EXPECT_EQ(field_of(set({"https://c.example", "c.example"}).error()), "/origins/1");
  EXPECT_EQ(field_of(set(std::vector<std::string>(21, "https://c.example")).error()), "/origins");
  EXPECT_EQ(kept(), once);
  EXPECT_TRUE(set({})->empty());
  EXPECT_TRUE(kept().empty());
  const auto nobodys =
      write([&](Tx& tx) { return set_embed_origins(tx, ShopId{999}, {"https://a.example"}); });
  EXPECT_EQ(nobodys.error().code, "shop-not-found");
}

}  // namespace
}  // namespace geili::catalog
