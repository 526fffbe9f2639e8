#pragma once
// A UDP socket as media wants it: many datagrams a system call both ways (recvmmsg with UDP_GRO,
// sendmsg with UDP_SEGMENT), answers from the address that was asked. Never blocks. One thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "media/transport_address.hpp"

namespace geili::media::webrtc {

// The two ends of a datagram, seen from here.
struct UdpPath {
  TransportAddress remote;
  IpAddress local;

  friend bool operator==(const UdpPath&, const UdpPath&) = default;
};

struct UdpSettings {
  IpAddress address;         // "::" also takes IPv4
  std::uint16_t port = 0;    // 0: the kernel chooses; ask port()
  bool segmentation = true;  // UDP_SEGMENT and UDP_GRO, where the kernel has them
  // Said once, when the kernel refuses a segmented send: from then on each packet is sent alone.
  std::function<void(std::string_view)> log;
};

struct UdpFigures {
  std::uint64_t received_packets = 0;
  std::uint64_t received_bytes = 0;
  std::uint64_t sent_packets = 0;
  std::uint64_t sent_bytes = 0;
  std::uint64_t send_calls = 0;
  std::uint64_t dropped_packets = 0;  // the kernel took no more: repaired as a loss on the way is
};

class UdpPort {
 public:
  static constexpr std::size_t kSegmentsMax = 64;
  static constexpr std::size_t kBatchBytesMax = 65'000;  // of one segmented send

  // Binds with SO_REUSEPORT, so that each thread may have one on the same port. Throws
  // std::system_error when the address cannot be had.
  explicit UdpPort(UdpSettings settings);
  ~UdpPort();
  UdpPort(const UdpPort&) = delete;
  UdpPort& operator=(const UdpPort&) = delete;

  int fd() const { return fd_; }
  std::uint16_t port() const { return port_; }
  const UdpFigures& figures() const { return figures_; }
  bool segments() const { return segments_; }

  // `bytes` may be changed, and are gone with the call.
  using Each = std::function<void(std::span<std::byte> bytes, const UdpPath& path)>;
  // Takes what is there, at most some hundred datagrams; true when there may be more.
  bool receive(const Each& each);

  // `packets` lie back to back, each of `segment_bytes`, the last perhaps shorter; at most
  // kSegmentsMax and kBatchBytesMax. What the kernel has no room for is dropped and counted.
  void send(const UdpPath& path, ByteView packets, std::size_t segment_bytes);

 private:
  struct Address;
  static constexpr std::size_t kMessages = 16;
  static constexpr std::size_t kMessageBytesMax = 65'536;

  bool send_message(const UdpPath& path, ByteView bytes, std::size_t segment_bytes);
  void split(std::span<std::byte> bytes, std::size_t segment_bytes, const UdpPath& path,
             const Each& each);

  UdpSettings settings_;
  int fd_ = -1;
  std::uint16_t port_ = 0;
  bool is_v6_ = false;
  bool segments_ = false;
  UdpFigures figures_;
  std::vector<std::byte> buffer_;  // kMessages of kMessageBytesMax
};

// Collects the packets of one path into as few sends as their sizes allow. Reused from path to
// path; the buffer is its own.
class UdpBatch {
 public:
  explicit UdpBatch(UdpPort& port) : port_(port), buffer_(UdpPort::kBatchBytesMax) {}

  void begin(const UdpPath& path) { path_ = path; }
  // Room for the next packet, of at least `bytes_max` bytes.
  std::span<std::byte> slot(std::size_t bytes_max);
  // What was written into the slot.
  void commit(std::size_t bytes);
  // Sends what is left; to be called before begin() and at the end.
  void flush();

 private:
  UdpPort& port_;
  std::vector<std::byte> buffer_;
  UdpPath path_;
  std::size_t used_bytes_ = 0;
  std::size_t segments_ = 0;
  std::size_t segment_bytes_ = 0;
};

}  // namespace geili::media::webrtc
