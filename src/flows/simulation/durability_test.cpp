// Sales on a disk that fails or loses power, and on a server that is cut off or killed: whoever was
// told of an order has it, and whoever asks once more with the same key has it once.
#include <atomic>
#include <filesystem>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <stdlib.h>

#include "flows/simulation/test_rush.hpp"
#include "store/postgres/postgres.hpp"
#include "store/postgres/testing/cutting_proxy.hpp"
#include "store/postgres/testing/temp_server.hpp"
#include "store/sqlite/temp_database.hpp"
#include "store/sqlite/testing/power_loss.hpp"
#include "store/sqlite/testing/troubled_disk.hpp"

namespace geili::flows::simulation {
namespace {

namespace fs = std::filesystem;
namespace sqlite = store::sqlite;
namespace postgres = store::postgres;
using sqlite::testing::DiskImage;

constexpr int kIoError = 10;   // SQLITE_IOERR
constexpr int kDiskFull = 13;  // SQLITE_FULL

std::unique_ptr<store::Database> open_at(const fs::path& path) {
  return sqlite::open({.path = path, .read_threads = 1, .checkpoint_pages = 60});
}

class CheckoutOnDisk : public ::testing::Test {
 protected:
  CheckoutOnDisk() { ::setenv("TMPDIR", "/dev/shm", 0); }
};

// False: the orders got through without the trouble.
bool meets(const sqlite::testing::Trouble& trouble, std::int64_t n) {
  const std::string where = trouble.name + " at " + std::to_string(n);
  const sqlite::TempFolder folder;
  sqlite::testing::TroubledDisk disk(trouble);
  const sqlite::testing::WatchedVfs vfs(disk);
  OneStore house(open_at(folder.path() / "geili.db"));
  const Rush rush(house);
  disk.arm(n);
  Acknowledged acknowledged;
  for (std::int64_t number = 0; number < 4; ++number) {
    if (const auto placed = rush.buy(house.database(), number)) {
      acknowledged[number] = placed->order.token;
    }
  }
  disk.mend();
  rush.expect_kept(house.database(), acknowledged, where);
  for (std::int64_t number = 0; number < 4; ++number) {
    const auto placed = rush.buy(house.database(), number);
    EXPECT_TRUE(placed) << where << ": the store did not recover";
    if (placed) acknowledged[number] = placed->order.token;
  }
  rush.expect_kept(house.database(), acknowledged, where + ", mended");
  return disk.was_hit();
}

TEST_F(CheckoutOnDisk, AnErrorOrAFullDiskSellsNothingTwiceAndTellsNothingWrong) {
  const std::vector<sqlite::testing::Trouble> troubles{
      {.name = "write error", .at_write = kIoError},
      {.name = "full disk", .at_write = kDiskFull, .lasts = true},
      {.name = "sync error", .at_sync = kIoError}};
  for (const auto& trouble : troubles) {
    const std::int64_t step = trouble.at_sync == 0 ? 31 : 1;
    for (std::int64_t n = 0; meets(trouble, n) && !HasFailure(); n += step) {
    }
  }
}

TEST_F(CheckoutOnDisk, APowerLossLosesNoOrderThatWasAcknowledged) {
  const sqlite::TempFolder folder;
  std::vector<std::pair<DiskImage, Acknowledged>> moments;
  std::mt19937_64 random(3);
  std::optional<Rush> rush;
  {
    sqlite::testing::PowerLossDisk disk;
    const sqlite::testing::WatchedVfs vfs(disk);
    OneStore house(open_at(folder.path() / "geili.db"));
    rush.emplace(house);
    Acknowledged acknowledged;
    disk.before_change = [&](const DiskImage& image) {
      if (random() % 8 == 0) moments.emplace_back(image, acknowledged);
    };
    for (std::int64_t number = 0; number < 16; ++number) {
      const auto placed = rush->buy(house.database(), number);
      ASSERT_TRUE(placed) << placed.error().code;
      acknowledged[number] = placed->order.token;
    }
    disk.before_change = nullptr;
  }
  EXPECT_GT(moments.size(), 20U);
  for (std::size_t i = 0; i < moments.size() && !HasFailure(); ++i) {
    const fs::path place = folder.path() / std::to_string(i);
    fs::create_directory(place);
    moments[i].first.write_to(place, random);
    const auto database = open_at(place / "geili.db");
    rush->expect_kept(*database, moments[i].second, "power gone at " + std::to_string(i));
  }
}

postgres::Settings settings_of(const std::string& url) {
  return {.url = Secret(url), .read_connections = 1};
}

TEST(CheckoutOnPostgres, ACommitThatWasCutOffIsToldAsUnknownAndAskedForOnceMoreWithItsKey) {
  using Cut = postgres::CuttingProxy::Cut;
  auto& server = postgres::TempServer::shared();
  postgres::CuttingProxy proxy(server);
  OneStore house(postgres::open(settings_of(proxy.through(server.make_schema()))));
  const Rush rush(house);
  Acknowledged acknowledged;
  for (std::int64_t number = 0; number < 8; ++number) {
    const Cut cut = number % 2 == 0 ? Cut::before_commit : Cut::after_commit;
    proxy.cut_next(cut);
    const auto lost = rush.buy(house.database(), number);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, "store-outcome-unknown");
    const auto placed = rush.buy(house.database(), number);
    ASSERT_TRUE(placed) << placed.error().code;
    EXPECT_EQ(placed->is_replay, cut == Cut::after_commit);
    acknowledged[number] = placed->order.token;
  }
  rush.expect_kept(house.database(), acknowledged, "after the cuts");
}

// Buys one order after the other, each until it is acknowledged.
void insist(const std::stop_token& stop, const Rush& rush, store::Database& database,
            std::int64_t first, std::int64_t count, std::atomic<std::int64_t>& done,
            Acknowledged& acknowledged) {
  for (std::int64_t number = first; number < first + count; ++number) {
    while (!stop.stop_requested()) {
      const auto placed = rush.buy(database, number);
      if (placed) {
        acknowledged[number] = placed->order.token;
        ++done;
        break;
      }
      if (!is_of_the_store(placed.error())) {
        ADD_FAILURE() << placed.error().code;
        return;
      }
    }
  }
}

TEST(CheckoutOnPostgres, AServerThatIsKilledLosesNoOrderAndTheProgramGoesOnWithoutARestart) {
  postgres::TempServer server;
  OneStore house(postgres::open(settings_of(server.make_schema())));
  const Rush rush(house);
  constexpr std::int64_t kBuyers = 4;
  constexpr std::int64_t kEach = 30;
  std::atomic<std::int64_t> done = 0;
  std::vector<Acknowledged> told(kBuyers);
  std::vector<std::jthread> buyers;
  for (std::int64_t i = 0; i < kBuyers; ++i) {
    buyers.emplace_back([&, i](const std::stop_token& stop) {
      insist(stop, rush, house.database(), i * kEach, kEach, done,
             told[static_cast<std::size_t>(i)]);
    });
  }
  for (const std::int64_t at : {20, 60}) {
    while (done < at) std::this_thread::yield();
    server.kill();
    server.start();
  }
  for (std::jthread& buyer : buyers) buyer.join();
  Acknowledged all;
  for (Acknowledged& some : told) all.merge(some);
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kBuyers * kEach));
  rush.expect_kept(house.database(), all, "after two kills");
}

}  // namespace
}  // namespace geili::flows::simulation
