// A disk that refuses, is full, or loses what was not synced when the power goes: what was
// acknowledged is there, what was refused is not, and nothing is there by half.
#include <algorithm>
#include <filesystem>
#include <random>
#include <utility>
#include <vector>

#include <sqlite3.h>
#include <stdlib.h>

#include "store/sqlite/test_sales.hpp"
#include "store/sqlite/testing/power_loss.hpp"
#include "store/sqlite/testing/troubled_disk.hpp"
#include "store/sqlite/testing/watched_vfs.hpp"

namespace geili::store::sqlite {
namespace {

namespace fs = std::filesystem;
using testing::DiskImage;
using testing::PowerLossDisk;
using testing::Trouble;
using testing::TroubledDisk;
using testing::WatchedVfs;

// What these tests ask is not whether a real disk keeps its word: one would only make them slow.
class DiskTest : public ::testing::Test {
 protected:
  DiskTest() { ::setenv("TMPDIR", "/dev/shm", 0); }
};

// What a kill leaves, at a place of its own.
void copy_files(const fs::path& from, const fs::path& to) {
  for (const char* suffix : {"", "-wal"}) {
    const fs::path file = from.string() + suffix;
    if (fs::exists(file)) fs::copy_file(file, to.string() + suffix);
  }
}

void expect_kept(Database& database, const Answers::Sets& answers, const std::string& where) {
  const SalesThere there = sales_in(database);
  EXPECT_EQ(there.fault, "") << where;
  EXPECT_TRUE(std::ranges::includes(there.sales, answers.done))
      << where << ": something acknowledged is gone";
  std::vector<std::int64_t> both;
  std::ranges::set_intersection(there.sales, answers.refused, std::back_inserter(both));
  EXPECT_TRUE(both.empty()) << where << ": something refused is there";
}

class DiskTrouble : public DiskTest, public ::testing::WithParamInterface<Trouble> {
 protected:
  // The load with the trouble at its n-th change; false: it got through without.
  bool meets(std::int64_t n) {
    const std::string where = GetParam().name + " at " + std::to_string(n);
    const TempFolder folder;
    const fs::path path = folder.path() / "sales.db";
    const fs::path killed = folder.path() / "killed.db";
    TroubledDisk disk(GetParam());
    Answers::Sets at_the_kill;
    {
      const WatchedVfs vfs(disk);
      const auto database = open(sales_at(path));
      stock_up(*database);
      disk.arm(n);
      Answers answers;
      for (const std::int64_t first : {0, 2, 7}) answers.sell_all(*database, first, 1 + first);
      at_the_kill = answers.sets();
      copy_files(path, killed);
      disk.mend();
      expect_kept(*database, at_the_kill, where);
      answers.sell_all(*database, 100, 2);
      EXPECT_TRUE(answers.sets().done.contains(101)) << where << ": the store did not recover";
      answers.sell_all(*database, 0, 20);  // whoever was not sure asks once more
      EXPECT_EQ(sales_in(*database).sales.size(), 22U) << where;
      expect_kept(*database, {.done = answers.sets().done, .refused = {}}, where);
    }
    expect_kept(*open(sales_at(killed)), at_the_kill, where + ", after a kill");
    return disk.was_hit();
  }
};

TEST_P(DiskTrouble, TellsNobodyThatWhatItRefusedWasDone) {
  std::int64_t n = 0;
  while (meets(n) && !HasFailure()) ++n;
  RecordProperty("troubles", static_cast<int>(n));
  EXPECT_GE(n, 3);  // of syncs there is one a commit
}

TEST_P(DiskTrouble, IsToldToTheOperator) {
  const TempFolder folder;
  TroubledDisk disk(GetParam());
  const WatchedVfs vfs(disk);
  std::size_t jobs_lost = 0;
  std::string fault;
  Settings settings = sales_at(folder.path() / "sales.db");
  settings.on_lost = [&](const LostTransaction& lost) {
    jobs_lost += lost.jobs;
    fault = lost.fault;
  };
  const auto database = open(settings);
  stock_up(*database);
  EXPECT_EQ(fault, "");
  disk.arm(0);
  Answers answers;
  answers.sell_all(*database, 0, 5);
  disk.mend();
  EXPECT_EQ(jobs_lost, 5 - answers.sets().done.size());
  EXPECT_GE(jobs_lost, 1U);
  EXPECT_NE(fault.find(GetParam().at_write == SQLITE_FULL ? "full" : "disk I/O error"),
            std::string::npos)
      << fault;
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, DiskTrouble,
    ::testing::Values(Trouble{.name = "WriteError", .at_write = SQLITE_IOERR_WRITE},
                      Trouble{.name = "WritesFail", .at_write = SQLITE_IOERR_WRITE, .lasts = true},
                      testing::full_disk(),
                      Trouble{.name = "SyncError", .at_sync = SQLITE_IOERR_FSYNC},
                      Trouble{.name = "SyncsFail", .at_sync = SQLITE_IOERR_FSYNC, .lasts = true}),
    [](const auto& kind) { return kind.param.name; });

struct Moment {
  DiskImage image;
  std::set<std::int64_t> done;  // acknowledged before it
};

// A load on a disk that waits with what was not synced, looked at before each of its changes.
std::vector<Moment> moments_of_a_load(const fs::path& path) {
  PowerLossDisk disk;
  const WatchedVfs vfs(disk);
  std::vector<Moment> moments;
  const auto database = open(sales_at(path));
  stock_up(*database);
  Answers answers;
  disk.before_change = [&](const DiskImage& image) {
    moments.push_back({image, answers.sets().done});
  };
  for (const std::int64_t first : {0, 1, 2, 3, 4, 5, 10, 20, 40, 70, 110}) {
    answers.sell_all(*database, first, 1 + first / 2);
  }
  disk.before_change = nullptr;
  return moments;
}

class PowerLoss : public DiskTest, public ::testing::WithParamInterface<unsigned> {};

TEST_P(PowerLoss, LosesNothingAcknowledgedAndLeavesNothingByHalf) {
  const TempFolder folder;
  const auto moments = moments_of_a_load(folder.path() / "sales.db");
  EXPECT_GT(moments.size(), 100U);
  std::mt19937_64 random(GetParam());
  for (std::size_t i = 0; i < moments.size() && !HasFailure(); ++i) {
    const fs::path place = folder.path() / std::to_string(i);
    fs::create_directory(place);
    moments[i].image.write_to(place, random);
    expect_kept(*open(sales_at(place / "sales.db")), {.done = moments[i].done, .refused = {}},
                "seed " + std::to_string(GetParam()) + ", power gone at " + std::to_string(i));
    fs::remove_all(place);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PowerLoss, ::testing::Range(0U, 12U));

}  // namespace
}  // namespace geili::store::sqlite
