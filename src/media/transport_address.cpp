#include "media/transport_address.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace geili::media {
namespace {

constexpr std::size_t kMappedPrefix = 12;

bool is_v4_mapped(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10,
                     [](std::byte b) { return b == std::byte{0}; }) &&
         bytes[10] == std::byte{0xFF} && bytes[11] == std::byte{0xFF};
}

}  // namespace

std::string IpAddress::to_text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* written = inet_ntop(family == IpFamily::v4 ? AF_INET : AF_INET6, octets.data(),
                                  text.data(), text.size());
  return written != nullptr ? written : "";
}

std::optional<IpAddress> IpAddress::from_bytes(ByteView bytes) {
  if (bytes.size() == 16 && is_v4_mapped(bytes)) bytes = bytes.subspan(kMappedPrefix);
  if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
  IpAddress address;
  address.family = bytes.size() == 4 ? IpFamily::v4 : IpFamily::v6;
  std::ranges::copy(bytes, address.octets.begin());
  return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  // A zero inside would end the text early and let what follows it pass unread.
  if (text.size() >= terminated.size() || text.contains('\0')) return std::nullopt;
  std::ranges::copy(text, terminated.begin());
  std::array<std::byte, 16> octets{};
  const bool v6 = text.contains(':');
  if (inet_pton(v6 ? AF_INET6 : AF_INET, terminated.data(), octets.data()) != 1)
    return std::nullopt;
  return from_bytes(ByteView(octets).first(v6 ? 16 : 4));
}

std::string TransportAddress::to_text() const {
  const char* name = transport == Transport::udp ? "udp" : "tcp";
  return ip.family == IpFamily::v4 ? fmt::format("{} {}:{}", name, ip.to_text(), port)
                                   : fmt::format("{} [{}]:{}", name, ip.to_text(), port);
}

}  // namespace geili::media

std::size_t std::hash<geili::media::TransportAddress>::operator()(
    const geili::media::TransportAddress& address) const noexcept {
  const std::size_t ip = std::hash<std::string_view>{}(geili::as_text(address.ip.octets));
  const std::size_t rest =
      static_cast<std::size_t>(address.port) << 1U | static_cast<std::size_t>(address.transport);
  // A golden-ratio multiplier spreads neighbouring ports over all bits.
  return ip ^ (rest * 0x9E37'79B9'7F4A'7C15ULL);
}
