#include "app/house.hpp"

#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "net/testing/test_client.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::app {
namespace {

using net::testing::TestClient;

ops::Config small_config(const store::sqlite::TempFolder& folder) {
  ops::Config config;
  config.server.port = 0;
  config.server.io_threads = 1;
  config.server.stop_grace_s = 0;
  config.rtmp.port = 0;
  config.srt.port = 0;
  config.webrtc.port = 0;
  config.data.dir = folder.path().string();
  config.log.level = "error";
  return config;
}

std::uint16_t port_of(const std::string& url) {
  return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

class HouseTest : public ::testing::Test {
 protected:
  store::sqlite::TempFolder folder_;
};

TEST_F(HouseTest, TellsTheFiguresOfEveryPart) {
  House house(small_config(folder_));
  const std::string text = TestClient(port_of(house.url())).get("/metrics").body;
  for (const std::string name : {"geili_chat_unkept_total",
                                 "geili_store_transactions_lost_total",
                                 "geili_connections",
                                 "geili_websockets",
                                 "geili_rooms",
                                 "geili_room_viewers",
                                 "geili_room_events_total",
                                 "geili_room_frames_total",
                                 "geili_room_deliveries_total",
                                 "geili_room_too_slow_total",
                                 "geili_room_missed_total",
                                 "geili_outbox_published_total",
                                 "geili_outbox_refused_total",
                                 "geili_outbox_retries_total",
                                 "geili_streams",
                                 "geili_streams_live",
                                 "geili_rtmp_connections",
                                 "geili_rtmp_received_bytes_total",
                                 "geili_rtmp_refused_total",
                                 "geili_srt_connections",
                                 "geili_srt_received_bytes_total",
                                 "geili_srt_received_packets_total",
                                 "geili_srt_lost_packets_total",
                                 "geili_srt_recovered_packets_total",
                                 "geili_srt_dropped_packets_total",
                                 "geili_srt_damaged_units_total",
                                 "geili_srt_refused_total",
                                 "geili_webrtc_publishers",
                                 "geili_webrtc_viewers",
                                 "geili_webrtc_tcp_connections",
                                 "geili_webrtc_tcp_refused_total",
                                 "geili_webrtc_received_packets_total",
                                 "geili_webrtc_received_bytes_total",
                                 "geili_webrtc_sent_packets_total",
                                 "geili_webrtc_sent_bytes_total",
                                 "geili_webrtc_dropped_packets_total",
                                 "geili_webrtc_retransmitted_packets_total",
                                 "geili_webrtc_refused_packets_total",
                                 "geili_hls_waiting_requests",
                                 "geili_hls_answers_total",
                                 "geili_pictures_transcoded_total",
                                 "geili_pictures_dropped_total",
                                 "geili_log_dropped_total"}) {
    const std::string type = name.ends_with("_total") ? "counter" : "gauge";
    EXPECT_NE(text.find("# TYPE " + name + " " + type + "\n" + name + " "), std::string::npos)
        << name << "\n"
        << text;
  }
}

TEST_F(HouseTest, RefusesUploadsBeyondTheHostsLimit) {
  ops::Config config = small_config(folder_);
  config.limits.upload_bytes_max = 64'000;
  House house(config);
  const auto upload = [&](std::size_t bytes) {
    return TestClient(port_of(house.url()))
        .request("POST", "/api/v1/products/1/photos", std::string(bytes, 'x'))
        .status;
  };
  EXPECT_NE(upload(64'000), 413U);
  EXPECT_EQ(upload(64'001), 413U);
}

TEST_F(HouseTest, OpensNoPortOfWhatIsOff) {
  ops::Config config = small_config(folder_);
  EXPECT_NE(House(config).rtmp_url(), "");
  EXPECT_TRUE(House(config).srt_url().starts_with("srt://127.0.0.1:"));
  config.rtmp.enabled = false;
  config.srt.enabled = false;
  EXPECT_EQ(House(config).rtmp_url(), "");
  EXPECT_EQ(House(config).srt_url(), "");
}

}  // namespace
}  // namespace geili::app
