// What one packet of 1,200 bytes to one of 16 viewers costs, by how many go in one send, plain and
// encrypted on the way. Nobody reads at the other end: the packets die in full receive buffers,
// which costs this side the same. Prints one JSON object a line.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "figures.hpp"
#include "media/srtp/sender.hpp"
#include "media/webrtc/udp_port.hpp"

namespace {

using namespace geili;
using namespace geili::media;

constexpr std::size_t kPacketBytes = 1'200;
constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kReceivers = 16;
constexpr int kPackets = 320'000;

struct Receivers {
  Receivers() {
    for (std::size_t i = 0; i < kReceivers; ++i) {
      ports.push_back(std::make_unique<webrtc::UdpPort>(
          webrtc::UdpSettings{.address = *IpAddress::parse("127.0.0.1"), .log = {}}));
      paths.push_back({{*IpAddress::parse("127.0.0.1"), ports.back()->port(), Transport::udp}, {}});
    }
  }
  std::vector<std::unique_ptr<webrtc::UdpPort>> ports;
  std::vector<webrtc::UdpPath> paths;
};

double us_per_packet(const Receivers& receivers, int together, bool encrypted) {
  webrtc::UdpPort port({.address = *IpAddress::parse("127.0.0.1"), .log = {}});
  webrtc::UdpBatch batch(port);
  srtp::Sender sender(srtp::Profile::aead_aes_128_gcm, {});
  const Bytes header(kHeaderBytes, std::byte{0x80});
  const Bytes payload(kPacketBytes - kHeaderBytes - 16, std::byte{0x5A});
  std::uint64_t index = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int sent = 0; sent < kPackets; sent += together) {
    batch.begin(receivers.paths[static_cast<std::size_t>(sent / together) % kReceivers]);
    for (int i = 0; i < together; ++i) {
      const auto slot = batch.slot(kPacketBytes);
      batch.commit(encrypted ? sender.protect(1, ++index, header, payload, slot) : kPacketBytes);
    }
    batch.flush();
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  return took.count() / kPackets;
}

}  // namespace

int main() {
  const Receivers receivers;
  for (const int together : {1, 4, 8, 16}) {
    const std::string name = "us_per_packet_x" + std::to_string(together);
    bench::report("udp_send", name.c_str(), us_per_packet(receivers, together, false), "us");
    bench::report("udp_send", (name + "_gcm").c_str(), us_per_packet(receivers, together, true),
                  "us");
  }
}
