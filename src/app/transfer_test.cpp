// `geili export` and `geili import`: the same data in either database is the same file.
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/commands.hpp"
#include "app/transfer_file.hpp"
#include "catalog/picture.hpp"
#include "flows/checkout.hpp"
#include "flows/demo.hpp"
#include "flows/hold.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "flows/variant.hpp"
#include "identity/demo_people.hpp"
#include "store/postgres/postgres.hpp"
#include "store/postgres/testing/temp_server.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::app {
namespace {

using store::Tx;

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

// One of the two databases, empty, with what tells of it.
struct Side {
  std::unique_ptr<store::Database> database;
  const store::Catalogue* catalogue;
};

class Transfer : public ::testing::Test {
 protected:
  Side sqlite() {
    const auto path = folder_.path() / ("data" + std::to_string(++made_) + ".db");
    return {store::sqlite::open({.path = path}), &store::kSqliteCatalogue};
  }
  static Side postgres() {
    const std::string url = store::postgres::TempServer::shared().make_schema();
    return {store::postgres::open({.url = Secret(url)}), &store::kPostgresCatalogue};
  }
  std::string exported(const Side& side) {
    const auto path = folder_.path() / "export.jsonl";
    EXPECT_TRUE(store::read_and_wait(*side.database, [&](Tx& tx) -> Result<std::int64_t> {
      return export_rows(tx, *side.catalogue, path);
    }));
    return contents(path);
  }
  Result<std::int64_t> import(const Side& side, std::string_view text) {
    const auto path = folder_.path() / "import.jsonl";
    put(path, text);
    return store::write_and_wait(*side.database,
                                 [&](Tx& tx) { return import_rows(tx, *side.catalogue, path); });
  }
  // A village with pictures, people and a show; a gone last row, whose id must not come again.
  static void fill(const Side& side) {
    const SystemClock clock;
    ASSERT_TRUE(store::write_and_wait(*side.database, [&](Tx& tx) -> Result<void> {
      const flows::DemoPhotos photo = [](std::string_view) -> std::optional<catalog::Picture> {
        return catalog::Picture{16, 12, Bytes(3, std::byte{0}), Bytes(4, std::byte{200}), Bytes(5)};
      };
      auto village = flows::seed_demo(tx, photo, clock);
      if (!village) return fail_as(village);
      auto lin = identity::demo_seller(tx, clock, "demo-lin", "Lín \"给力\"\n",
                                       {village->pearls.shop, village->stone.shop});
      if (!lin) return fail_as(lin);
      if (auto sold = sell_bundle(tx, village->pearls.shop, clock); !sold) return sold;
      tx.exec("INSERT INTO device (token_hash, created_at, last_seen_at) VALUES ($1, 1, 1)",
              Bytes(32, std::byte{7}));
      tx.exec("DELETE FROM device");
      return {};
    }));
  }
  // A product in a variant, and a bundle with it, of which one is held.
  static Result<void> sell_bundle(Tx& tx, ShopId shop, const Clock& clock) {
    const Money price{9'900, *Currency::parse("CNY")};
    auto chain =
        flows::create_product(tx, {.shop = shop, .title = "Chain", .price = price}, 0, clock);
    if (!chain) return fail_as(chain);
    auto variant = flows::add_variant(tx, chain->id, {.name = "45 cm", .price = price}, 9, clock);
    if (!variant) return fail_as(variant);
    auto pair = flows::create_bundle(tx, {.shop = shop, .title = "Pair", .price = price},
                                     {{variant->id, 2}}, clock);
    if (!pair) return fail_as(pair);
    auto held = flows::hold(tx, {.device = DeviceId{1}, .show = {}, .product = pair->id}, clock);
    if (!held) return fail_as(held);
    return {};
  }
  static std::int64_t next_device(const Side& side) {
    return *store::write_and_wait(*side.database, [](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer(
          "INSERT INTO device (token_hash, created_at, last_seen_at)"
          " VALUES ($1, 1, 1) RETURNING id",
          Bytes(32, std::byte{8}));
    });
  }

  store::sqlite::TempFolder folder_;
  int made_ = 0;
};

TEST_F(Transfer, GoesFromSqliteToPostgresAndBackWithoutADifference) {
  const Side origin = sqlite();
  fill(origin);
  const std::string file = exported(origin);
  EXPECT_GT(file.size(), 5'000U);
  const Side abroad = postgres();
  ASSERT_TRUE(import(abroad, file));
  EXPECT_EQ(exported(abroad), file);
  const Side home = sqlite();
  ASSERT_TRUE(import(home, exported(abroad)));
  EXPECT_EQ(exported(home), file);
  EXPECT_EQ(next_device(abroad), 2);
  EXPECT_EQ(next_device(home), 2);
}

TEST_F(Transfer, GoesFromPostgresToSqliteAndBackWithoutADifference) {
  const Side origin = postgres();
  fill(origin);
  const std::string file = exported(origin);
  const Side abroad = sqlite();
  ASSERT_TRUE(import(abroad, file));
  EXPECT_EQ(exported(abroad), file);
  const Side home = postgres();
  ASSERT_TRUE(import(home, exported(abroad)));
  EXPECT_EQ(exported(home), file);
  EXPECT_EQ(next_device(home), 2);
}

TEST_F(Transfer, MoreRowsThanAreReadAtATimeAreAllThere) {
  const Side origin = sqlite();
  ASSERT_TRUE(store::write_and_wait(*origin.database, [](Tx& tx) -> Result<void> {
    for (int i = 0; i < 1'000; ++i) {
      tx.exec("INSERT INTO outbox (topic, payload, created_at) VALUES ('t', 'p', $1)", i);
    }
    return {};
  }));
  const Side other = postgres();
  EXPECT_EQ(import(other, exported(origin)), 1'000);
  EXPECT_EQ(exported(other), exported(origin));
}

TEST_F(Transfer, AStoreThatHoldsDataTakesNoOther) {
  for (const Side& side : {sqlite(), postgres()}) {
    const std::string empty = exported(side);
    fill(side);
    const std::string before = exported(side);
    const auto refused = import(side, empty);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "import-not-empty");
    EXPECT_EQ(exported(side), before);
  }
}

struct BadFile {
  const char* name;
  std::function<std::string(std::string)> spoil;
  const char* code;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("the file has no " + std::string(from));
  return text.replace(at, from.size(), to);
}

TEST_F(Transfer, BadFilesAreRefusedAndLeaveNothing) {
  const Side origin = sqlite();
  fill(origin);
  const std::string good = exported(origin);
  const std::vector<BadFile> files{
      {"empty", [](const std::string&) { return std::string(); }, "import-invalid"},
      {"no JSON", [](const std::string&) { return std::string("PK\x03\x04\n"); }, "import-invalid"},
      {"another format", [](std::string s) { return replaced(s, "geili-export", "other"); },
       "import-invalid"},
      {"another schema", [](std::string s) { return replaced(s, "\"identity\"", "\"i\""); },
       "import-other-schema"},
      {"a changed value", [](std::string s) { return replaced(s, "demo-lin", "demo-lim"); },
       "import-invalid"},
      {"a number for a text", [](std::string s) { return replaced(s, "\"demo-lin\"", "7"); },
       "import-invalid"},
      {"a value too few", [](std::string s) { return replaced(s, "\"demo-lin\",", ""); },
       "import-invalid"},
      {"an unknown table", [](std::string s) { return replaced(s, "\"person\"", "\"people\""); },
       "import-invalid"},
      {"no end", [](const std::string& s) { return s.substr(0, s.rfind("{\"end\"")); },
       "import-invalid"},
      {"cut in a line", [](const std::string& s) { return s.substr(0, s.size() / 2); },
       "import-invalid"},
      {"more after the end", [](std::string s) { return s + "[1]\n"; }, "import-invalid"},
      {"a lost last row",  // to which no other refers
       [](std::string s) {
         const auto at = s.rfind("\n[") + 1;
         return s.erase(at, s.find('\n', at) + 1 - at);
       },
       "import-invalid"},
  };
  const Side target = sqlite();
  const std::string before = exported(target);
  for (const BadFile& bad : files) {
    const auto refused = import(target, bad.spoil(good));
    ASSERT_FALSE(refused) << bad.name;
    EXPECT_EQ(refused.error().code, bad.code) << bad.name;
    EXPECT_EQ(exported(target), before) << bad.name;
  }
  EXPECT_TRUE(import(target, good));
}

}  // namespace
}  // namespace geili::app
