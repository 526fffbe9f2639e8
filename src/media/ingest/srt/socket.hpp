#pragma once
// Sockets of libsrt as values, without its header. All calls are non-blocking but the making and
// closing of sockets.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/srt.hpp"

namespace geili::media::srt {

using SocketId = std::int32_t;

inline constexpr std::size_t kMessageBytesMax = 1'456;

// Why a caller is refused during its handshake, as SRT's access control guidelines number it.
enum class Refusal : int {
  none = 0,
  bad_request = 1400,
  overload = 1402,
  forbidden = 1403,
  bad_mode = 1405,
};

// Asked about each caller before it is let in, on libsrt's own receiving thread: must not block.
class Door {
 public:
  virtual ~Door() = default;
  virtual Refusal look_at(std::string_view stream_id) noexcept = 0;
};

struct SocketStats {
  std::uint64_t received_bytes = 0;
  std::uint64_t received_packets = 0;  // with those sent again
  std::uint64_t unique_packets = 0;    // without
  std::uint64_t lost_packets = 0;
  std::uint64_t dropped_packets = 0;
  std::int64_t round_trip_us = 0;
};

struct Message {
  std::size_t bytes = 0;
  std::uint32_t number = 0;  // 31 bits; one more for each message that was sent
};

// How many messages were sent between the two.
inline std::uint32_t missing_between(std::uint32_t number, std::uint32_t later) {
  constexpr std::uint32_t kNumberMask = 0x7FFF'FFFF;
  return (later - number - 1) & kNumberMask;
}

enum class SocketState : std::uint8_t { open, broken, gone };

class Socket {
 public:
  Socket() = default;
  ~Socket() { close(); }
  Socket(Socket&& other) noexcept : id_(std::exchange(other.id_, kNone)) {}
  Socket& operator=(Socket&& other) noexcept;

  // A listener; throws std::system_error or std::runtime_error when the address cannot be had.
  // `door` outlives the socket. `bytes_per_s_max`: of a publisher, by which its buffer is measured.
  static Socket listen(const SrtSettings& settings, std::uint64_t bytes_per_s_max, Door& door);
  // Of a listener; not valid when nobody waits.
  Socket accept() const;

  SocketId id() const { return id_; }
  bool is_valid() const { return id_ != kNone; }
  std::uint16_t port() const;
  std::string stream_id() const;
  // The IP address of the caller; empty when it cannot be had any more.
  std::string peer_address() const;
  unsigned latency_ms() const;  // as it was agreed on
  SocketState state() const;
  // The next message in its order, when its time has come; none: later. Of a broken socket as well,
  // until all that had come is read. `buffer` of kMessageBytesMax.
  std::optional<Message> receive(std::span<std::byte> buffer) const;
  // Whether something waits that was received, and its time has not come.
  bool has_more() const;
  // None once it is broken.
  std::optional<SocketStats> stats() const;
  void close();

 private:
  static constexpr SocketId kNone = -1;
  explicit Socket(SocketId id) : id_(id) {}

  SocketId id_ = kNone;
};

// Waits for many sockets. Single-threaded.
class Poll {
 public:
  Poll();
  ~Poll();
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;

  // `for_data`: also when there is something to receive or accept, not only when it breaks.
  void watch(const Socket& socket, bool for_data);
  void forget(const Socket& socket);
  // The sockets at which something is to be done; returns after `timeout_ms` at the latest.
  std::span<const SocketId> wait(unsigned timeout_ms);

 private:
  int id_;
  std::vector<SocketId> ready_;
};

}  // namespace geili::media::srt
