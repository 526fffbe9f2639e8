#include "catalog/picture_worker.hpp"

#include <atomic>
#include <exception>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "catalog/picture.hpp"

namespace geili::catalog {

class PictureWorker::Core {
 public:
  explicit Core(std::size_t waiting_max) : waiting_max_(waiting_max) {}
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  ~Core() {
    stopping_.store(true);
    thread_.join();
  }

  Result<void> submit(Bytes file, Done done) {
    if (waiting_.fetch_add(1) >= waiting_max_) {
      waiting_.fetch_sub(1);
      return fail(ErrorKind::unavailable, "pictures-busy", "Too many pictures wait; try again.");
    }
    boost::asio::post(thread_, [this, file = std::move(file), done = std::move(done)]() mutable {
      work(file, done);
    });
    return {};
  }

 private:
  void work(const Bytes& file, Done& done) {
    waiting_.fetch_sub(1);
    if (stopping_.load()) {
      return done(fail(ErrorKind::unavailable, "pictures-stopping", "The server is stopping."));
    }
    try {
      done(process_picture(file));
    } catch (const std::exception&) {
      done(fail(ErrorKind::unavailable, "picture-failed", "The picture could not be worked on."));
    }
  }

  const std::size_t waiting_max_;
  std::atomic<std::size_t> waiting_ = 0;
  std::atomic<bool> stopping_ = false;
  boost::asio::thread_pool thread_{1};
};

PictureWorker::PictureWorker(std::size_t waiting_max)
    : core_(std::make_unique<Core>(waiting_max)) {}

PictureWorker::~PictureWorker() = default;

Result<void> PictureWorker::submit(Bytes file, Done done) {
  return core_->submit(std::move(file), std::move(done));
}

}  // namespace geili::catalog
