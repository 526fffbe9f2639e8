#pragma once
// Test support: the client's side of RTMP, as bytes and over a blocking socket.

#include <cstdint>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "media/flv/amf0.hpp"
#include "media/rtmp/chunk_reader.hpp"

namespace geili::media::testing {

std::string client_handshake();  // C0, C1, C2
std::string client_command(const std::vector<amf0::Value>& values, std::uint32_t stream_id = 0);
std::string connect_command(const std::string& app);
std::string publish_command(const std::string& key);
// One message in chunks of 128 bytes, with a full header and the absolute time.
std::string client_message(rtmp::MessageType type, std::uint32_t timestamp_ms,
                           const std::string& body, std::uint32_t stream_id = 1);

// H.264 and AAC as FLV tag bodies: a 64x64 picture's parameter sets, an IDR and a plain slice,
// whose content nobody decodes.
std::string avc_config_tag();
std::string avc_frame_tag(bool key, std::int32_t composition_ms = 0);
std::string aac_config_tag();
std::string aac_frame_tag();

class RtmpClient {
 public:
  explicit RtmpClient(std::uint16_t port);
  void send(const std::string& bytes);
  // The code of the next onStatus, or "" when the server closes before.
  std::string read_status();
  // Reads until the server closes; what it said as messages is lost.
  void wait_for_close();
  // Handshake, connect and publish; the status.
  std::string publish(const std::string& key, const std::string& app = "live");

 private:
  bool receive();

  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::size_t handshake_left_ = 1 + 2 * 1'536;
  rtmp::ChunkReader chunks_{{1 << 20, 64}};
};

}  // namespace geili::media::testing
