#pragma once
// Test support: threads that transcode, and the test's own as the media thread.

#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "media/lane.hpp"
#include "media/video/picture_worker.hpp"

namespace geili::media::testing {

class PictureThreads {
 public:
  PictureThreads() { worker_.start(2); }
  ~PictureThreads() { worker_.stop(); }
  PictureThreads(const PictureThreads&) = delete;
  PictureThreads& operator=(const PictureThreads&) = delete;

  PictureMaking making(bool low = false, bool in_order = false) {
    return {&worker_, media_, low, in_order};
  }
  video::PictureWorker& worker() { return worker_; }
  const std::shared_ptr<boost::asio::io_context>& media() const { return media_; }

  // Runs what comes back from the threads until `there`; false when nothing comes for long.
  bool until(const std::function<bool()>& there) {
    const auto work = boost::asio::make_work_guard(*media_);
    while (!there()) {
      media_->restart();
      if (media_->run_one_for(std::chrono::seconds(20)) == 0) return false;
    }
    return true;
  }

 private:
  std::shared_ptr<boost::asio::io_context> media_ = std::make_shared<boost::asio::io_context>();
  video::PictureWorker worker_;
};

}  // namespace geili::media::testing
