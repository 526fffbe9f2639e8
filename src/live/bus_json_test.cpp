#include "live/bus_json.hpp"

#include <gtest/gtest.h>

namespace geili::live {
namespace {

TEST(BusJson, RoundTripsEveryMessage) {
  for (
      const char* text :
      {R"({"type":"sold","number":12,"name":"Ana","product_id":"5","title":"Necklace","quantity":1,"id":77})",
       R"({"type":"stock","product_id":"5","available":3,"id":78})",
       R"({"type":"stock","product_id":"5","available":0})",
       R"({"type":"offered","product_id":"5","wait_id":"9","id":85})",
       R"({"type":"product","product":{"product_id":"5","title":"珍珠","price":{"minor":1,"currency":"CNY"},"available":3,"photo":"/p.jpg"},"id":79})",
       R"({"type":"pinned","product":{"product_id":"5","title":"x","price":{"minor":1,"currency":"CNY"},"available":3},"id":80})",
       R"({"type":"pinned","product":{"product_id":"5","title":"x","price":{"minor":1,"currency":"CNY"},"available":3,"has_variants":true},"id":86})",
       R"({"type":"deal_announced","deal":{"deal_id":"3","product_id":"5","price":{"minor":1,"currency":"CNY"},"units":5,"left":4,"units_per_buyer_max":2,"vouchers_max":0,"starts_at_us":7,"ends_at_us":9},"id":87})",
       R"({"type":"deal_left","deal_id":"3","left":4,"id":88})",
       R"({"type":"deal_ended","deal_id":"3","product_id":"5","reason":"over","id":89})",
       R"({"type":"draw","draw":{"draw_id":"9","prize":"A ring","state":"drawn","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"number":2,"name":"Ana"}],"product_id":"5"},"id":90})",
       R"({"type":"answered","answered_seq":41,"id":91})",
       R"({"type":"unpinned","id":81})",
       R"({"type":"hidden","hidden_seq":41,"id":82})",
       R"({"type":"plan","title":"Pearls","starts_at_us":7,"id":91})",
       R"({"type":"bag","product_ids":["7","5"],"id":92})",
       R"({"type":"bag","product_ids":[],"id":93})",
       R"({"type":"coupon","coupon_id":"7","left":50,"id":91})",
       R"({"type":"taken","name":"Ana","product_id":"5","number":12,"quantity":3,"id":91})",
       R"({"type":"red_packet","packet":{"packet_id":"4","title":"Luck","state":"open","split":"lucky","total_minor":2000,"currency":"CNY","min_order_minor":0,"envelopes":5,"left":5,"closes_at_us":7},"id":92})",
       R"({"type":"packet_left","packet_id":"4","left":3,"id":93})",
       R"({"type":"status","status":"live","id":83})",
       R"({"type":"chat_changed","id":87})",
       R"({"type":"video","video":"away","id":84})",
       R"({"type":"co_host","video":"live","id":91})"}) {
    const auto message = decode_bus_message(text);
    ASSERT_TRUE(message) << text;
    EXPECT_EQ(encode_bus_message(*message), text);
  }
  EXPECT_TRUE(decode_bus_message(R"({"type":"unpinned","from":"a newer node"})"));
  EXPECT_EQ(show_topic(ShowId{12}), "show.12");
}

