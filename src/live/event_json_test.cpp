#include "live/event_json.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

constexpr Instant kNoon{1'795'000'000'120'000};

std::string json(EventBody body) {
  std::string out;
  append_event(out, {12, kNoon, std::move(body)});
  return out;
}

#define HEAD(type) R"({"type":")" type R"(","seq":12,"at":"2026-11-18T11:06:40.120Z")"

TEST(EventJson, WritesEveryEventAsTheContractSays) {
  const ProductCard card{ProductId{5}, "Necklace", {9'900, *Currency::parse("MXN")}, "", 3};
  const std::string card_json =
      R"(,"product":{"product_id":"5","title":"Necklace","price":{"minor":9900,"currency":"MXN"},"available":3}})";
  EXPECT_EQ(json(ChatMessage{"Ana", Role::viewer, "geili!"}),
            HEAD("chat") R"(,"name":"Ana","role":"viewer","text":"geili!"})");
  EXPECT_EQ(json(ChatMessage{.author_name = "Ana", .text = "geili!", .language = "zh"}),
            HEAD("chat") R"(,"name":"Ana","role":"viewer","text":"geili!","lang":"zh"})");
  EXPECT_EQ(json(MessageHidden{7}), HEAD("hidden") R"(,"hidden_seq":7})");
  EXPECT_EQ(json(QuestionAnswered{7}), HEAD("answered") R"(,"answered_seq":7})");
  EXPECT_EQ(json(ProductPinned{card}), HEAD("pinned") + card_json);
  ProductCard parent = card;
  parent.has_variants = true;
  EXPECT_EQ(
      json(ProductPinned{parent}),
      HEAD("pinned") + card_json.substr(0, card_json.size() - 2) + R"(,"has_variants":true}})");
  EXPECT_EQ(json(ProductUnpinned{ProductId{5}}), HEAD("unpinned") "}");
  EXPECT_EQ(json(ProductChanged{card}), HEAD("product") + card_json);
  EXPECT_EQ(
      json(ProductSold{12, "Ana", ProductId{5}, "Necklace", 2}),
      HEAD(
          "sold") R"(,"number":12,"name":"Ana","product_id":"5","title":"Necklace","quantity":2})");
  EXPECT_EQ(json(UnitsOffered{ProductId{5}, 9}),
            HEAD("offered") R"(,"product_id":"5","wait_id":"9"})");
  EXPECT_EQ(
      json(DrawTold{.id = DrawId{9},
                    .prize = "A \"ring\"",
                    .product = ProductId{5},
                    .state = DrawState::drawn,
                    .who = DrawFor::buyers,
                    .winners_max = 2,
                    .closes_at = Instant{0},
                    .commitment = "ab",
                    .entries = 3,
                    .winners = {{2, "Ana"}, {1, "Li"}}}),
      HEAD(
          "draw") R"(,"draw":{"id":"9","prize":"A \"ring\"","product_id":"5","state":"drawn","who":"buyers",)"
                  R"("winners_max":2,"closes_at":"1970-01-01T00:00:00.000Z","commitment":"ab","entries":3,)"
                  R"("winners":[{"number":2,"name":"Ana"},{"number":1,"name":"Li"}]}})");
  EXPECT_EQ(json(BagChanged{{ProductId{7}, ProductId{5}}}),
            HEAD("bag") R"(,"product_ids":["7","5"]})");
  EXPECT_EQ(json(BagChanged{}), HEAD("bag") R"(,"product_ids":[]})");
  EXPECT_EQ(json(PlanChanged{"Pearls", Instant{0}}),
            HEAD("plan") R"(,"title":"Pearls","starts_at":"1970-01-01T00:00:00.000Z"})");
  EXPECT_EQ(json(CouponTold{CouponId{7}, 50}), HEAD("coupon") R"(,"coupon_id":"7","left":50})");
  EXPECT_EQ(json(StatusChanged{ShowStatus::ended}), HEAD("status") R"(,"status":"ended"})");
  EXPECT_EQ(json(VideoChanged{VideoState::away}), HEAD("video") R"(,"video":"away"})");
  EXPECT_EQ(json(CoHostChanged{VideoState::live}), HEAD("co_host") R"(,"video":"live"})");
}

TEST(EventJson, EscapesWhatPeopleWrite) {
  EXPECT_EQ(json(ChatMessage{"\"", Role::host, "</script>\\ \x01 珍珠"}),
            HEAD("chat") R"(,"name":"\"","role":"host","text":"</script>\\ \u0001 珍珠"})");
}

TEST(EventJson, WritesOnlyTheStatesThatAreSet) {
  const auto state = [](const StateChange& change) {
    std::string out;
    append_state(out, change);
    return out;
  };
  EXPECT_EQ(state({}), "{}");
  EXPECT_EQ(state({.hearts = 3}), R"({"hearts":3})");
  EXPECT_EQ(state({.viewers = 2, .sold = 1, .stock = {{ProductId{5}, 0}}}),
            R"({"viewers":2,"sold":1,"stock":[{"product_id":"5","available":0}]})");
}

TEST(EventJson, AnswersARefusedCommand) {
  EXPECT_EQ(refused_frame("a\"1", Error::invalid_field("/text", "is empty")),
            R"({"refused":{"code":"invalid-field","ref":"a\"1","path":"/text"}})");
  auto error = Error::make(ErrorKind::rate_limited, "rate-limited", "").with("retry_after_ms", 250);
  EXPECT_EQ(refused_frame("", error),
            R"({"refused":{"code":"rate-limited","retry_after_ms":250}})");
}

}  // namespace
}  // namespace geili::live
