#include "store/job_queue.hpp"

#include <algorithm>

namespace geili::store {

Result<void> JobQueue::push(Database::Job job, Database::Done done) {
  bool wake = false;
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) {
      return fail(ErrorKind::unavailable, "store-stopping", "The database is shutting down.");
    }
    if (tasks_.size() >= limit_) return fail(store_busy());
    tasks_.push_back({std::move(job), std::move(done), {}, 0});
    wake = waiting_ > 0;
  }
  if (wake) work_or_stop_.notify_one();
  return {};
}

bool JobQueue::take(std::size_t max, std::vector<Task>& batch) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  work_or_stop_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
  --waiting_;
  for (std::size_t n = std::min(max, tasks_.size()); n > 0; --n) {
    batch.push_back(std::move(tasks_.front()));
    tasks_.pop_front();
  }
  return !batch.empty();
}

void JobQueue::stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  work_or_stop_.notify_all();
}

}  // namespace geili::store
