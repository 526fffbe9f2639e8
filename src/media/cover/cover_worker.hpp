#pragma once
// Makes cover pictures on one thread of low priority, so that they never delay a frame.

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media {

class CoverWorker {
 public:
  // Called on the worker's thread.
  using Done = std::function<void(Result<std::string>)>;

  ~CoverWorker() { stop(); }
  void start();
  // Ends after the picture that is being made; the others are given up without an answer.
  void stop();
  // `key_frame` is a key frame of video; the picture is at most `width_max` wide. False when the
  // queue is full. Thread-safe.
  bool submit(UnitPtr key_frame, unsigned width_max, Done done);

 private:
  static constexpr std::size_t kQueueMax = 8;

  boost::asio::io_context io_{1};
  std::thread thread_;
  std::atomic<std::size_t> queued_ = 0;
};

}  // namespace geili::media
