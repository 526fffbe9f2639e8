#include "api/auction_log_json.hpp"

#include <gtest/gtest.h>

#include "store/testing/test_store.hpp"

namespace geili::api {
namespace {

shows::AuctionLog fair_log() {
  shows::AuctionLog log{.terms = {.show = ShowId{4},
                                  .auction = shows::AuctionId{9},
                                  .product = ProductId{5},
                                  .title = "A “bracelet”",
                                  .currency = "CNY",
                                  .start_minor = 100,
                                  .step_minor = 10,
                                  .mode = shows::AuctionMode::extend,
                                  .extend = std::chrono::seconds(10),
                                  .opened_at = Instant{1'000},
                                  .first_close_at = Instant{60'000'000},
                                  .last_close_at = Instant{660'000'000}},
                        .lines = {}};
  const std::string mark(32, 'a');
  const Instant closes_at = log.terms.first_close_at;
  const auto add = [&](shows::AuctionStep what, std::string whose, Instant at) {
    shows::AuctionLine line{.position = std::ssize(log.lines) + 1,
                            .what = what,
                            .at = at,
                            .mark = std::move(whose),
                            .amount_minor = 100,
                            .closes_at = closes_at};
    const Bytes head = log.lines.empty() ? shows::hash_of(log.terms) : log.lines.back().hash;
    line.hash = shows::hash_of(head, line);
    log.lines.push_back(std::move(line));
  };
  add(shows::AuctionStep::bid, mark, Instant{2'000});
  add(shows::AuctionStep::closed, "", closes_at);
  add(shows::AuctionStep::offered, mark, closes_at);
  return log;
}

std::string written(const boost::json::value& value) {
  return boost::json::serialize(value);
}

TEST(AuctionLogJson, IsReadAsItWasWritten) {
  const std::string text = written(to_json(fair_log()));
  const auto log = parse_auction_log(text);
  ASSERT_TRUE(log) << log.error().code << " " << store::testing::field_of(log.error());
  EXPECT_EQ(shows::fault_of(*log), std::nullopt);
  EXPECT_EQ(written(to_json(*log)), text);
}

TEST(AuctionLogJson, RefusesWhatIsNoLogAndSaysWhere) {
  struct Case {
    const char* path;
    void (*change)(boost::json::object&);
  };
  const std::vector<Case> bad{
      {"/auction_id", [](auto& log) { log["auction_id"] = "0"; }},
      {"/title", [](auto& log) { log["title"] = ""; }},
      {"/currency", [](auto& log) { log["currency"] = "XXX"; }},
      {"/start_minor", [](auto& log) { log["start_minor"] = 0; }},
      {"/step_minor", [](auto& log) { log.erase("step_minor"); }},
      {"/mode", [](auto& log) { log["mode"] = "dutch"; }},
      {"/extend_s", [](auto& log) { log["extend_s"] = 61; }},
      {"/opened_at_us", [](auto& log) { log["opened_at_us"] = -1; }},
      {"/lines/0/what", [](auto& log) { log["lines"].at(0).as_object()["what"] = "won"; }},
      {"/lines/0/position", [](auto& log) { log["lines"].at(0).as_object()["position"] = 0; }},
      {"/lines/1/hash", [](auto& log) { log["lines"].at(1).as_object().erase("hash"); }},
      {"/lines/1/hash",
       [](auto& log) { log["lines"].at(1).as_object()["hash"] = std::string(64, 'g'); }},
      {"/lines/2/amount_minor",
       [](auto& log) { log["lines"].at(2).as_object()["amount_minor"] = -1; }},
      {"/lines", [](auto& log) { log["lines"] = 3; }},
      {"/more", [](auto& log) { log["more"] = 1; }},
  };
  for (const Case& one : bad) {
    boost::json::object log = to_json(fair_log());
    one.change(log);
    const auto read = parse_auction_log(written(log));
    ASSERT_FALSE(read) << one.path;
    EXPECT_EQ(store::testing::field_of(read.error()), one.path);
  }
  for (const char* text : {"", "[]", "{", "nothing", "{}x"})
    EXPECT_FALSE(parse_auction_log(text)) << text;
  EXPECT_EQ(parse_auction_log(std::string(kAuctionLogBytesMax + 1, ' ')).error().code,
            "auction-log-too-large");
}

}  // namespace
}  // namespace geili::api
