#pragma once
// One io thread: an Asio io_context for handlers and posted work, and beside it an epoll set of our
// own for sockets, which Asio waits on as one descriptor. A socket thus costs no Asio state and no
// allocation, and one wake-up serves every socket that is ready.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/timer_wheel.hpp"

namespace geili::net {

class Loop;

inline constexpr unsigned kTimerTick_ms = 50;

// A socket that a loop watches, edge-triggered for reading and writing. Lives on the loop's thread,
// is kept alive by the loop from watch() to release().
class Channel : public TimerEntry, public std::enable_shared_from_this<Channel> {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  virtual void on_ready(std::uint32_t events) = 0;  // EPOLLIN, EPOLLOUT, EPOLLRDHUP, …
  virtual void on_deadline() = 0;
  // Sends what send() calls of this turn queued; see Loop::flush_later.
  virtual void on_flush() {}
  // The server stops: end when the exchange under way has ended.
  virtual void on_stop() = 0;
  // End now.
  virtual void cut() = 0;

 private:
  friend class Loop;
  std::uint32_t place_ = 0;  // in Loop::channels_
};

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  boost::asio::io_context& context() { return context_; }
  boost::asio::any_io_executor executor() { return context_.get_executor(); }

  // Runs until stop() has been served.
  void run();

  // The functions below are called on the loop's thread.

  // False when the kernel takes no more descriptors; the caller closes `fd` then.
  [[nodiscard]] bool watch(std::shared_ptr<Channel> channel, int fd);
  // `successor` takes over the descriptor; `channel` ends without closing it.
  void hand_over(Channel& channel, std::shared_ptr<Channel> successor, int fd);
  // Closes the descriptor; the object lives until the events at hand have been served.
  void release(Channel& channel, int fd);

  void set_deadline_ms(Channel& channel, unsigned ms) {
    wheel_.arm(channel, (ms + kTimerTick_ms - 1) / kTimerTick_ms);
  }
  void clear_deadline(Channel& channel) { wheel_.disarm(channel); }

  // on_flush() is called once the work at hand has been done.
  void flush_later(std::shared_ptr<Channel> channel);

  // Scratch memory that every read of this thread shares; valid until the next read.
  std::span<char> read_buffer() { return read_buffer_; }
  // Scratch for building a response head; empty when taken.
  std::string& write_buffer() {
    write_buffer_.clear();
    return write_buffer_;
  }
  // RFC 9110 section 5.6.7, of this second.
  std::string_view http_date();
  std::uint32_t now_ms() const { return now_ms_; }  // monotonic, as of the last wake-up

  // Ends idle channels, lets the others end within `grace_ms`, then cuts them and leaves run().
  void stop(unsigned grace_ms);
  bool is_stopping() const { return is_stopping_; }

 private:
  void wait();
  void on_wake(const boost::system::error_code& failed);
  std::size_t serve_ready();
  void serve_flushes();
  void tick();
  void leave_if_empty();
  void forget(Channel& channel);
  void read_clock();

  boost::asio::io_context context_{1};
  boost::asio::posix::stream_descriptor epoll_;
  boost::asio::steady_timer tick_timer_;
  boost::asio::steady_timer stop_timer_;
  TimerWheel wheel_;
  std::vector<std::shared_ptr<Channel>> channels_;
  std::vector<std::shared_ptr<Channel>> retired_;
  std::vector<std::shared_ptr<Channel>> to_flush_;
  std::vector<std::shared_ptr<Channel>> flushing_;
  std::array<char, 64 * 1024> read_buffer_;
  std::string write_buffer_;
  std::string date_;
  std::int64_t date_s_ = 0;
  std::uint32_t now_ms_ = 0;
  bool is_flush_posted_ = false;
  bool is_serving_ = false;
  bool is_stopping_ = false;
};

}  // namespace geili::net
