#include "ops/log.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/secret.hpp"

namespace geili::ops {
namespace {

constexpr Instant kNoon{1'795'000'000'120'000};

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!fmt::is_formattable<Secret<std::string>>::value);
static_assert(!Streamable<Secret<std::string>>);
static_assert(!std::constructible_from<LogField, const char*, Secret<std::string>>);
static_assert(!std::convertible_to<Secret<std::string>, std::string>);

class LogFileTest : public ::testing::Test {
 protected:
  LogFileTest() {
    auto name = (std::filesystem::temp_directory_path() / "geili_log_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~LogFileTest() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return (folder_ / "log").string(); }
  std::vector<std::string> lines() const {
    std::vector<std::string> result;
    std::ifstream stream(file());
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
  }

  std::filesystem::path folder_;
  ManualClock clock_{kNoon};
};

TEST(LogRecordTest, JsonHoldsEveryKindOfField) {
  EXPECT_EQ(format_record(LogFormat::json, kNoon, LogLevel::info, "order placed",
                          {{"order", 12}, {"shop", "pearl"}, {"paid", false}, {"ms", 1.5}}),
            R"({"time":"2026-11-18T11:06:40.120Z","level":"info","event":"order placed",)"
            R"("order":12,"shop":"pearl","paid":false,"ms":1.5})");
}

TEST(LogRecordTest, TextIsForPeople) {
  EXPECT_EQ(
      format_record(LogFormat::text, kNoon, LogLevel::warn, "disk is slow", {{"fsync_ms", 30}}),
      "11:06:40.120 warn  disk is slow fsync_ms=30");
}

TEST(LogRecordTest, ARecordIsOneLineWhateverItsTexts) {
  struct Case {
    std::string text;
    std::string escaped;
  };
  const std::vector<Case> cases{{"a\nb", R"("a\u000ab")"},
                                {"\x1b[31m", R"("\u001b[31m")"},
                                {R"(say "hi" \ bye)", R"("say \"hi\" \\ bye")"},
                                {"给力", R"("给力")"},
                                {"\xff\xfe", R"("\ufffd\ufffd")"},
                                {std::string("\0", 1), R"("\u0000")"}};
  for (const auto& [text, escaped] : cases) {
    for (const auto format : {LogFormat::json, LogFormat::text}) {
      const auto line = format_record(format, kNoon, LogLevel::info, "e", {{"t", text}});
      EXPECT_NE(line.find(escaped), std::string::npos) << line;
    }
  }
}

TEST(LogRecordTest, LongTextsAreCutBetweenCodePoints) {
  std::string text(999, 'x');
  text += "给";
  const auto line = format_record(LogFormat::json, kNoon, LogLevel::info, "e", {{"t", text}});
  EXPECT_TRUE(line.ends_with("xxx\"}")) << line.substr(line.size() - 20);
}

TEST(LogRecordTest, InfinityIsNotANumberOfJson) {
  const auto line = format_record(LogFormat::json, kNoon, LogLevel::info, "e", {{"n", 1.0 / 0.0}});
  EXPECT_TRUE(line.ends_with(R"("n":null})")) << line;
}

TEST_F(LogFileTest, WritesWhatIsImportantEnoughInOrder) {
  {
    const Log log({.level = LogLevel::info, .format = LogFormat::json, .file = file()}, clock_);
    log.debug("not this");
    log.info("first");
    log.error("second");
  }
  const auto written = lines();
  ASSERT_EQ(written.size(), 2U);
  EXPECT_NE(written[0].find("first"), std::string::npos);
  EXPECT_NE(written[1].find("second"), std::string::npos);
}

TEST_F(LogFileTest, AFullQueueDropsAndCounts) {
  constexpr std::uint64_t kRecords = 200'000;
  std::uint64_t dropped = 0;
  {
    const Log log({.queue_records_max = 128, .file = file()}, clock_);
    for (std::uint64_t i = 0; i < kRecords; ++i) log.info("flood", {{"i", i}});
    dropped = log.dropped_count();
  }
  EXPECT_GT(dropped, 0U);
  EXPECT_LT(lines().size(), kRecords);
}

TEST(AddressTagTest, TellsAddressesApartWithoutNamingThem) {
  EXPECT_EQ(address_tag("192.0.2.1"), address_tag("192.0.2.1"));
  EXPECT_NE(address_tag("192.0.2.1"), address_tag("192.0.2.2"));
  EXPECT_EQ(address_tag("192.0.2.1").size(), 10U);
}

}  // namespace
}  // namespace geili::ops
