#include "media/video/picture_worker.hpp"

#include <algorithm>

#include <sys/resource.h>

namespace geili::media::video {

void PictureWorker::start(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency() / 2);
  io_.restart();
  work_.emplace(io_.get_executor());
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this] {
      constexpr int kNice = 10;
      setpriority(PRIO_PROCESS, 0, kNice);  // Linux: of this thread alone
      io_.run();
    });
  }
}

void PictureWorker::stop() {
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  work_.reset();
}

}  // namespace geili::media::video
