// Seeded histories of the whole market: buyers, sellers and the clock, a provider that answers
// late, twice, out of order or not at all, a store whose statements and commits fail, and a program
// that is killed. GEILI_SIM_SEED=<seed> plays one alone and tells every step;
// GEILI_SIM_SEEDS=<count> plays so many of them.
#include "flows/simulation/simulation.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "store/sqlite/temp_database.hpp"

namespace geili::flows::simulation {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kParts = 20;
constexpr std::uint64_t kSeedsByDefault = 1'000;

std::optional<std::uint64_t> number_in(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  return std::stoull(text);
}

// What is asked here is not whether a commit survives: a disk would only make it slow.
void keep_off_the_disk() {
  ::setenv("TMPDIR", "/dev/shm", 0);
}

// A store of today's schema, closed; copied for every history.
const fs::path& empty_store() {
  static const store::sqlite::TempFolder folder;
  static const fs::path path = [] {
    fs::path made = folder.path() / "empty.db";
    (void)store::sqlite::open({.path = made});
    return made;
  }();
  return path;
}

// A house on one SQLite file. What a kill leaves is the file and its log as they are, copied while
// the program has them open.
class SqliteHouse final : public House {
 public:
  SqliteHouse() {
    fs::copy_file(empty_store(), path());
    open();
  }
  store::Database& database() override { return *database_; }
  void crash() override {
    const fs::path before = path();
    ++lives_;
    fs::copy_file(before, path());
    fs::copy_file(before.string() + "-wal", path().string() + "-wal");
    open();
  }

 private:
  fs::path path() const { return folder_.path() / ("geili-" + std::to_string(lives_) + ".db"); }
  void open() { database_ = store::sqlite::open({.path = path(), .read_threads = 1}); }

  const store::sqlite::TempFolder folder_;
  int lives_ = 0;
  std::unique_ptr<store::Database> database_;
};

// Most histories are short, and some are long.
constexpr std::uint64_t kLongEvery = 16;
constexpr std::int64_t kLongSteps = 160;

std::string play_one(std::uint64_t seed, Config config) {
  if (seed % kLongEvery == 0 || number_in("GEILI_SIM_STEPS"))
    config.steps = number_in("GEILI_SIM_STEPS").value_or(kLongSteps);
  SqliteHouse house;
  try {
    return play(house, seed, config);
  } catch (const std::exception& error) {
    return std::string("thrown: ") + error.what();  // told with its seed, as the others are
  }
}

class FlowsSimulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(FlowsSimulation, EveryStepLeavesAllPromisesKept) {
  keep_off_the_disk();
  if (const auto only = number_in("GEILI_SIM_SEED")) {
    if (*only % kParts != GetParam()) return;
    const auto tell = [](std::string_view what) {
      std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
    };
    ASSERT_EQ(play_one(*only, {.tell = tell}), "") << "GEILI_SIM_SEED=" << *only;
    return;
  }
  const std::uint64_t seeds = number_in("GEILI_SIM_SEEDS").value_or(kSeedsByDefault);
  for (std::uint64_t seed = GetParam(); seed < seeds; seed += kParts) {
    ASSERT_EQ(play_one(seed, {}), "") << "GEILI_SIM_SEED=" << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, FlowsSimulation, ::testing::Range<std::uint64_t>(0, kParts));

// A seed that failed is worth nothing if it does not fail again.
TEST(SimulationReplay, ASeedIsAlwaysTheSameHistory) {
  keep_off_the_disk();
  std::vector<std::string> told[2];
  for (auto& lines : told) {
    const auto tell = [&](std::string_view what) { lines.emplace_back(what); };
    EXPECT_EQ(play_one(7, {.tell = tell}), "");
  }
  EXPECT_EQ(told[0], told[1]);
  EXPECT_GT(told[0].size(), 40U);
}

}  // namespace
}  // namespace geili::flows::simulation
