#include "app/store_losses.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "app/open_store.hpp"
#include "store/sqlite/temp_database.hpp"
#include "store/sqlite/testing/troubled_disk.hpp"
#include "store/sqlite/testing/watched_vfs.hpp"

namespace geili::app {
namespace {

class StoreLossesTest : public ::testing::Test {
 protected:
  // The log is whole when it has ended.
  template <class Work>
  std::string log_of(Work work) {
    const std::string path = (folder_.path() / "log").string();
    {
      const ops::Log log({.file = path}, clock_);
      StoreLosses losses(log, clock_);
      work(losses);
    }
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  static std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
  }

  store::sqlite::TempFolder folder_;
  ManualClock clock_;
};

TEST_F(StoreLossesTest, AFullDiskIsSaidInTheLog) {
  const std::string text = log_of([&](StoreLosses& losses) {
    store::sqlite::testing::TroubledDisk disk(store::sqlite::testing::full_disk());
    const store::sqlite::testing::WatchedVfs vfs(disk);
    ops::Config config;
    config.data.dir = folder_.path().string();
    const OpenStore store =
        open_store(config, [&](const store::LostTransaction& lost) { losses.note(lost); });
    disk.arm(0);
    const auto answer = store::write_and_wait(*store.database, [](store::Tx& tx) -> Result<void> {
      tx.exec(
          "INSERT INTO person (name, login, password_hash, role, created_at) "
          "VALUES ('Ana', 'ana', '', 'admin', 0)");
      return {};
    });
    EXPECT_FALSE(answer);
    disk.mend();
    EXPECT_EQ(losses.count(), 1U);
  });
  EXPECT_NE(text.find("disk is full"), std::string::npos) << text;
}

TEST_F(StoreLossesTest, ManyLossesAreFewLinesAndAllAreCounted) {
  const std::string text = log_of([&](StoreLosses& losses) {
    for (int i = 0; i < 500; ++i) losses.note({.fault = "the disk is full", .jobs = 2});
    clock_.advance(kStoreLossToldEvery);
    losses.note({.fault = "the disk is full", .jobs = 2});
    EXPECT_EQ(losses.count(), 501U);
  });
  EXPECT_EQ(lines_of(text), 2U) << text;
  EXPECT_NE(text.find("\"lost_since_last_told\":500"), std::string::npos) << text;
}

}  // namespace
}  // namespace geili::app
