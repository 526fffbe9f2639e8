#pragma once
// The threads on which pictures are decoded and encoded: of low priority, so that a machine that is
// too slow loses pictures and never a viewer's packets.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

namespace geili::media::video {

// Of all renditions; from any thread.
struct PictureFigures {
  std::atomic<std::uint64_t> made = 0;
  std::atomic<std::uint64_t> dropped = 0;  // because the threads were late
};

class PictureWorker {
  struct Shared {
    boost::asio::io_context io;
    std::atomic<bool> is_stopping = false;
  };

 public:
  // Its jobs run one after another, on any of the threads. Thread-safe; whoever posts bounds what
  // waits. May outlive the worker.
  class Queue {
   public:
    // Given up when the worker is stopped before its turn.
    void post(std::function<void()> job) const;

   private:
    friend class PictureWorker;
    using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
    explicit Queue(std::shared_ptr<Shared> shared)
        : shared_(std::move(shared)), strand_(boost::asio::make_strand(shared_->io)) {}

    std::shared_ptr<Shared> shared_;
    Strand strand_;
  };

  ~PictureWorker() { stop(); }
  // `threads` 0: one for every two cores.
  void start(unsigned threads = 0);
  // Ends after the jobs under way. May be started again.
  void stop();
  Queue make_queue() const { return Queue(shared_); }
  PictureFigures& figures() { return figures_; }
  const PictureFigures& figures() const { return figures_; }

 private:
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  std::vector<std::thread> threads_;
  PictureFigures figures_;
};

}  // namespace geili::media::video
