#pragma once
// The viewers of one room on one io thread. Inside live only; everything here runs on that thread.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "live/viewer_sink.hpp"

namespace geili::live {

// Written by the threads, read by figures().
struct HubCounters {
  std::atomic<std::int64_t> rooms = 0;
  std::atomic<std::int64_t> viewers = 0;
  std::atomic<std::int64_t> commands_waiting = 0;
  std::atomic<std::uint64_t> frames = 0;
  std::atomic<std::uint64_t> deliveries = 0;
  std::atomic<std::uint64_t> events = 0;
  std::atomic<std::uint64_t> too_slow = 0;
  std::atomic<std::uint64_t> bus_missed = 0;
};

// Work is done strictly in the order it was given, a bounded part of it per turn: a viewer admitted
// between two frames gets the second and not the first, and other work of the thread waits for one
// turn only.
class Audience : public std::enable_shared_from_this<Audience> {
 public:
  struct Settings {
    boost::asio::any_io_executor executor;
    std::shared_ptr<HubCounters> counters;
    // How many broadcasts the room's audiences have not finished; the room waits for 0 between
    // ticks.
    std::shared_ptr<std::atomic<std::int64_t>> unfinished;
    std::function<void()> on_left;  // once for every viewer that was given to admit()
    std::size_t offers_per_turn = 0;
  };
  explicit Audience(Settings settings) : settings_(std::move(settings)) {}
  // Lets go of whoever is still here, without a word: only when the thread runs no more.
  ~Audience();
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;

  const boost::asio::any_io_executor& executor() const { return settings_.executor; }

  // Offers the frame to everyone here; `unfinished` was raised by the caller.
  void tell(Frame frame) { add(Tell{std::move(frame)}); }
  // Lets a joining viewer in, with its first frames.
  void admit(std::shared_ptr<ViewerSink> sink, std::vector<Frame> first) {
    add(Admit{std::move(sink), std::move(first)});
  }
  // Closes everyone.
  void close(CloseReason reason) { add(CloseAll{reason}); }

  // The viewer leaves by itself.
  void leave(ViewerSink& sink);

 private:
  struct Tell {
    Frame frame;
  };
  struct Admit {
    std::shared_ptr<ViewerSink> sink;
    std::vector<Frame> first;
  };
  struct CloseAll {
    CloseReason reason;
  };
  using Item = std::variant<Tell, Admit, CloseAll>;

  void add(Item item);
  void run();
  // Each returns whether the item is done; `budget` counts the offers left in this turn.
  bool work(Tell& tell, std::size_t& budget);
  bool work(Admit& admit, std::size_t& budget);
  bool work(CloseAll& close_all, std::size_t& budget);
  std::shared_ptr<ViewerSink> take_out(std::size_t slot);
  void cast_out(std::size_t slot, CloseReason reason);

  const Settings settings_;
  std::vector<std::shared_ptr<ViewerSink>> viewers_;
  std::deque<Item> items_;
  std::size_t told_ = 0;  // viewers_[0, told_) have been offered the frame under way
  bool is_running_ = false;
  std::vector<std::shared_ptr<ViewerSink>>
      leaving_;  // kept until nothing of theirs is on the stack
};

}  // namespace geili::live
