#include "media/webrtc/strangers.hpp"

#include <algorithm>

namespace geili::media::webrtc {
namespace {

IpAddress network_of(IpAddress address) {
  constexpr std::size_t kNetworkBytes = 8;
  if (address.family == IpFamily::v6) {
    std::fill(address.octets.begin() + kNetworkBytes, address.octets.end(), std::byte{0});
  }
  return address;
}

}  // namespace

void Strangers::add(Via via, const IpAddress& from, Instant now) {
  const IpAddress network = network_of(from);
  all_[via] = {network, now};
  by_network_[network].insert(via);
}

void Strangers::remove(Via via) {
  const auto found = all_.find(via);
  if (found == all_.end()) return;
  const auto network = by_network_.find(found->second.network);
  network->second.erase(via);
  if (network->second.empty()) by_network_.erase(network);
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
  const auto network = by_network_.find(network_of(from));
  if (network == by_network_.end() || network->second.size() < per_address_max_) {
    return std::nullopt;
  }
  return *network->second.begin();
}

}  // namespace geili::media::webrtc
