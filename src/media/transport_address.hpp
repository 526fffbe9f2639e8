#pragma once
// Where a packet comes from or goes to: an IP address, a port and the transport. No sockets here,
// so that ICE and SDP stay pure.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace geili::media {

enum class IpFamily : std::uint8_t { v4, v6 };

// IPv6 zones are not kept: a link-local address means nothing to the other side.
struct IpAddress {
  IpFamily family = IpFamily::v4;
  std::array<std::byte, 16> octets{};  // network order; of v4 the first four, the rest zero

  std::size_t size() const { return family == IpFamily::v4 ? 4 : 16; }
  ByteView bytes() const { return ByteView(octets).first(size()); }
  // "192.0.2.1" or RFC 5952 text.
  std::string to_text() const;

  // Four or sixteen bytes; other sizes give none. An IPv4-mapped address (::ffff:a.b.c.d, as
  // dual-stack sockets show their peers) becomes v4, so that one peer has one name.
  static std::optional<IpAddress> from_bytes(ByteView bytes);
  // None for host names, zones and brackets.
  static std::optional<IpAddress> parse(std::string_view text);

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

enum class Transport : std::uint8_t { udp, tcp };

struct TransportAddress {
  IpAddress ip;
  std::uint16_t port = 0;
  Transport transport = Transport::udp;

  // For logs: "udp 192.0.2.1:5004", "tcp [2001:db8::1]:443".
  std::string to_text() const;

  friend auto operator<=>(const TransportAddress&, const TransportAddress&) = default;
};

}  // namespace geili::media

template <>
struct std::hash<geili::media::TransportAddress> {
  std::size_t operator()(const geili::media::TransportAddress& address) const noexcept;
};
