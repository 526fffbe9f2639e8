#include "media/webrtc/local_addresses.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <system_error>

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace geili::media::webrtc {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::optional<IpAddress> address_of(const sockaddr* address) {
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    return IpAddress::from_bytes(std::as_bytes(std::span(&v4.sin_addr, 1)));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    if (IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) return std::nullopt;
    return IpAddress::from_bytes(std::as_bytes(std::span(&v6.sin6_addr, 1)));
  }
  return std::nullopt;
}

}  // namespace

std::vector<IpAddress> local_addresses() {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) {
    throw std::system_error(errno, std::generic_category(), "getifaddrs");
  }
  const std::unique_ptr<ifaddrs, FreeInterfaces> list(first);
  std::vector<IpAddress> outer;
  std::vector<IpAddress> loopback;
  for (const ifaddrs* each = list.get(); each != nullptr; each = each->ifa_next) {
    if ((each->ifa_flags & IFF_UP) == 0) continue;
    const auto address = address_of(each->ifa_addr);
    if (!address) continue;
    ((each->ifa_flags & IFF_LOOPBACK) != 0 ? loopback : outer).push_back(*address);
  }
  return outer.empty() ? loopback : outer;
}

}  // namespace geili::media::webrtc
