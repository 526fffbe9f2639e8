#pragma once
// The threads on which pictures are decoded and encoded: of low priority, so that a machine that is
// too slow loses pictures and never a viewer's packets.

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

namespace geili::media::video {

class PictureWorker {
 public:
  // Its jobs run one after another, on any of the threads.
  using Queue = boost::asio::strand<boost::asio::io_context::executor_type>;

  ~PictureWorker() { stop(); }
  // `threads` 0: one for every two cores.
  void start(unsigned threads = 0);
  // Ends after the jobs under way; what waits is given up. May be started again.
  void stop();
  // Thread-safe. Whoever posts to it bounds what waits.
  Queue make_queue() { return boost::asio::make_strand(io_); }

 private:
  boost::asio::io_context io_;
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  std::vector<std::thread> threads_;
};

}  // namespace geili::media::video