TEST(BusJson, RefusesWhatDoesNotFit) {
  for (
      const char* text :
      {"",
       "null",
       "[]",
       "{}",
       "{",
       R"({"type":7})",
       R"({"type":"chat","text":"hi"})",
       R"({"type":"unpinned","id":-1})",
       R"({"type":"unpinned","id":0})",
       R"({"type":"unpinned","id":"7"})",
       R"({"type":"unpinned"}x)",
       R"({"type":"stock","product_id":"5"})",
       R"({"type":"stock","product_id":5,"available":1})",
       R"({"type":"stock","product_id":"5x","available":1})",
       R"({"type":"stock","product_id":"99999999999999999999","available":1})",
       R"({"type":"stock","product_id":"5","available":1.5})",
       R"({"type":"sold","number":1,"name":"Ana","product_id":"5","title":"x"})",
       R"({"type":"pinned","product":{"product_id":"5","title":"x","price":{"minor":1,"currency":"XXX"},"available":3}})",
       R"({"type":"pinned","product":{"product_id":"5","title":"x","price":7,"available":3}})",
       R"({"type":"offered","product_id":"5"})",
       R"({"type":"offered","product_id":"5","wait_id":9})",
       R"({"type":"deal_announced"})",
       R"({"type":"deal_announced","deal":{"deal_id":"3","product_id":"5","price":{"minor":1,"currency":"CNY"},"left":4,"units_per_buyer_max":2,"vouchers_max":0,"starts_at_us":7,"ends_at_us":9}})",
       R"({"type":"deal_announced","deal":{"deal_id":"3","product_id":5,"price":{"minor":1,"currency":"CNY"},"units":5,"left":4,"units_per_buyer_max":2,"vouchers_max":0,"starts_at_us":7,"ends_at_us":9}})",
       R"({"type":"plan","title":"Pearls"})",
       R"({"type":"plan","title":"Pearls","starts_at_us":"7"})",
       R"({"type":"plan","starts_at_us":7})",
       R"({"type":"bag"})",
       R"({"type":"bag","product_ids":"7"})",
       R"({"type":"bag","product_ids":[7]})",
       R"({"type":"bag","product_ids":["x"]})",
       R"({"type":"deal_left","deal_id":"3"})",
       R"({"type":"deal_left","left":4})",
       R"({"type":"deal_ended","deal_id":"3","product_id":"5","reason":"why"})",
       R"({"type":"deal_ended","deal_id":"3","reason":"over"})",
       R"({"type":"deal_paused","deal_id":"3","product_id":"5","reason":"over"})",
       R"({"type":"coupon","coupon_id":7,"left":50})",
       R"({"type":"coupon","coupon_id":"7"})",
       R"({"type":"coupon","left":50})",
       R"({"type":"draw","draw":7})",
       R"({"type":"draw","draw":{}})",
       R"({"type":"draw","draw":{"draw_id":9,"prize":"A ring","state":"drawn","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"number":2,"name":"Ana"}],"product_id":"5"}})",
       R"({"type":"draw","draw":{"draw_id":"9","prize":"A ring","state":"paused","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"number":2,"name":"Ana"}],"product_id":"5"}})",
       R"({"type":"draw","draw":{"draw_id":"9","prize":"A ring","state":"drawn","who":"friends","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"number":2,"name":"Ana"}],"product_id":"5"}})",
       R"({"type":"draw","draw":{"draw_id":"9","prize":"A ring","state":"drawn","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"name":"Ana"}],"product_id":"5"}})",
       R"({"type":"draw","draw":{"draw_id":"9","prize":"A ring","state":"drawn","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":{"number":2,"name":"Ana"},"product_id":"5"}})",
       R"({"type":"draw","draw":{"draw_id":"9","state":"drawn","who":"buyers","winners_max":2,"closes_at_us":7,"commitment":"ab","entries":3,"winners":[{"number":2,"name":"Ana"}],"product_id":"5"}})",
       R"({"type":"taken","name":"Ana","product_id":"5","number":12})",
       R"({"type":"taken","name":"Ana","product_id":5,"number":12,"quantity":3})",
       R"({"type":"taken","product_id":"5","number":12,"quantity":3})",
       R"({"type":"red_packet"})",
       R"({"type":"red_packet","packet":{"packet_id":"4"}})",
       R"({"type":"red_packet","packet":{"packet_id":"4","title":"Luck","state":"shut","split":"lucky","total_minor":2000,"currency":"CNY","min_order_minor":0,"envelopes":5,"left":5,"closes_at_us":7}})",
       R"({"type":"red_packet","packet":{"packet_id":"4","title":"Luck","state":"open","split":"lucky","total_minor":2000,"currency":"XXX","min_order_minor":0,"envelopes":5,"left":5,"closes_at_us":7}})",
       R"({"type":"packet_left","packet_id":"4"})",
       R"({"type":"packet_left","packet_id":4,"left":3})",
       R"({"type":"status","status":"away"})",
       R"({"type":"video"})",
       R"({"type":"hidden"})",
       R"({"type":"answered"})",
       R"({"type":"answered","answered_seq":"41"})",
       R"({"type":"unpinned","deep":[[[[[[1]]]]]]})"}) {
    const auto message = decode_bus_message(text);
    ASSERT_FALSE(message) << text;
    EXPECT_EQ(message.error().code, "bus-message-invalid");
  }
}

}  // namespace
}  // namespace geili::live
