#include "media/cover/cover_worker.hpp"

#include <utility>

#include <boost/asio/post.hpp>
#include <sys/resource.h>

#include "media/cover/jpeg.hpp"

namespace geili::media {

void CoverWorker::start() {
  thread_ = std::thread([this] {
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, 0, kNice);  // Linux: of this thread alone
    const auto work = boost::asio::make_work_guard(io_);
    io_.run();
  });
}

void CoverWorker::stop() {
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

bool CoverWorker::submit(UnitPtr key_frame, unsigned width_max, Done done) {
  if (queued_.fetch_add(1) >= kQueueMax) {
    --queued_;
    return false;
  }
  boost::asio::post(io_,
                    [this, key_frame = std::move(key_frame), width_max, done = std::move(done)] {
                      done(key_frame_to_jpeg(*key_frame, width_max));
                      --queued_;
                    });
  return true;
}

}  // namespace geili::media
