// The host's file of exchange rates: the command, and what a running server reads of it.
#include <filesystem>
#include <fstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "app/commands.hpp"
#include "app/rates_file.hpp"
#include "store/sqlite/sqlite.hpp"
#include "store/sqlite/temp_database.hpp"
#include "store/testing/test_store.hpp"

namespace geili::app {
namespace {

using store::Tx;

constexpr std::string_view kHead = "date,base,quote,rate\n";

class RatesFileTest : public store::testing::StoreTest {
 protected:
  void put(std::string_view text) {
    std::ofstream(path_, std::ios::binary) << text;
    // A file written twice within a tick of the clock is another one all the same.
    std::filesystem::last_write_time(
        path_, std::filesystem::file_time_type(std::chrono::seconds(1'000'000 + ++written_)));
  }
  std::string path() const { return path_.string(); }
  std::int64_t count() { return integer("SELECT COUNT(*) FROM exchange_rate"); }
  void run_until(auto condition) {
    for (int turns = 0; !condition(); ++turns) {
      ASSERT_LT(turns, 20'000);
      ASSERT_GT(io_.run_one_for(std::chrono::seconds(10)), 0U);
    }
  }
  std::string logged() const {
    std::ifstream file(log_path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  store::sqlite::TempFolder folder_;
  std::filesystem::path path_ = folder_.path() / "rates.csv";
  std::filesystem::path log_path_ = folder_.path() / "log.jsonl";
  boost::asio::io_context io_{1};
  int written_ = 0;
};

TEST_F(RatesFileTest, IsReadAtOnceAndWheneverItChanges) {
  put(std::string(kHead) + "2026-11-17,EUR,USD,1.1593\n");
  const ops::Log log({.file = log_path_.string()}, clock_);
  boost::asio::co_spawn(io_,
                        keep_rates(&*database_, &clock_, &log, {.path = path(), .source = "Bank"},
                                   std::chrono::milliseconds(1)),
                        boost::asio::detached);
  ASSERT_NO_FATAL_FAILURE(run_until([&] { return count() == 1; }));
  put(std::string(kHead) + "2026-11-17,EUR,USD,1.1593\n2026-11-18,EUR,USD,1.16\n");
  ASSERT_NO_FATAL_FAILURE(run_until([&] { return count() == 2; }));
  EXPECT_EQ(
      integer("SELECT COUNT(*) FROM audit WHERE action = 'rates-recorded' AND person_id IS NULL"),
      2);
}

TEST_F(RatesFileTest, AFaultyOneIsLoggedOnceAndTheNextOneIsRead) {
  put(std::string(kHead) + "2026-11-17,EUR,USD,1.1593\n2026-11-18,EUR,USD,none\n");
  {
    const ops::Log log({.file = log_path_.string()}, clock_);
    boost::asio::co_spawn(io_,
                          keep_rates(&*database_, &clock_, &log, {.path = path(), .source = "Bank"},
                                     std::chrono::milliseconds(1)),
                          boost::asio::detached);
    for (int turns = 0; turns < 20; ++turns) io_.run_one_for(std::chrono::seconds(10));
    EXPECT_EQ(count(), 0);
    put(std::string(kHead) + "2026-11-18,EUR,USD,1.16\n");
    ASSERT_NO_FATAL_FAILURE(run_until([&] { return count() == 1; }));
    io_.stop();
  }
  const std::string text = logged();
  const auto at = text.find("rates-file-refused");
  ASSERT_NE(at, std::string::npos) << text;
  EXPECT_EQ(text.find("rates-file-refused", at + 1), std::string::npos) << text;
  EXPECT_NE(text.find("line 3"), std::string::npos) << text;
}

// The command opens the data by itself.
class RatesImport : public ::testing::Test {
 protected:
  int import(std::string_view text, const std::string& source = "") {
    const auto path = folder_.path() / "rates.csv";
    std::ofstream(path, std::ios::binary) << text;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = run_rates_import(config(), path.string(), source);
    said_ = ::testing::internal::GetCapturedStdout() + ::testing::internal::GetCapturedStderr();
    return code;
  }
  ops::Config config() const {
    ops::Config config;
    config.data.dir = (folder_.path() / "data").string();
    return config;
  }
  std::int64_t count() {
    const auto database = store::sqlite::open({.path = data_file(config())});
    return *store::read_and_wait(*database, [](Tx& tx) -> Result<std::int64_t> {
      return *tx.integer("SELECT COUNT(*) FROM exchange_rate");
    });
  }

  store::sqlite::TempFolder folder_;
  std::string said_;
};

TEST_F(RatesImport, RecordsTheBanksFileAndTheSameAgainIsKnown) {
  const std::string_view text =
      "Date, USD, MXN, BGN, \n17 November 2020, 1.1593, 21.2402, 1.9558, \n";
  EXPECT_EQ(import(text), 0) << said_;
  EXPECT_EQ(said_,
            "ECB: 2 recorded, of them 0 corrections; 0 known already.\n"
            "Left out, as Geili does not know them: BGN.\n");
  EXPECT_EQ(import(text), 0);
  EXPECT_EQ(said_.substr(0, said_.find('\n')),
            "ECB: 0 recorded, of them 0 corrections; 2 known already.");
  EXPECT_EQ(import("Date,USD\n2020-11-17,1.1539\n"), 0);
  EXPECT_EQ(said_, "ECB: 1 recorded, of them 1 corrections; 0 known already.\n");
  EXPECT_EQ(count(), 3);
}

TEST_F(RatesImport, RecordsNothingOfAFileWithAFaultAndNamesItsLine) {
  EXPECT_EQ(
      import(std::string(kHead) + "2020-11-17,EUR,USD,1.1593\n2020-11-17,EUR,MXN,-1\n", "Bank"), 1);
  EXPECT_NE(said_.find("  line 3 rate is not a decimal number"), std::string::npos) << said_;
  EXPECT_EQ(
      import(std::string(kHead) + "2020-11-17,EUR,USD,1.1593\n2020-11-17,EUR,USD,1.2\n", "Bank"),
      1);
  EXPECT_NE(said_.find("  line 3: rate is another one for a day that was told already"),
            std::string::npos)
      << said_;
  EXPECT_EQ(import(std::string(kHead) + "2020-11-17,EUR,USD,1.1593\n"), 1);
  EXPECT_NE(said_.find("name the source"), std::string::npos) << said_;
  EXPECT_EQ(count(), 0);
}

TEST_F(RatesImport, SaysWhatToDoWhileTheServerHasTheData) {
  const auto database = store::sqlite::open({.path = data_file(config())});
  EXPECT_EQ(import("Date,USD\n2020-11-17,1.1593\n"), 1);
  EXPECT_NE(said_.find("rates.file"), std::string::npos) << said_;
}

}  // namespace
}  // namespace geili::app
