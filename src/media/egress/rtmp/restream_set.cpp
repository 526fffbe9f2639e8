#include "media/egress/rtmp/restream_set.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::rtmp {
namespace {

bool is_same(const RestreamTarget& a, const RestreamTarget& b) {
  return a.id == b.id && a.server == b.server && a.reach == b.reach &&
         a.stream_key.reveal() == b.stream_key.reveal();
}

}  // namespace

void RestreamSet::use(std::vector<RestreamTarget> targets) {
  std::vector<std::unique_ptr<Restream>> used;
  for (RestreamTarget& target : targets) {
    if (used.size() >= kRestreamsPerShowMax) break;
    const auto known = std::ranges::find_if(
        restreams_, [&](const auto& one) { return one && is_same(one->target(), target); });
    used.push_back(known != restreams_.end()
                       ? std::move(*known)
                       : std::make_unique<Restream>(commons_, stream_, std::move(target)));
  }
  restreams_ = std::move(used);
}

void RestreamSet::tick(SteadyTime now) {
  // What has ended for good says so to its targets by its Pause.
  for (const auto& restream : restreams_) restream->tick(now);
}

std::vector<RestreamStatus> RestreamSet::statuses() const {
  std::vector<RestreamStatus> all;
  all.reserve(restreams_.size());
  for (const auto& restream : restreams_) all.push_back(restream->status());
  return all;
}

std::size_t RestreamSet::live_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(restreams_, [](const auto& one) { return one->is_live(); }));
}

}  // namespace geili::media::rtmp
