#include "api/draw_log_json.hpp"

#include <gtest/gtest.h>

#include "store/testing/test_store.hpp"

namespace geili::api {
namespace {

shows::DrawLog fair_log() {
  const Bytes seed(shows::kDrawSeedBytes, std::byte{7});
  shows::DrawLog log{.terms = {.show = ShowId{4},
                               .draw = DrawId{9},
                               .prize = "A “bracelet”",
                               .winners_max = 2,
                               .opened_at = Instant{1'000},
                               .commitment = shows::commitment_of(seed)},
                     .seed = seed,
                     .entries = {},
                     .winners = {}};
  Bytes head = shows::hash_of(log.terms);
  for (std::int64_t number = 1; number <= 3; ++number) {
    shows::DrawEntry entry{.number = number,
                           .mark = std::string(32, static_cast<char>('a' + number)),
                           .entered_at = Instant{2'000 + number},
                           .hash = {}};
    entry.hash = head = shows::hash_of(head, entry);
    log.entries.push_back(entry);
  }
  log.winners = shows::winners_of(seed, head, 3, 2);
  return log;
}

std::string written(const boost::json::value& value) {
  return boost::json::serialize(value);
}

TEST(DrawLogJson, IsReadAsItWasWritten) {
  const std::string text = written(to_json(fair_log()));
  const auto log = parse_draw_log(text);
  ASSERT_TRUE(log) << log.error().code;
  EXPECT_EQ(shows::fault_of(*log), std::nullopt);
  EXPECT_EQ(written(to_json(*log)), text);
}

TEST(DrawLogJson, RefusesWhatIsNoLogAndSaysWhere) {
  struct Case {
    const char* path;
    void (*change)(boost::json::object&);
  };
  const std::vector<Case> bad{
      {"/seed", [](auto& log) { log["seed"] = "00"; }},
      {"/seed", [](auto& log) { log["seed"] = std::string(64, 'g'); }},
      {"/commitment", [](auto& log) { log.erase("commitment"); }},
      {"/winners_max", [](auto& log) { log["winners_max"] = 51; }},
      {"/winners_max", [](auto& log) { log["winners_max"] = 0; }},
      {"/opened_at_us", [](auto& log) { log["opened_at_us"] = -1; }},
      {"/draw_id", [](auto& log) { log["draw_id"] = "0"; }},
      {"/entries/0/number", [](auto& log) { log["entries"].at(0).as_object()["number"] = 0; }},
      {"/entries/1/hash", [](auto& log) { log["entries"].at(1).as_object().erase("hash"); }},
      {"/entries/0/mark", [](auto& log) { log["entries"].at(0).as_object()["mark"] = ""; }},
      {"/winners", [](auto& log) { log["winners"] = 3; }},
      {"/more", [](auto& log) { log["more"] = 1; }},
  };
  for (const Case& one : bad) {
    boost::json::object log = to_json(fair_log());
    one.change(log);
    const auto read = parse_draw_log(written(log));
    ASSERT_FALSE(read) << one.path;
    EXPECT_EQ(store::testing::field_of(read.error()), one.path);
  }
  for (const char* text : {"", "[]", "{", "nothing", "{}x"})
    EXPECT_FALSE(parse_draw_log(text)) << text;
  EXPECT_EQ(parse_draw_log(std::string(kDrawLogBytesMax + 1, ' ')).error().code,
            "draw-log-too-large");
}

}  // namespace
}  // namespace geili::api
