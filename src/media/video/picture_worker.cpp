#include "media/video/picture_worker.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <sys/resource.h>

namespace geili::media::video {

void PictureWorker::Queue::post(std::function<void()> job) const {
  boost::asio::post(strand_, [shared = shared_.get(), job = std::move(job)] {
    if (!shared->is_stopping) job();
  });
}

void PictureWorker::start(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency() / 2);
  shared_->is_stopping = false;
  shared_->io.restart();
  work_.emplace(shared_->io.get_executor());
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([shared = shared_.get()] {
      constexpr int kNice = 10;
      setpriority(PRIO_PROCESS, 0, kNice);  // Linux: of this thread alone
      shared->io.run();
    });
  }
}

void PictureWorker::stop() {
  shared_->is_stopping = true;
  work_.reset();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  // Jobs that were never begun hold what they were to work on.
  shared_->io.restart();
  shared_->io.poll();
}

}  // namespace geili::media::video
