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
       R"({"type":"unpinned","id":81})", R"({"type":"hidden","hidden_seq":41,"id":82})",
       R"({"type":"status","status":"live","id":83})", R"({"type":"chat_changed","id":87})",
       R"({"type":"video","video":"away","id":84})"}) {
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
       R"({"type":"status","status":"away"})",
       R"({"type":"video"})",
       R"({"type":"hidden"})",
       R"({"type":"unpinned","deep":[[[[[[1]]]]]]})"}) {
    const auto message = decode_bus_message(text);
    ASSERT_FALSE(message) << text;
    EXPECT_EQ(message.error().code, "bus-message-invalid");
  }
}

}  // namespace
}  // namespace geili::live
