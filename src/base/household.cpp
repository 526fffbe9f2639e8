#include "base/household.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace geili {
namespace {

constexpr std::size_t kText_bytes_max = 64;
constexpr std::size_t kNetwork_bytes = 8;
constexpr std::size_t kMappedPrefix_bytes = 12;

std::string text_of(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(family, address, text.data(), text.size()) == nullptr ? "" : text.data();
}

}  // namespace

std::string household_of(std::string_view address) {
  const std::string text(address.substr(0, kText_bytes_max));
  // A zone ("%eth0") says where this machine hears the address, not whose it is.
  const std::string plain = text.substr(0, text.find('%'));
  in6_addr v6{};
  if (::inet_pton(AF_INET6, plain.c_str(), &v6) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return text_of(AF_INET, v6.s6_addr + kMappedPrefix_bytes);
  std::fill(std::begin(v6.s6_addr) + kNetwork_bytes, std::end(v6.s6_addr), std::uint8_t{0});
  return text_of(AF_INET6, &v6) + "/64";
}

}  // namespace geili
