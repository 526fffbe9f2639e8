#include "restreams/target.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "store/testing/test_store.hpp"

namespace geili::restreams {
namespace {

using store::Tx;

constexpr ShopId kShop{1};
constexpr ShopId kOther{2};
constexpr ShowId kShow{7};

class Restreams : public store::testing::StoreTest {
 protected:
  Result<Target> make(const std::string& key = "abcd-efgh-ijkl", ShopId shop = kShop,
                      TargetChoice choice = {"Channel", "rtmp://live.example.com/app", true,
                                             Scope::all}) {
    return write([&](Tx& tx) {
      return create_target(tx, shop, choice, Secret<std::string>(key), sealer_, clock_.now());
    });
  }
  std::vector<ShowTarget> of_show(ShowId show = kShow) {
    return *write([&](Tx& tx) -> Result<std::vector<ShowTarget>> {
      return targets_of_show(tx, kShop, show);
    });
  }
  Result<bool> choose_it(TargetId target, bool is_chosen, ShopId shop = kShop) {
    return write([&](Tx& tx) -> Result<bool> {
      auto done = choose(tx, shop, kShow, target, is_chosen);
      if (!done) return fail_as(done);
      return true;
    });
  }

  crypto::Sealer sealer_{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
};

TEST_F(Restreams, KeepTheKeySealed) {
  const auto made = make("abcd-efgh-ijkl");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->key_end, "ijkl");
  const auto all = of_show();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(as_text(all[0].sealed_key).find("abcd"), std::string_view::npos);
  const auto opened = open_key(all[0].sealed_key, made->id, sealer_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "abcd-efgh-ijkl");
  // Neither in another row nor with another installation's key file.
  EXPECT_FALSE(open_key(all[0].sealed_key, TargetId{made->id.value + 1}, sealer_));
  const crypto::Sealer stranger(Secret<Bytes>(random_bytes(crypto::kSealKeyBytes)));
  EXPECT_FALSE(open_key(all[0].sealed_key, made->id, stranger));
}

TEST_F(Restreams, OfAShortKeyNothingIsShown) {
  EXPECT_EQ(make("12345678901")->key_end, "");
  EXPECT_EQ(make("123456789012")->key_end, "9012");
}

TEST_F(Restreams, AShopHasFive) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(make());
  const auto sixth = make();
  ASSERT_FALSE(sixth);
  EXPECT_EQ(sixth.error().code, "restreams-full");
  EXPECT_TRUE(make("abcd-efgh-ijkl", kOther));
}

TEST_F(Restreams, AreOfTheirShopAlone) {
  const auto made = make();
  const auto found = write([&](Tx& tx) { return find_target(tx, kOther, made->id); });
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "restream-not-found");
  const auto changed = write([&](Tx& tx) {
    return change_target(tx, kOther, made->id, made->choice, std::nullopt, sealer_);
  });
  EXPECT_FALSE(changed);
  EXPECT_EQ(choose_it(made->id, true, kOther).error().code, "restream-not-found");
  const auto gone = write([&](Tx& tx) -> Result<bool> {
    auto done = delete_target(tx, kOther, made->id);
    if (!done) return fail_as(done);
    return true;
  });
  EXPECT_FALSE(gone);
}

TEST_F(Restreams, AChangeWithoutAKeyLeavesIt) {
  const auto made = make();
  const auto changed = write([&](Tx& tx) {
    return change_target(tx, kShop, made->id,
                         {"Other", "rtmps://live.example.com/x", false, Scope::chosen},
                         std::nullopt, sealer_);
  });
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->choice.name, "Other");
  EXPECT_EQ(changed->choice.server_url, "rtmps://live.example.com/x");
  EXPECT_FALSE(changed->choice.is_enabled);
  EXPECT_EQ(changed->choice.scope, Scope::chosen);
  EXPECT_EQ(changed->key_end, "ijkl");
  EXPECT_EQ(open_key(of_show()[0].sealed_key, made->id, sealer_)->reveal(), "abcd-efgh-ijkl");
  const auto renewed = write([&](Tx& tx) {
    return change_target(tx, kShop, made->id, changed->choice,
                         Secret<std::string>("new-key-of-mine"), sealer_);
  });
  EXPECT_EQ(renewed->key_end, "mine");
  EXPECT_EQ(open_key(of_show()[0].sealed_key, made->id, sealer_)->reveal(), "new-key-of-mine");
}

TEST_F(Restreams, AreUsedForAllShowsOrForThoseChosen) {
  const auto all = make();
  const auto some =
      make("abcd-efgh-ijkl", kShop, {"Some", "rtmp://live.example.com/app", true, Scope::chosen});
  const auto off =
      make("abcd-efgh-ijkl", kShop, {"Off", "rtmp://live.example.com/app", false, Scope::all});
  ASSERT_TRUE(off);
  const auto used = [this](ShowId show) {
    std::vector<bool> each;
    for (const ShowTarget& one : of_show(show)) each.push_back(one.is_used());
    return each;
  };
  EXPECT_EQ(used(kShow), (std::vector<bool>{true, false, false}));
  ASSERT_TRUE(choose_it(some->id, true));
  ASSERT_TRUE(choose_it(some->id, true));
  EXPECT_EQ(used(kShow), (std::vector<bool>{true, true, false}));
  EXPECT_EQ(used(ShowId{8}), (std::vector<bool>{true, false, false}));
  ASSERT_TRUE(choose_it(some->id, false));
  EXPECT_EQ(used(kShow), (std::vector<bool>{true, false, false}));
}

TEST_F(Restreams, GoWithTheirShop) {
  const auto made = make();
  ASSERT_TRUE(choose_it(made->id, true));
  ASSERT_TRUE(make("abcd-efgh-ijkl", kOther));
  const auto left = write([&](Tx& tx) -> Result<std::size_t> {
    erase_shop_restreams(tx, kShop);
    EXPECT_EQ(tx.integer("SELECT count(*) FROM restream_show"), 0);
    EXPECT_EQ(list_targets(tx, kOther).size(), 1U);
    return list_targets(tx, kShop).size();
  });
  EXPECT_EQ(left, 0U);
}

TEST(RestreamKey, IsPrintableAscii) {
  EXPECT_TRUE(is_stream_key("live_123?a=b&c=d"));
  EXPECT_TRUE(is_stream_key(std::string(kKeyBytesMax, 'a')));
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("a\n"), std::string("k\xC3\xA9y"),
        std::string(1, '\0'), std::string("\x7f"), std::string(kKeyBytesMax + 1, 'a')}) {
    EXPECT_FALSE(is_stream_key(bad)) << bad;
  }
}

}  // namespace
}  // namespace geili::restreams
