#include "media/webrtc/strangers.hpp"

#include "base/household.hpp"

namespace geili::media::webrtc {

void Strangers::add(Via via, const IpAddress& from, Instant now) {
  const std::string household = household_of(from.to_text());
  all_[via] = {household, now};
  by_household_[household].insert(via);
}

void Strangers::remove(Via via) {
  const auto found = all_.find(via);
  if (found == all_.end()) return;
  const auto household = by_household_.find(found->second.household);
  household->second.erase(via);
  if (household->second.empty()) by_household_.erase(household);
  all_.erase(found);
}

std::optional<Strangers::Via> Strangers::oldest() const {
  if (all_.empty()) return std::nullopt;
  return all_.begin()->first;
}

std::optional<Strangers::Via> Strangers::oldest_until(Instant since_max) const {
  if (all_.empty() || all_.begin()->second.since > since_max) return std::nullopt;
  return oldest();
}

std::optional<Strangers::Via> Strangers::crowded_out_by(const IpAddress& from) const {
  const auto household = by_household_.find(household_of(from.to_text()));
  if (household == by_household_.end() || household->second.size() < per_household_max_) {
    return std::nullopt;
  }
  return *household->second.begin();
}

}  // namespace geili::media::webrtc
