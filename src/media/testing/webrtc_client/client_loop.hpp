#pragma once
// The loop that many WebRTC clients share: one thread, one epoll, one set of receive buffers.

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"

namespace geili::media::testing {

class ClientLoop {
 public:
  // What waits for a socket and for time.
  class Member {
   public:
    virtual ~Member() = default;
    virtual void on_ready(Instant now) = 0;
    virtual void on_timer(Instant now) = 0;

   protected:
    friend class ClientLoop;
    Instant timer_at_;  // when on_timer() wants to be called; to be moved on by it
  };

  // How it waits. On one machine a server that sends to a client waiting for its sockets also does
  // the work of waking it, which it never does for clients elsewhere; `looking` spares it that, and
  // is a millisecond late.
  enum class Wait : std::uint8_t { waking, looking };

  explicit ClientLoop(Wait wait = Wait::waking);
  ~ClientLoop();
  ClientLoop(const ClientLoop&) = delete;
  ClientLoop& operator=(const ClientLoop&) = delete;

  // Members stay until remove(), which may also be called from their own functions.
  void add(Member& member);
  void remove(Member& member);
  // A socket of a member. Closing the descriptor ends it.
  void watch(int fd, Member& member);
  void unwatch(int fd);

  Instant now() const { return clock_.now(); }
  // Handles what is there, waiting at most until the next turn of the timers (kTick).
  void turn();
  void run_for(std::chrono::milliseconds time);
  // False when `condition` does not hold after `patience`.
  template <std::predicate Condition>
  bool run_until(Condition condition,
                 std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    const Instant end = now() + patience;
    while (!condition()) {
      if (now() >= end) return false;
      turn();
    }
    return true;
  }

  // Datagrams of a UDP socket, with the time they arrived: the kernel's where the socket has
  // SO_TIMESTAMPNS, else `now`. Takes what is there, at most a few dozen.
  using Each = std::function<void(std::span<std::byte> datagram, const void* from, Instant at)>;
  void receive(int fd, Instant now, const Each& each);

  static constexpr std::chrono::milliseconds kTick{2};

 private:
  static constexpr std::size_t kMessages = 8;
  static constexpr std::size_t kMessageBytesMax = 65'536;  // with UDP_GRO

  void turn_timers(Instant now);
  int wait_ms() const;

  Wait wait_;
  SystemClock clock_;
  int epoll_ = -1;
  std::vector<Member*> members_;  // null where one was removed
  bool has_holes_ = false;
  Instant next_timers_;
  std::vector<std::byte> buffer_;
};

}  // namespace geili::media::testing
