#include "app/store_losses.hpp"

namespace geili::app {

void StoreLosses::note(const store::LostTransaction& lost) {
  const std::uint64_t count = ++count_;
  const Instant now = clock_.now();
  if (told_at_ && now < *told_at_ + kStoreLossToldEvery) return;
  log_.error(
      "a transaction was lost",
      {{"fault", lost.fault}, {"jobs", lost.jobs}, {"lost_since_last_told", count - told_count_}});
  told_at_ = now;
  told_count_ = count;
}

}  // namespace geili::app
